// How each kind of cell is computed from the answers and from the cells before it. The twin of computing.py.
import { f } from "./functions/library.js";
import { places, readNumber } from "./answers.js";
import { wording } from "./wording.js";

export const computing = (() => {
  const MAX_INSTANCES = 1_000;

  // Formulas of a repeat stand inside an instance; its relevance has none yet: an empty key.
  function runInRepeat(state, cell) {
    const run = state.plan.formulas[cell.index];
    if (cell.item.node.type === "repeat") return (keys) => run(state, [...keys, ""], f);
    return (keys) => run(state, keys, f);
  }

  function instances(state, cell) {
    if (state.plan.formulas[cell.index]) {
      const count = runInRepeat(state, cell);
      return (keys) => Array.from({ length: countOf(count(keys)) }, (_, number) => [...keys, String(number + 1)]);
    }
    return (keys) => {
      const found = state.inside(cell.path, keys).filter((one) => state.answer(cell.path, one) !== false);
      return found.sort((one, other) => places.compareKeys(one.at(-1), other.at(-1)));
    };
  }

  function countOf(number) {
    return Number.isFinite(number) ? Math.min(Math.max(Math.trunc(number), 0), MAX_INSTANCES) : 0;
  }

  function relevant(state, cell) {
    const run = runInRepeat(state, cell);
    const { parent } = cell.item;
    if (!parent || parent.guard === null) return run;
    return (keys) => state.isRelevant(parent, keys) && run(keys);
  }

  // The answer, or else the default; a calculation comes before any answer.
  function value(state, cell) {
    const { item, path } = cell;
    const run = state.plan.formulas[cell.index];
    return (keys) => {
      if (!state.isRelevant(item, keys)) return null;
      if (run && (item.node.calculation || !state.hasAnswer(path, keys))) return fit(item.node, run(state, keys, f));
      return state.answer(path, keys);
    };
  }

  function fit(node, result) {
    if (result === null || result === undefined || result === "") return null;
    if (/multiple|rank/.test(node.type)) return f.text(result).split(/[ \t\r\n]+/).filter(Boolean);
    if (/integer|decimal|range/.test(node.type)) {
      const number = typeof result === "string" ? readNumber(result) : result;
      if (!Number.isFinite(number)) return null;
      return (node.type === "integer" ? Math.trunc(number) : number) || 0;
    }
    if (/calculate|hidden/.test(node.type)) return result === 0 ? 0 : result;
    const text = f.text(result);
    return node.type === "time" ? text.split("T").at(-1) : text;
  }

  function constraint(state, cell) {
    const run = runInRepeat(state, cell);
    return (keys) => state.value(cell.path, keys) === null || run(keys);
  }

  function filter(state, cell) {
    const run = state.plan.formulas[cell.index];
    const { choices } = cell.item.node;
    if (state.plan.checklist.lists?.[choices]) return attached.filter(state, choices, run, state.plan.keys[cell.index], f);
    const rows = state.rows(choices);
    return (keys) => rows.filter((row) => run(state, keys, f, row)).map((row) => row.name);
  }

  function label(state, cell) {
    const texts = Object.entries(state.plan.quoting[cell.index]);
    return (keys) => Object.fromEntries(texts.map(([part, text]) => [part, wording.fill(state, text, keys)]));
  }

  function score(state, cell) {
    const { item, path } = cell;
    const { node } = item;
    const choices = state.plan.choices.get(node.choices);
    const run = state.plan.formulas[cell.index];
    const takesAnswer = node.type !== "note" && node.type !== "calculate";
    return (keys) => {
      if (!state.isRelevant(item, keys)) return null;
      const noted = state.answer(path, keys, "state");
      if (noted !== null) return noted;
      const answer = state.value(path, keys);
      if (answer === null && takesAnswer) return null;
      const chosen = scoreOfChoices(choices, answer);
      if (!run || typeof chosen === "string") return chosen;
      return readScore(run(state, keys, f));
    };
  }

  function scoreOfChoices(choices, answer) {
    const names = Array.isArray(answer) ? answer : [answer];
    const scores = names.map((name) => choices?.get(name)?.score).filter((found) => found !== undefined && found !== null);
    for (const word of ["na", "unknown"]) if (scores.includes(word)) return word;
    return scores.length ? Math.min(1, scores.reduce((sum, one) => sum + one, 0)) : null;
  }

  function readScore(result) {
    if (result === "na" || result === "unknown") return result;
    const number = typeof result === "string" ? readNumber(result) : Number(result ?? NaN);
    return Number.isFinite(number) ? Math.min(1, Math.max(0, number)) : null;
  }

  return { instances, relevant, value, required: runInRepeat, order: runInRepeat, constraint, filter, label, score, fit };
})();
