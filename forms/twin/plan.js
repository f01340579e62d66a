// A compiled checklist made ready: items with their place in repeats, cells with what they feed. The twin of plan.py.

export class Plan {
  constructor({ checklist, texts, cells, formulas, levels, rules, instanceName, quoting, triggers, tables, keys }) {
    Object.assign(this, { checklist, texts, formulas, levels, rules, instanceName, quoting, keys });
    this.items = new Map();
    this.names = new Map();
    checklist.nodes.forEach((node) => this.#place(node, null));
    this.choices = new Map();
    for (const [list, found] of Object.entries(checklist.choices)) {
      this.choices.set(list, new Map(found.map((choice) => [choice.name, choice])));
    }
    if (tables) attached.attach(this, tables);
    const all = [...this.items.values()];
    this.scored = all.filter(({ node }) => node.weight > 0 && node.section);
    this.keeps = all.some(({ node }) => node.once);
    if (triggers) this.triggers = triggering.byTrigger(all, triggers);
    this.cells = cells.map(([item, kind, needs, wide], index) => ({
      index, item: all[item], path: all[item].path, kind, repeats: all[item].repeats, needs, wide: new Set(wide), feeds: [],
    }));
    for (const cell of this.cells) {
      cell.item.cells[cell.kind] = cell.index;
      for (const need of cell.needs) {
        const shared = cell.wide.has(need) ? 0 : Plan.countShared(this.cells[need].repeats, cell.repeats);
        this.cells[need].feeds.push([cell.index, shared]);
      }
    }
    this.guarded = Map.groupBy ? Map.groupBy(all, (item) => item.guard) : Plan.#group(all);
  }

  static #group(items) {
    const groups = new Map();
    for (const item of items) groups.set(item.guard, [...(groups.get(item.guard) ?? []), item]);
    return groups;
  }

  static countShared(one, other) {
    let shared = 0;
    while (shared < one.length && shared < other.length && one[shared] === other[shared]) shared += 1;
    return shared;
  }

  // The cells through which score and constraint of an item read its answer, these two included, in order; null when
  // one of them reads it in another instance than its own.
  reachedAlone(item) {
    item.reached ??= this.#reach(item) ?? "more";
    return item.reached === "more" ? null : item.reached;
  }

  #reach({ cells, repeats }) {
    const seen = new Set([cells.score, cells.constraint].filter((cell) => cell !== undefined));
    for (const cell of seen) this.cells[cell].needs.forEach((need) => seen.add(need)); // what is added is come to later
    const moved = [cells.value];
    for (const number of [...seen].sort((a, b) => a - b)) {
      const cell = this.cells[number];
      if (!moved.some((one) => cell.needs.includes(one))) continue;
      if (cell.kind === "instances" || cell.repeats.join() !== repeats.join() || moved.some((one) => cell.wide.has(one))) return null;
      moved.push(number);
    }
    return moved.slice(1);
  }

  // The questions whose answers the condition of an item reads, through calculations too.
  deciders(item) {
    item.deciders ??= this.#answersRead(this.cells[item.cells.relevant]);
    return item.deciders;
  }

  // Each cell between is looked at once: calculations may read each other in very many ways.
  #answersRead(cell) {
    const seen = new Set();
    const found = [];
    const ahead = [...cell.needs].reverse();
    while (ahead.length) {
      const need = this.cells[ahead.pop()];
      if (seen.has(need)) continue;
      seen.add(need);
      if (need.kind === "score" || (need.kind === "value" && need.item.node.type === "calculate")) {
        ahead.push(...[...need.needs].reverse());
      } else if (need.kind === "value") found.push(need.item);
    }
    return found;
  }

  #place(node, parent) {
    const path = `${parent?.path ?? ""}/${node.name}`;
    const above = parent?.repeats ?? [];
    const repeats = parent?.node.type === "repeat" ? [...above, parent.path] : above;
    const guard = node.relevant ? path : (parent?.guard ?? null);
    const isQuestion = node.type !== "group" && node.type !== "repeat";
    const core = Boolean(node.core || parent?.core);
    const ends = [0, ...repeats.map((repeat) => repeat.length), ...(node.type === "repeat" ? [path.length] : [])];
    const pieces = ends.map((start, number) => path.slice(start, ends[number + 1]));
    const facets = { state: `${path}#state`, evidence: `${path}#evidence` };
    const item = { node, path, parent, repeats, guard, isQuestion, core, pieces, facets, cells: {} };
    this.items.set(path, item);
    this.names.set(node.name, this.names.has(node.name) ? null : path);
    (node.children ?? []).forEach((child) => this.#place(child, item));
  }

  // The path of the question with this name; null when there is none or more than one.
  pathOf(name) {
    return this.names.get(name) ?? null;
  }

  // The rows of a choice list, as filters and instance() read them.
  rows(list) {
    return [...(this.choices.get(list)?.values() ?? [])].map((choice) => ({
      label: Object.values(choice.label)[0] ?? "", ...choice.fields, name: choice.name,
    }));
  }

  // "/J/J02[k]/name"; one key more than enclosing repeats names an instance of a repeat.
  instancePath(item, keys) {
    if (!keys.length) return item.path;
    return item.pieces.map((piece, number) => piece + (number < keys.length ? `[${keys[number]}]` : "")).join("");
  }
}
