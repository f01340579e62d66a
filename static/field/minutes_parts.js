// Who was there, what was agreed, what is attached, who signs: the twin of reports/minutes_parts.py.
import { codeOf } from "./minutes_sheet.js";
import { paragraphs, sentenceStart, strip, topic, unstopped } from "./minutes_words.js";

const LETTERS = "abcd";

const fold = (text) => strip(text).toLowerCase();

const namesRole = ({ plan }, position) => plan.roles.includes(fold(position));

const roleWord = ({ words }, { side, role }) =>
  role === "secretary" || (side === "delegation" && (role === "leader" || role === "member")) ? words.plain(`attendance.role_${role}`) : "";

/** A person with position and with the role in the delegation, which is not said twice. */
export const described = (sheet, person) => {
  const position = namesRole(sheet, person.position) ? "" : person.position;
  const role = roleWord(sheet, person);
  const isSaid = position.toLowerCase().includes(role.toLowerCase());
  return [person.name, position, isSaid ? "" : role].filter(Boolean).join(", ") || "…";
};

const sideTitles = ({ words, names }) => ({
  delegation: words.plain("attendance.delegation"), unit: names.short,
  department: words.plain("attendance.department", { province: names.province }), other: words.plain("attendance.other"),
});

/** The four sides in their order; a visited department is not listed a second time as a guest. */
export const parties = (sheet, { attendance }) => {
  const { words, rules, facts } = sheet;
  const titles = sideTitles(sheet);
  const present = (side) => attendance.filter((person) => person.side === side).map((person) => described(sheet, person));
  const sides = rules.sides.filter((side) => present(side).length || side !== "department" || facts.unit.kind !== "so");
  return sides.map((side, at) => {
    const people = present(side);
    const key = people.length ? "counted" : attendance.length ? "nobody" : "unknown";
    return { letter: LETTERS[at], heading: words.plain(`attendance.${key}`, { side: sentenceStart(titles[side]), count: words.count(people.length) }), people };
  });
};

/** Who leads the meeting: the head of the delegation, and whoever else is in the chair. */
export const chairs = ({ attendance }) => [
  ...attendance.filter(({ side, role }) => side === "delegation" && role === "leader"), ...attendance.filter(({ role }) => role === "chair"),
];

/** The recommendation that a commitment answers; its words tell those of one code apart. */
const recommended = ({ recommendations }, { recommendation, text }) => {
  const made = recommendations.filter(({ code }) => code === recommendation);
  const alike = made.find((one) => Object.values(one.text).includes(text));
  return alike ?? (!text || made.length === 1 ? made[0] : undefined);
};

const agreement = (sheet, entry) => {
  const { words } = sheet;
  const source = recommended(sheet, entry);
  const taken = entry.decision === "objected" ? undefined : source;
  const due = entry.due ?? taken?.due.date;
  return {
    text: entry.text || (source ? sheet.pick(source.text) : ""), code: entry.recommendation,
    decision: words.plain(`commitments.${entry.decision ?? "open"}`), ownWords: paragraphs(entry.own_words),
    owner: entry.owner || (taken ? sheet.pick(taken.responsible) : "") || "–",
    due: (due ? words.shortDate(due) : taken ? sheet.pick(taken.due.text) : "") || "–", side: words.plain(`commitments.side_${entry.side}`),
  };
};

/** Commitments as rows; what they leave open is taken from the recommendation, unless the unit objected to it. */
export const agreed = (sheet, entries) => entries.map((entry) => agreement(sheet, entry));

/** How many recommendations the unit agreed to, changed and objected to. */
export const decisionsCounted = ({ words, rules }, entries) => {
  const of = (decision) => words.count(entries.filter((entry) => entry.decision === decision).length);
  const isOpen = entries.some(({ decision }) => decision === null);
  const open = isOpen ? words.plain("commitments.counted_open", { count: of(null) }) : "";
  const counts = Object.fromEntries(rules.decisions.map((decision) => [decision, of(decision)]));
  return words.say("commitments.counted", { count: words.count(entries.length), open, ...counts });
};

