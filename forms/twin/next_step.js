// The least change of a numeric answer that scores better, found by trying. The twin of next_step.py.
import { TOLERANCE } from "./assessment.js";

export const steps = (() => {
  const levels = [1 / 3, 2 / 3, 1];
  const units = { integer: 1, decimal: 100 };

  function nextStep(state, item, keys) {
    const score = state.itemScore(item.path, keys);
    const goal = score === null ? undefined : levels.find((level) => level > score + TOLERANCE);
    const value = goal === undefined ? null : nearestAnswer(state, item, keys, goal);
    if (value === null) return null;
    return { value, delta: value - state.value(item.path, keys), to: scoreAt(state, item, keys, value) };
  }

  function nearestAnswer(state, item, keys, goal) {
    const present = state.value(item.path, keys);
    const unit = units[item.node.type];
    if (!unit || !item.node.score || item.node.calculation || typeof present !== "number") return null;
    const start = Math.floor(present * unit + 0.5);
    const reaches = (distance) => {
      const number = start + distance;
      if (number < 0 && present >= 0) return false;
      const score = scoreAt(state, item, keys, number / unit);
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

  function scoreAt(state, item, keys, value) {
    const look = () => {
      const valid = state.result(item.path, "constraint", keys) !== false;
      return valid ? state.itemScore(item.path, keys) : null;
    };
    return state.suppose({ path: item.path, item, keys, facet: "" }, value, look);
  }

  return { nextStep, nearestAnswer };
})();
