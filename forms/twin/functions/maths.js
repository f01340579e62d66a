// Powers, logarithms, angles and counts of answers above 0. The twin of what functions/numbers.py has of these.
import { f } from "./library.js";
import { numbers } from "./numbers.js";

export const maths = (() => {
  const { total } = numbers;

  function power(base, exponent) {
    if (exponent !== exponent) return base === 1 ? 1 : NaN;
    if (Math.abs(exponent) > 1_024 || exponent !== Math.trunc(exponent)) return base === 1 ? 1 : Math.pow(base, exponent);
    let [result, factor, left] = [1, base, Math.abs(exponent)];
    while (left > 0) {
      if (left % 2 === 1) result *= factor;
      factor *= factor;
      left = Math.floor(left / 2);
    }
    return exponent >= 0 ? result : 1 / result;
  }

  const exponential10 = (value) => power(10, value);

  const within = (value, low, high) => (low === -1 || value >= low) && (high === -1 || value <= high);

  function checklist(leastCount, mostCount, ...parts) {
    return within(parts.flat().filter((number) => number > 0).length, leastCount, mostCount);
  }

  function weightedChecklist(leastSum, mostSum, ...pairs) {
    let reached = 0;
    for (let at = 0; at < pairs.length; at += 2) {
      const [values, weights] = [pairs[at], pairs[at + 1]];
      reached += total(weights.filter((weight, place) => values[place] > 0));
    }
    return within(reached, leastSum, mostSum);
  }

  const { sqrt, exp, log, log10, sin, cos, tan, asin, acos, atan, atan2 } = Math;
  const ofMath = { sqrt, exp, log, log10, sin, cos, tan, asin, acos, atan, atan2 };
  return { power, exponential10, checklist, weightedChecklist, ofMath };
})();

Object.assign(f, maths.ofMath, {
  "pow": maths.power,
  "exp10": maths.exponential10,
  "pi": () => Math.PI,
  "checklist": maths.checklist,
  "weighted-checklist": maths.weightedChecklist,
});
