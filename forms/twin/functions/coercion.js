// XPath 1.0 conversions between text, number and truth. The twin of functions/coercion.py, entry by entry.
import { dates } from "./dates.js";

export const coercion = (() => {
  const exactIntegers = 2 ** 53;

  function text(value) {
    if (typeof value === "string") return value;
    if (value === null || value === undefined) return "";
    if (typeof value === "number") return numberText(value);
    return Array.isArray(value) ? value.join(" ") : String(value);
  }

  function numberText(value) {
    if (value === 0) return "0";
    const plain = String(value);
    const match = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(plain);
    if (!match) return plain;
    const [, sign, first, fraction = "", power] = match;
    const digits = first + fraction;
    const shift = Number(power);
    if (shift < 0) return `${sign}0.${"0".repeat(-shift - 1)}${digits}`;
    return sign + digits.padEnd(shift + 1, "0");
  }

  function number(value) {
    if (typeof value === "number") return value;
    return typeof value === "boolean" ? Number(value) : textNumber(text(value));
  }

  function textNumber(value) {
    const match = dates.numberForm.exec(value);
    return match ? Number(match[1]) : dates.daysOf(value);
  }

  function boolean(value) {
    if (typeof value === "boolean") return value;
    if (typeof value === "number") return value === value && value !== 0;
    return Array.isArray(value) ? value.length > 0 : Boolean(value);
  }

  function answer(value) {
    if (typeof value === "number") {
      if (value !== value) return null;
      if (!Number.isFinite(value)) return numberText(value);
      return value + 0;
    }
    return text(value) || null;
  }

  const comparisons = {
    "=": (left, right) => left === right,
    "!=": (left, right) => left !== right,
    "<": (left, right) => left < right,
    "<=": (left, right) => left <= right,
    ">": (left, right) => left > right,
    ">=": (left, right) => left >= right,
  };

  function equal(left, right) {
    if (typeof left === "boolean" || typeof right === "boolean") return boolean(left) === boolean(right);
    if (typeof left === "number" || typeof right === "number") return number(left) === number(right);
    return left === right;
  }

  function compareAny(sign, left, right) {
    const compare = comparisons[sign];
    return left.some((one) => right.some((other) => compare(one, other)));
  }

  return { text, numberText, number, textNumber, boolean, answer, equal, compareAny };
})();
