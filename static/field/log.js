// The answer log of one visit on this tablet: which changes still count. The same rules as on the server.

const hex = (byte) => byte.toString(16).padStart(2, "0");

/** A UUIDv7: the time in front, so that ids sort by when they were made. */
export const makeId = (now = Date.now()) => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let index = 5, rest = now; index >= 0; index -= 1, rest = Math.floor(rest / 256)) bytes[index] = rest % 256;
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  const text = [...bytes].map(hex).join("");
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join("-");
};

const later = (a, b) => (a.at < b.at || (a.at === b.at && a.id < b.id) ? 1 : -1);
export const same = (a, b) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** Whether a question belongs to the minutes and not to the checklist. */
export const isOfMinutes = (question) => question.startsWith("/minutes/");

/** Whether a question is part of a signature below the minutes. */
export const isOfSignatures = (question) => question.startsWith("/minutes/signature[");

export class Log {
  #isOurs;
  #questions = new Map();
  #current = new Map();
  #conflicts = null;

  /** Of the checklist's questions, or of those that `isOurs` names: others are passed over. */
  constructor(isOurs = (question) => !isOfMinutes(question)) {
    this.#isOurs = isOurs;
  }

  /** Take changes in, in any order and as often as they come; gives the questions whose answer may have changed. */
  merge(changes) {
    const touched = new Set();
    for (const change of changes) {
      if (!this.#isOurs(change.question)) continue;
      if (!this.#questions.has(change.question)) this.#questions.set(change.question, new Map());
      const known = this.#questions.get(change.question);
      // The server may have set the time of a change right: its word counts on every machine.
      if (known.get(change.id)?.at === change.at) continue;
      known.set(change.id, change);
      touched.add(change.question);
    }
    touched.forEach((question) => this.#current.delete(question));
    // Most answers neither begin nor end a disagreement: then those that are known stay.
    const known = this.#conflicts;
    if (known && [...touched].some((question) => known.includes(question) || this.isConflict(question))) this.#conflicts = null;
    return touched;
  }

  /** Forget a change that has been given up; gives its question. */
  drop({ id, question }) {
    this.#questions.get(question)?.delete(id);
    this.#current.delete(question);
    this.#conflicts = null;
    if (!this.#questions.get(question)?.size) this.#questions.delete(question);
    return question;
  }

  /** The changes of a question that no other replaces, latest first. */
  current(question) {
    if (!this.#current.has(question)) {
      const known = [...(this.#questions.get(question)?.values() ?? [])];
      const replaced = new Set(known.flatMap(({ replaces }) => replaces));
      this.#current.set(question, known.filter(({ id }) => !replaced.has(id)).sort(later));
    }
    return this.#current.get(question);
  }

  /** Everything that was ever written for a question, latest first. */
  history(question) {
    return [...(this.#questions.get(question)?.values() ?? [])].sort(later);
  }

  changes() {
    return [...this.#questions.values()].flatMap((known) => [...known.values()]);
  }

  find(id) {
    return this.changes().find((change) => change.id === id);
  }

  value(question) {
    return this.current(question)[0]?.value ?? null;
  }

  /** Whether people disagree: several current changes with different values. */
  isConflict(question) {
    const [first, ...others] = this.current(question);
    return others.some((change) => !same(change.value, first.value));
  }

  /** The questions on which people disagree; looked for once after a change that concerns them, as every question asks. */
  conflicts() {
    this.#conflicts ??= [...this.#questions.keys()].filter((question) => this.isConflict(question));
    return this.#conflicts;
  }

  /** The questions for which anything was ever written. */
  questions() {
    return [...this.#questions.keys()];
  }

  /** The answers by question; an emptied one is there as null, because its default must not come back. */
  answers() {
    return Object.fromEntries([...this.#questions.keys()].map((question) => [question, this.value(question)]));
  }
}
