// What one question looks like at the moment. The twin of validity.py. `rare` is there only where a question needs it.
import { rare } from "./kinds.js";
import { wording } from "./wording.js";

export const validity = (() => {
  function view(state, item, keys) {
    const relevant = state.isRelevant(item, keys);
    const fault = relevant ? findFault(state, item, keys) : null;
    const score = state.result(item.path, "score", keys);
    return {
      relevant,
      value: state.value(item.path, keys),
      required: relevant && isRequired(state, item, keys),
      valid: fault === null,
      message: fault && messageFor(state, item.node, fault, keys),
      fault,
      score: score === "unknown" ? 0 : typeof score === "number" ? score : null,
      state: stateOf(state, item, keys),
    };
  }

  function stateOf(state, item, keys) {
    if (!state.isRelevant(item, keys)) return null;
    const found = state.result(item.path, "score", keys) || state.answer(item.path, keys, "state");
    return typeof found === "string" ? found : null;
  }

  function isRequired(state, item, keys) {
    if (item.node.required !== "formula") return item.node.required ?? false;
    return Boolean(state.result(item.path, "required", keys));
  }

  function findFault(state, item, keys) {
    const { node, path } = item;
    const found = stateOf(state, item, keys);
    if (found === "na" && needsReason(state, item, keys)) return state.answer(path, keys, "reason") ? null : "reason";
    const value = state.value(path, keys);
    if (value === null) return found === null && isRequired(state, item, keys) ? "required" : null;
    if (/^select_(one|multiple)$|rank/.test(node.type)) {
      const chosen = Array.isArray(value) ? value : [value];
      if (chosen.some((name) => !state.plan.choices.get(node.choices)?.has(name))) return "choice";
      const allowed = state.result(path, "filter", keys);
      if (allowed && chosen.some((name) => !allowed.includes(name))) return "filter";
    }
    if (node.slider && rare.isOff(node.slider, value)) return "range";
    return state.result(path, "constraint", keys) === false ? "constraint" : null;
  }

  function needsReason(state, { node, path }, keys) {
    if (state.answer(path, keys, "state") === "na") return true;
    const names = [state.value(path, keys)].flat();
    return names.some((name) => state.plan.choices.get(node.choices)?.get(name)?.score === "na");
  }

  function messageFor(state, node, fault, keys) {
    const own = { required: node.required_message, constraint: node.constraint_message }[fault] ?? {};
    const given = Object.entries(own).filter(([, words]) => words);
    return wording.fill(state, { ...state.plan.texts[fault], ...Object.fromEntries(given) }, keys);
  }

  return { view, stateOf, isRequired };
})();
