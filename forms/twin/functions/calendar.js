// Dates and times made of others, and their formats. The twin of the second half of functions/dates.py.
import { dates } from "./dates.js";
import { f } from "./library.js";

export const calendar = (() => {
  const { dayMs, numberForm, momentForm, timeForm, whole, milliseconds, moment } = dates;
  const lastDay = 2_932_896; // 9999-12-31
  const firstDay = -719_162; // 0001-01-01

  const monthNames = {
    vi: ["Thg 1", "Thg 2", "Thg 3", "Thg 4", "Thg 5", "Thg 6", "Thg 7", "Thg 8", "Thg 9", "Thg 10", "Thg 11", "Thg 12"],
    en: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
  };
  const dayNames = {
    vi: ["CN", "T2", "T3", "T4", "T5", "T6", "T7"],
    en: ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"],
  };

  const padded = (value, width) => String(value).padStart(width, "0");

  function civil(days) {
    const shifted = days + 719_468; // counted from 0000-03-01, so that a leap day ends a year
    const era = whole(shifted, 146_097);
    const ofEra = shifted - era * 146_097;
    const yearOfEra = whole(ofEra - whole(ofEra, 1_460) + whole(ofEra, 36_524) - whole(ofEra, 146_096), 365);
    const ofYear = ofEra - (365 * yearOfEra + whole(yearOfEra, 4) - whole(yearOfEra, 100));
    const shiftedMonth = whole(5 * ofYear + 2, 153);
    const day = ofYear - whole(153 * shiftedMonth + 2, 5) + 1;
    const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
    return [yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day];
  }

  function asWritten(value) {
    const found = moment(value);
    if (found !== null) return [found[0], found[1]];
    const match = numberForm.exec(value);
    const count = match ? Number(match[1]) : NaN;
    if (!(firstDay <= count && count < lastDay + 1)) return null;
    const day = Math.floor(count);
    return [day, Math.min(Math.floor((count - day) * dayMs + 0.5), dayMs - 1)];
  }

  function isoDate(days) {
    const [year, month, day] = civil(days);
    return `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`;
  }

  function date(value) {
    const found = asWritten(value);
    return found === null ? "" : isoDate(found[0]);
  }

  function dateTime(value) {
    if (momentForm.test(value) && moment(value)) return value;
    const found = asWritten(value);
    if (found === null) return "";
    const seconds = whole(found[1], 1_000);
    const clock = [whole(seconds, 3_600), whole(seconds, 60) % 60, seconds % 60].map((part) => padded(part, 2));
    return `${isoDate(found[0])}T${clock.join(":")}.${padded(found[1] % 1_000, 3)}Z`;
  }

  function decimalTime(value) {
    const passed = timePassed(value);
    return passed === null ? NaN : passed / dayMs;
  }

  function timePassed(value) {
    const match = timeForm.exec(value);
    return match ? milliseconds(match[1], match[2], match[3], match[4]) : null;
  }

  function formatDate(value, pattern, language) {
    const [found, passed] = [asWritten(value), timePassed(value)];
    if (found === null && passed === null) return "";
    const parts = new Map(found ? formatParts(found[0], found[1], language) : clockParts(passed));
    return pattern.replace(/%([^\n])/gu, (all, letter) => parts.get(letter) ?? all);
  }

  function formatParts(days, clock, language) {
    const [year, month, day] = civil(days);
    const names = Object.hasOwn(monthNames, language) ? language : "en";
    return [
      ["Y", padded(year, 4)],
      ["y", padded(year % 100, 2)],
      ["m", padded(month, 2)],
      ["n", String(month)],
      ["b", monthNames[names][month - 1]],
      ["d", padded(day, 2)],
      ["e", String(day)],
      ["a", dayNames[names][(((days + 4) % 7) + 7) % 7]],
      ...clockParts(clock),
    ];
  }

  function clockParts(clock) {
    const seconds = whole(clock, 1_000);
    return [
      ["H", padded(whole(seconds, 3_600), 2)],
      ["h", String(whole(seconds, 3_600))],
      ["M", padded(whole(seconds, 60) % 60, 2)],
      ["S", padded(seconds % 60, 2)],
      ["3", padded(clock % 1_000, 3)],
      ["%", "%"],
    ];
  }

  return { date, dateTime, decimalTime, formatDate };
})();

Object.assign(f, {
  "date": calendar.date,
  "date-time": calendar.dateTime,
  "decimal-time": calendar.decimalTime,
  "format-date": calendar.formatDate,
  "format-date-time": calendar.formatDate,
});
