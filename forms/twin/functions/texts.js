// Functions on texts and on lists of choices. The twin of functions/texts.py, entry by entry.

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

  const contains = (value, part) => value.includes(part);
  const startsWith = (value, part) => value.startsWith(part);
  const endsWith = (value, part) => value.endsWith(part);

  const selected = (value, name) => items(value).includes(name.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, ""));
  const countSelected = (value) => items(value).length;

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
    longest, characters, glued, items, concat, join, stringLength, contains, startsWith, endsWith, selected, selectedAt,
    countSelected, matches,
  };
})();
