// Parts of texts and texts made of others, sign by sign. The twin of what functions/texts.py has of these.
import { f } from "./library.js";
import { numbers } from "./numbers.js";
import { texts } from "./texts.js";

export const pieces = (() => {
  const { characters, glued, items } = texts;

  function place(index, length) {
    if (index !== index) return 0;
    if (index < 0) return index > -length ? length + Math.trunc(index) : 0;
    return index < length ? Math.trunc(index) : length;
  }

  function substr(value, start, end = Infinity) {
    const list = characters(value);
    return glued(list.slice(place(start, list.length), place(end, list.length)));
  }

  function substring(value, start, length = Infinity) {
    const first = numbers.roundHalfUp(start);
    const last = first + numbers.roundHalfUp(length);
    const list = characters(value);
    const [low, high] = [Math.max(first, 1), Math.min(last, list.length + 1)];
    return low < high ? glued(list.slice(low - 1, high - 1)) : "";
  }

  function substringBefore(value, mark) {
    const found = value.indexOf(mark);
    return found > 0 ? value.slice(0, found) : "";
  }

  function substringAfter(value, mark) {
    const found = value.indexOf(mark);
    return found >= 0 ? value.slice(found + mark.length) : "";
  }

  function translate(value, old, fresh) {
    const table = new Map();
    const targets = Array.from(fresh);
    for (const [index, sign] of Array.from(old).entries()) {
      if (!table.has(sign)) table.set(sign, targets[index] ?? "");
    }
    return Array.from(value, (sign) => table.get(sign) ?? sign).join("");
  }

  const normalizeSpace = (value) => items(value).join(" ");

  return { substr, substring, substringBefore, substringAfter, translate, normalizeSpace };
})();

Object.assign(f, {
  "substr": pieces.substr,
  "substring": pieces.substring,
  "substring-before": pieces.substringBefore,
  "substring-after": pieces.substringAfter,
  "translate": pieces.translate,
  "normalize-space": pieces.normalizeSpace,
});
