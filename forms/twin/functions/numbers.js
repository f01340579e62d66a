// Functions on numbers and on the numbers of a node-set. The twin of functions/numbers.py, entry by entry.

export const numbers = (() => {
  function roundHalfUp(value, decimals = 0) {
    if (decimals !== decimals || Math.abs(decimals) > 15) return decimals > 15 ? value : NaN;
    const scale = 10 ** Math.abs(Math.trunc(decimals));
    const scaled = decimals >= 0 ? value * scale : value / scale;
    if (scaled !== scaled || Math.abs(scaled) >= 2 ** 52) return value;
    const floor = Math.floor(scaled);
    const rounded = (scaled - floor >= 0.5 ? floor + 1 : floor) + 0;
    return decimals >= 0 ? rounded / scale : rounded * scale;
  }

  // "+ 0" turns -0 into 0, as Python's whole numbers do.
  const whole = (value) => Math.trunc(value) + 0;
  const floor = (value) => Math.floor(value) + 0;
  const ceiling = (value) => Math.ceil(value) + 0;

  function total(list) {
    let result = 0;
    for (const number of list) result += number;
    return result;
  }

  function extreme(parts, isBetter) {
    let best = NaN;
    for (const [index, number] of parts.flat().entries()) {
      if (number !== number) return NaN;
      if (index === 0 || isBetter(number, best)) best = number;
    }
    return best;
  }

  const least = (...parts) => extreme(parts, (one, best) => one < best);
  const greatest = (...parts) => extreme(parts, (one, best) => one > best);
  const countNonEmpty = (texts) => texts.filter((text) => text !== "").length;
  function itemLevel(score) {
    const level = 3 * score;
    const nearest = roundHalfUp(level);
    return Math.abs(level - nearest) <= 1e-9 ? nearest : level;
  }

  return {
    roundHalfUp, whole, floor, ceiling, total, least, greatest, countNonEmpty, itemLevel,
  };
})();
