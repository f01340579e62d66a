// Functions on texts and on lists of choices. The twin of functions/texts.py, entry by entry.
import { numbers } from "./numbers.js";

export const texts = (() => {
  // A character is a code point, as in XPath and Python; most texts have no pairs of surrogates and stay as they are.
  const characters = (value) => (/[\ud800-\udfff]/.test(value) ? Array.from(value) : value);
  const glued = (part) => (typeof part === "string" ? part : part.join(""));
  const longest = 1_000_000;
  const items = (value) => value.split(/[ \t\r\n]+/).filter((item) => item !== "");

  const concat = (...parts) => putTogether("", parts.flat());
  const join = (separator, ...parts) => putTogether(separator, parts.flat());

  // The texts up to the longest allowed; a character may take two places here.
  function putTogether(separator, list) {
    let end = 0;
    for (let size = -separator.length; end < list.length && size < 2 * longest; end += 1) size += list[end].length + separator.length;
    const found = (end < list.length ? list.slice(0, end) : list).join(separator);
    return found.length > longest ? glued(characters(found).slice(0, longest)) : found;
  }

  const stringLength = (value) => characters(value).length;

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

  const contains = (value, part) => value.includes(part);
  const startsWith = (value, part) => value.startsWith(part);
  const endsWith = (value, part) => value.endsWith(part);

  function translate(value, old, fresh) {
    const table = new Map();
    const targets = Array.from(fresh);
    for (const [index, sign] of Array.from(old).entries()) {
      if (!table.has(sign)) table.set(sign, targets[index] ?? "");
    }
    return Array.from(value, (sign) => table.get(sign) ?? sign).join("");
  }

  const normalizeSpace = (value) => items(value).join(" ");
  const selected = (value, name) => items(value).includes(name.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, ""));
  const countSelected = (value) => items(value).length;
  const booleanFromString = (value) => value === "true" || value === "1";

  function selectedAt(value, index) {
    const listed = items(value);
    return index >= 0 && index < listed.length ? listed[Math.trunc(index)] : "";
  }

  const patterns = new Map();

  function matches(pattern, value) {
    if (!patterns.has(pattern)) patterns.set(pattern, new RegExp(pattern, "u"));
    return patterns.get(pattern).test(value);
  }

  return {
    concat, join, stringLength, substr, substring, substringBefore, substringAfter, contains, startsWith, endsWith,
    translate, normalizeSpace, selected, selectedAt, countSelected, booleanFromString,
    matches,
  };
})();
