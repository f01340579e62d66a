// The texts of the page in the person's language, and numbers and times as people write them.
import { find } from "./dom.js";

export const page = JSON.parse(find("#page-data").textContent);
const comma = page.language === "vi";

/** A text of the page by its name, with `{n}` and the like filled in. */
export const say = (name, values = {}) => (page.texts[name] ?? name).replace(/\{(\w+)\}/g, (_, key) => values[key]);

/** A text of the checklist in the person's language, else in the checklist's own, which comes first. */
export const inWords = (text) => text?.[page.language] ?? Object.values(text ?? {})[0] ?? "";

export const number = (value, digits = 0) => {
  const [whole, rest] = value.toFixed(digits).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, comma ? "." : ",");
  return rest === undefined ? grouped : `${grouped}${comma ? "," : "."}${rest}`;
};

/** "47–72", or "62,5" when both ends are the same. */
export const interval = ([low, high]) =>
  Math.abs(high - low) < 0.05 ? number(low, 1) : `${number(low)}–${number(high)}`;

const two = (value) => String(value).padStart(2, "0");

/** The clock of this tablet: 10:42, with the day when it is not today. */
export const clock = (at) => {
  const moment = new Date(at);
  const time = `${two(moment.getHours())}:${two(moment.getMinutes())}`;
  return moment.toDateString() === new Date().toDateString() ? time : `${time}, ${dayOf(moment)}`;
};

const dayOf = (moment) => {
  if (comma) return `${two(moment.getDate())}/${two(moment.getMonth() + 1)}/${moment.getFullYear()}`;
  return `${moment.getDate()} ${moment.toLocaleDateString("en", { month: "short" })} ${moment.getFullYear()}`;
};

/** "2025-08-19" as people write a day; no clock of any place moves it. */
export const day = (text) => {
  const [year, month, date] = text.split("-").map(Number);
  return dayOf(new Date(year, month - 1, date));
};

/** "23,5" or "23.5" as a number; null when empty, NaN when it is none. */
export const parseNumber = (text) => {
  const tidy = text.trim().replace(/\s/g, "").replace(",", ".");
  if (tidy === "") return null;
  return /^[-+]?\d{1,15}(\.\d{1,12})?$/.test(tidy) ? Number(tidy) : NaN;
};
