// The least change of a numeric answer that scores better, found by trying. The twin of next_step.py.
import { TOLERANCE, figures } from "./assessment.js";

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
    const reaches = (offset) => {
      if (start + offset < 0 && present >= 0) return false;
      const score = scoreAt((start + offset) / unit);
      return score !== null && score >= goal - TOLERANCE;
    };
    const offset = leastOffset(reaches);
    return offset === null ? null : (start + offset) / unit;
  }

  // Every distance up to 100 is tried, then every tenth up to 1,000, and so on, both ways at once; of two equally near
  // the greater.
  function leastOffset(reaches) {
    let missed = 0;
    for (let scale = 1; scale <= 10_000; scale *= 10) {
      for (let distance = scale === 1 ? 1 : 11 * scale; distance <= 100 * scale; distance += scale) {
        const [up, down] = [1, -1].map((way) => (reaches(way * distance) ? refine(reaches, way, missed, distance) : Infinity));
        if (up < Infinity || down < Infinity) return up <= down ? up : -down;
        missed = distance;
      }
    }
    return null;
  }

  function refine(reaches, way, missed, reached) {
    while (reached - missed > 1) {
      const middle = Math.floor((missed + reached) / 2);
      if (reaches(way * middle)) reached = middle;
      else missed = middle;
    }
    return reached;
  }

  // Gives the score that the question would have with an answer; null when the answer would not be valid.
  function scorer(state, item, keys) {
    const reached = state.plan.reachedAlone(item);
    if (reached) return triedScorer(state, item, keys, reached);
    const look = () => {
      const valid = state.result(item.path, "constraint", keys) !== false;
      return valid ? state.itemScore(item.path, keys) : null;
    };
    return (value) => state.suppose({ path: item.path, item, keys, facet: "" }, value, look);
  }

  // The same where only a few cells of the same instance have to be computed for each answer; nothing stays changed.
  function triedScorer(state, { cells }, keys, reached) {
    const here = keys.join("/");
    const touched = [cells.value, ...reached];
    const found = (cell) => (cell === undefined ? undefined : state.results[cell].get(here));
    return (answer) => {
      const before = touched.map(found);
      state.results[cells.value].set(here, answer);
      try {
        for (const cell of reached) state.results[cell].set(here, state.compute[cell](keys));
        const score = found(cells.constraint) === false ? null : figures.meanScore([found(cells.score)]);
        return typeof score === "number" ? score : null;
      } finally {
        touched.forEach((cell, number) => state.results[cell].set(here, before[number]));
      }
    };
  }

  return { nextStep, nearestAnswer };
})();
