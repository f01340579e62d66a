// Node-sets: what compiled expressions call to list nodes and read them. The twin of reading.py.

export const nodes = (() => {
  const none = Object.freeze([]);

  // `levels` are [repeat or "", index or null, ...tests]; tests get the keys grown by instance, position and size.
  function listNodes(state, known, keys, levels) {
    let found = [known];
    for (const [repeat, index, ...tests] of levels) {
      found = found.flatMap((base) => listLevel(state, base, keys, repeat, index, tests));
    }
    return found;
  }

  function listLevel(state, base, keys, repeat, index, tests) {
    let found = repeat ? state.instances(repeat, base) : [base];
    if (index !== null) found = Number.isInteger(index) && index >= 1 ? found.slice(index - 1, index) : [];
    for (const test of tests) {
      const size = found.length;
      found = found.filter((instance, place) => test(state, [...keys, ...instance, place + 1, size]));
    }
    return found;
  }

  const values = (state, path, list) => list.map((keys) => (path === null ? null : state.value(path, keys)));

  function unionValues(state, parts) {
    const seen = new Map();
    for (const [path, list] of parts) {
      for (const keys of list) seen.set(JSON.stringify([path, ...keys]), [path, keys]);
    }
    return Array.from(seen.values(), ([path, keys]) => state.value(path, keys));
  }

  const choiceName = (name, labels) => (Object.hasOwn(labels, name) ? labels[name] : "");

  // A figure of the assessment; "na" and null are NaN, so that no comparison with them is true.
  const figure = (value) => (typeof value === "number" ? value : NaN);

  return { none, nodes: listNodes, values, unionValues, choiceName, figure };
})();