/** What goes with the minutes: how many of each kind in a sentence, and where each belongs. */
export const attached = (sheet, record) => {
  const { words, rules } = sheet;
  const totals = Object.fromEntries(Object.values(rules.counted).map((kind) => [kind, 0]));
  const entries = [];
  for (const [node, number] of files(sheet)) {
    const kind = rules.counted[node.type];
    totals[kind] += number;
    const counts = words.plain(`answer.${kind}`, { count: words.count(number) });
    entries.push(words.plain("attached.entry", { code: codeOf(node.path), topic: topic(sheet.label(node)), counts }));
  }
  const counted = Object.entries(totals).filter(([, number]) => number).map(([kind, number]) => words.plain(`answer.${kind}`, { count: words.count(number) }));
  if (record.attached.length) counted.push(words.plain("attached.papers", { count: words.count(record.attached.length) }));
  if (!counted.length) return { sentence: words.plain("attached.nothing"), entries: [] };
  return { sentence: words.plain("attached.files", { counts: counted.join(", ") }), entries: [...entries, ...record.attached.map(unstopped)] };
};

const files = function* (sheet) {
  for (const node of sheet.nodes.values()) {
    if (!(node.type in sheet.rules.counted) || !sheet.isShown(node)) continue;
    const values = sheet.places(node).map((place) => sheet.value(place));
    const number = values.reduce((sum, value) => sum + (Array.isArray(value) ? value.length : 0), 0);
    if (number) yield [node, number];
  }
};

/** Who is to sign for a side, as far as the attendance tells; nameless when it does not. */
const expected = ({ attendance }, side, role = "leader") => {
  const leading = role === "secretary" ? ["secretary"] : ["leader", "chair"];
  const person = attendance.find((one) => leading.includes(one.role) && (role === "secretary" || one.side === side));
  return [{ side, role, name: person?.name ?? "", position: person?.position ?? "", image: null, signed_at: null }];
};

const signingTitle = (sheet, { role, side }) => {
  const { words } = sheet;
  if (role === "secretary") return words.plain("closing.secretary");
  if (side === "delegation") return words.plain("closing.delegation");
  const body = side === "other" ? words.plain("closing.other") : sideTitles(sheet)[side];
  return words.plain("closing.representing", { body: body.toUpperCase() });
};

const signer = (sheet, entry, place) => {
  const { words } = sheet;
  const [date, time] = entry.signed_at?.split("T") ?? [];
  const name = words.untitled(entry.name);
  return {
    place, title: signingTitle(sheet, entry), position: namesRole(sheet, entry.position) ? "" : entry.position.toUpperCase(), name, image: entry.image ?? "",
    alt: words.plain("closing.drawn_alt", { name }), when: entry.image && date ? words.plain("closing.signed_at", { time: words.time(time), date: words.shortDate(date) }) : "",
  };
};

/** Unit, head of the delegation, others who sign, secretary; whoever has not signed yet has a place all the same. */
export const signers = (sheet, record) => {
  const secretaries = record.signatures.filter(({ role }) => role === "secretary");
  const heads = (side) => record.signatures.filter((entry) => entry.role !== "secretary" && entry.side === side);
  const first = (found, otherwise) => (found.length ? found : otherwise).slice(0, 1);
  const wanted = [
    ...first(heads("unit"), expected(record, "unit")), ...first(heads("delegation"), expected(record, "delegation")),
    ...heads("department"), ...heads("other"), ...first(secretaries, expected(record, "delegation", "secretary")),
  ];
  const kinds = wanted.map(({ role, side }) => (role === "secretary" ? role : side));
  const places = kinds.map((kind, at) => kinds.slice(0, at).filter((one) => one === kind).length).map((earlier, at) => (earlier ? `${kinds[at]}-${earlier + 1}` : kinds[at]));
  return wanted.map((entry, at) => signer(sheet, entry, places[at]));
};

/** Who is asked to sign on the tablet: {unit, delegation, secretary?}, each {title, name, position} as far as is known. */
export const askedToSign = (sheet, record) => {
  const { members, leader } = sheet.facts;
  const [head] = expected(record, "delegation");
  const asked = [["unit", ...expected(record, "unit")], ["delegation", { ...head, name: head.name || (members?.[leader] ?? "") }]];
  if (record.attendance.some(({ role }) => role === "secretary")) asked.push(["secretary", ...expected(record, "delegation", "secretary")]);
  return Object.fromEntries(asked.map(([key, entry]) => [key, { title: signingTitle(sheet, entry), name: entry.name, position: entry.position }]));
};

/** Who gets a copy: the unit, its department, the legal department of the ministry, the files. */
export const recipients = ({ words, names, facts }, { copies }) => {
  const department = facts.unit.kind === "so" ? [] : [words.plain("attendance.department", { province: names.province })];
  const bodies = [names.short, ...department].map((body) => `${sentenceStart(body)};`);
  return [...bodies, words.plain("signature.to_legal"), words.plain("closing.to_file", { copies: words.count(copies) })];
};
