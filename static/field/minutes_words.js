// The words of the minutes, and how they write numbers, days and names: the twin of wording.py, numbers.py, dates.py.
// A text with marks is a list of children: strings, and elements as [tag, attributes, ...children].

const TOKEN = /(<b>|<\/b>|<br\/>|\{\w+\})/;
// What Python takes for space, and for the end of a line.
const SPACE = "\\t-\\r\\x1c- \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const AROUND = new RegExp(`^[${SPACE}]+|[${SPACE}]+$`, "g");
const LINE_END = /\r\n|[\n-\r\x1c-\x1e\x85\u2028\u2029]/;
const BRACKETED = new RegExp(`[${SPACE}]*\\([^()]*\\)[${SPACE}]*$`);

export const strip = (text) => text.replace(AROUND, "");

/** The lines that a person wrote, without empty ones. */
export const paragraphs = (text) => text.split(LINE_END).map(strip).filter(Boolean);

/** A question or name without an explanation in brackets at its end and without its last sign. */
export const topic = (question) => question.replace(BRACKETED, "").replace(/[ ?.:]+$/, "");

/** An answer without its last full stop, as it stands inside a sentence. */
export const unstopped = (text) => text.replace(/[.; ]+$/, "");

export const sentenceStart = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);

/** What was said as text; empty for everything else. */
export const said = (value) => (typeof value === "string" ? strip(value) : "");

const two = (number) => String(number).padStart(2, "0");

const written = (scaled, places) => (scaled < 1e21 ? scaled.toFixed(places) : `${BigInt(scaled)}${places ? `.${"0".repeat(places)}` : ""}`);

const filled = (pattern, values) => pattern.replace(/\{(\w+)\}/g, (_, name) => values[name]);

export class Words {
  #plan;
  #unseen;
  #beyond;

  constructor(plan) {
    this.#plan = plan;
    this.isEnglish = plan.language === "en";
    this.#unseen = new RegExp(plan.unseen, "g");
    this.#beyond = new RegExp(`[^${plan.signs}]+`, "gu");
    this.titles = new RegExp(plan.titles, "i");
  }

  #raw(key) {
    const found = this.#plan.words[key];
    if (found === undefined) throw new Error(`no words for ${key}`);
    return found;
  }

  /** The wording as plain text. */
  plain(key, values = {}) {
    return filled(this.#raw(key), values);
  }

  /** The wording as children; a value is a text or children of its own. */
  say(key, values = {}) {
    const open = [[]];
    for (const token of this.#raw(key).split(TOKEN)) {
      if (token === "<b>") open.push([]);
      else if (token === "</b>") {
        const inside = open.pop();
        open.at(-1).push(["b", {}, ...inside]);
      } else if (token === "<br/>") open.at(-1).push(["br", {}]);
      else if (TOKEN.test(token)) open.at(-1).push(...[values[token.slice(1, -1)]].flat());
      else open.at(-1).push(token);
    }
    return open[0];
  }

  /** A number with fixed places: "1.234,5", "1,234.5"; halves are rounded away from zero, as people do. */
  decimal(value, places = 1) {
    const scaled = Math.trunc(Math.abs(value) * 10 ** places + 0.5 + 1e-9) / 10 ** places;
    const [whole, rest] = written(scaled, places).split(".");
    const [group, point] = this.isEnglish ? [",", "."] : [".", ","];
    return (value < 0 && scaled ? "-" : "") + whole.replace(/\B(?=(\d{3})+$)/g, group) + (rest ? point + rest : "");
  }

  /** A number with as many places as it has, at most four. */
  number(value) {
    const places = [0, 1, 2, 3].find((n) => Math.abs(value - Number(value.toFixed(n))) < 1e-9);
    return this.decimal(value, places ?? 4);
  }

  /** How many: Vietnamese documents write counts below 10 with a zero. */
  count(number) {
    return this.isEnglish || number >= 10 ? this.decimal(number, 0) : two(number);
  }

  /** "2026-01-05" in words, as at the head of a document. */
  longDate(day) {
    const [year, month, date] = day.split("-").map(Number);
    const { months, day: pattern } = this.#plan.dates;
    if (this.isEnglish) return `${date} ${months[month - 1]} ${year}`;
    return filled(pattern, { day: two(date), month: month <= 2 ? two(month) : month, year });
  }

  /** A day in figures, for tables. */
  shortDate(day) {
    const [year, month, date] = day.split("-").map(Number);
    return this.isEnglish ? `${date} ${this.#plan.dates.months[month - 1].slice(0, 3)} ${year}` : `${two(date)}/${two(month)}/${year}`;
  }

  /** A day in figures, with its time if it has one, or only its month or year. */
  shortMoment(value, precision) {
    const day = value.slice(0, 10);
    if (!/^(?!0000)\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(Date.parse(`${day}T00:00:00Z`))) return value;
    const [year, month] = day.split("-");
    if (precision === "year") return String(Number(year));
    if (precision === "month") return this.isEnglish ? `${this.#plan.dates.months[month - 1].slice(0, 3)} ${Number(year)}` : `${month}/${Number(year)}`;
    return [value.slice(11, 16), this.shortDate(day)].filter(Boolean).join(" ");
  }

  /** "08:05" as a time of day, or room for one to be written in. */
  time(moment) {
    if (!moment) return this.plain("minutes.open_time");
    const [hour, minute] = moment.split(":");
    return this.isEnglish ? `${Number(hour)}:${minute}` : filled(this.#plan.dates.time, { hour, minute });
  }

  /** A person's name as it stands under a signature, without academic titles. */
  untitled(name) {
    return strip(name).replace(this.titles, "");
  }

  /** The text with nothing in it that the document font cannot show; a replacement sign stands for the rest. */
  printable(text) {
    return text.normalize("NFC").replace(this.#unseen, "").replace(this.#beyond, "\ufffd");
  }
}
