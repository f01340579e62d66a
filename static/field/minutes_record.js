// What the log of a visit holds for its minutes: who was there, what was agreed, opinions. The twin of minutes_record.py.
import { commitmentKey } from "./commitment.js";
import { paragraphs, said } from "./minutes_words.js";

const ROOT = "/minutes/";
const PLACE = /^\/minutes\/([\p{L}\p{N}_]+)\[([^\]]+)\](?:\/([\p{L}\p{N}_]+))?$/u;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

const byAge = (a, b) => (a.at < b.at || (a.at === b.at && a.id < b.id) ? -1 : 1);

/** The instances of a repeat by key, in the order in which they were begun: what stands in each field. */
export const entriesOf = (log, name) => {
  const found = new Map();
  for (const { question } of log.changes().sort(byAge)) {
    const [, repeat, key, field] = PLACE.exec(question) ?? [];
    if (repeat !== name) continue;
    if (!found.has(key)) found.set(key, {});
    if (field) found.get(key)[field.startsWith(`${name}_`) ? field.slice(name.length + 1) : field] = log.value(question);
  }
  for (const key of found.keys()) if (log.value(`${ROOT}${name}[${key}]`) === false) found.delete(key);
  return found;
};

const known = (value, names, otherwise) => (names.includes(value) ? value : otherwise);

const day = (value) => (typeof value === "string" ? value : null);

const commitments = (entries, { allRecommendations, pickHere }, { sides, decisions }) => {
  const rest = new Map(entries);
  const sideOf = ({ side }) => known(side, sides, "unit");
  const found = [];
  for (const made of allRecommendations) {
    const entry = rest.get(commitmentKey(made));
    rest.delete(commitmentKey(made));
    if (!decisions.includes(entry?.decision)) continue;
    found.push({
      side: sideOf(entry), recommendation: made.code, text: pickHere(made.text), decision: entry.decision,
      own_words: said(entry.text), owner: said(entry.owner), due: day(entry.due),
    });
  }
  for (const entry of rest.values()) {
    if (!said(entry.text)) continue;
    found.push({ side: sideOf(entry), recommendation: "", text: said(entry.text), decision: null, own_words: "", owner: said(entry.owner), due: day(entry.due) });
  }
  return found;
};

/**
 * The record as the log of the minutes has it now. `sheet` is that of the visit; `signatures` are those that stand, each
 * {side, role, name, position, image, signed_at}: an address and "2025-08-19T11:42" in Vietnam, both null until drawn.
 */
export const recordOf = (log, sheet, signatures = []) => {
  const { rules, isNamed, plan } = sheet;
  const text = (name) => said(log.value(ROOT + name));
  const time = (name) => (TIME.test(log.value(ROOT + name) ?? "") ? log.value(ROOT + name) : null);
  const copies = log.value(`${ROOT}copies`);
  const attendee = ({ side, name, position, role }) => {
    const of = known(side, rules.sides, "other");
    return { side: of, name: isNamed || of === "delegation" ? said(name) : "", position: said(position), role: known(role, rules.attendance_roles, "member") };
  };
  const pickHere = (words) => words[plan.language] || words.vi || "";
  return {
    attendance: [...entriesOf(log, "present").values()].map(attendee),
    commitments: commitments(entriesOf(log, "commitment"), { allRecommendations: sheet.allRecommendations, pickHere }, rules),
    started_at: time("started_at"), ended_at: time("ended_at"), place: text("place"), plan: text("plan"),
    attached: paragraphs(text("attached")), opinion: text("opinion"), dissent: text("dissent"),
    copies: Number.isInteger(copies) && copies >= 1 && copies <= 20 ? copies : 3,
    signatures: signatures.map((one) => ({
      ...one, side: known(one.side, rules.sides, "other"), role: known(one.role, rules.attendance_roles, "member"), name: said(one.name), position: said(one.position),
    })),
  };
};

/** Whether the unit, the delegation and everybody else who is named as signing has signed. */
export const isSigned = ({ attendance, signatures }) => {
  const heads = signatures.filter(({ role }) => role !== "secretary").map(({ side }) => side);
  const isRecorded = !attendance.some(({ role }) => role === "secretary") || signatures.some(({ role }) => role === "secretary");
  return ["unit", "delegation"].every((side) => heads.includes(side)) && isRecorded && signatures.every(({ signed_at: at }) => at);
};
