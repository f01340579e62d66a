// The least change of a numeric answer that scores better, found by trying. The twin of next_step.py.
import { TOLERANCE, figures } from "./assessment.js";
import { computing } from "./computing.js";

export const steps = (() => {
  const levels = [1 / 3, 2 / 3, 1];
  const units = { integer: 1, decimal: 100 };

  function nextStep(state, item, keys) {
    const score = state.itemScore(item.path, keys);
    const goal = score === null ? undefined : levels.find((level) => level > score + TOLERANCE);
    const value = goal === undefined ? null : nearestAnswer(state, item, keys, goal);
    if (value === null) return null;
    return { value, delta: value - state.value(item.path, keys), to: scorer(state, item, keys)(value) };
  }

  function nearestAnswer(state, item, keys, goal) {
    const present = state.value(item.path, keys);
    const unit = units[item.node.type];
    if (!unit || !item.node.score || item.node.calculation || typeof present !== "number") return null;
    const start = Math.floor(present * unit + 0.5);
    const scoreAt = scorer(state, item, keys);
    const reaches = (distance) => {
      const number = start + distance;
      if (number < 0 && present >= 0) return false;
      const score = scoreAt(number / unit);
      return score !== null && score >= goal - TOLERANCE;
    };
    const up = leastDistance(reaches);
    const down = leastDistance((distance) => reaches(-distance));
    if (up === null && down === null) return null;
    return (start + (down === null || (up !== null && up <= down) ? up : -down)) / unit;
  }

  // Every distance up to 100 is tried, then every tenth up to 1,000, and so on.
  function leastDistance(reaches) {
    let missed = 0;
    for (let scale = 1; scale <= 10_000; scale *= 10) {
      for (let distance = scale === 1 ? 1 : 11 * scale; distance <= 100 * scale; distance += scale) {
        if (reaches(distance)) return refine(reaches, missed, distance);
        missed = distance;
      }
    }
    return null;
  }

  function refine(reaches, missed, reached) {
    while (reached - missed > 1) {
      const middle = Math.floor((missed + reached) / 2);
      if (reaches(middle)) reached = middle;
      else missed = middle;
    }
    return reached;
  }

  // Gives the score that the question would have with an answer; null when the answer would not be valid.
  function scorer(state, item, keys) {
    if (state.plan.decidesAlone(item)) return triedScorer(state, item, keys);
    const look = () => {
      const valid = state.result(item.path, "constraint", keys) !== false;
      return valid ? state.itemScore(item.path, keys) : null;
    };
    return (value) => state.suppose({ path: item.path, item, keys, facet: "" }, value, look);
  }

  // The same where nothing else changes with the answer: only two cells have to be computed for each.
  function triedScorer(state, item, keys) {
    let tried;
    const here = keys.join("/");
    const isHere = (path, own) => path === item.path && own.join("/") === here;
    const value = (path, own) => (isHere(path, own) ? tried : state.value(path, own));
    const other = Object.create(state, { value: { value } });
    const cell = (kind) => state.plan.cells[item.cells[kind]];
    const score = computing.score(other, cell("score"));
    const constraint = cell("constraint") ? computing.constraint(other, cell("constraint")) : () => true;
    return (answer) => {
      tried = answer;
      const found = constraint(keys) === false ? null : figures.meanScore([score(keys)]);
      return typeof found === "number" ? found : null;
    };
  }

  return { nextStep, nearestAnswer };
})();
