// The minutes of a visit as they are printed, composed without a network: the twin of reports/minutes.py and its templates.
// An element is [tag, attributes, ...children], a child a text or an element; `paper.js` lays them out on sheets.
import { agreed, askedToSign, attached, chairs, decisionsCounted, described, parties, recipients, signers } from "./minutes_parts.js";
import { isSigned, recordOf } from "./minutes_record.js";
import { Sheet, answersInOrder } from "./minutes_sheet.js";
import { coached, gatesSentence, results, sectionViews, shortcomings, strengths, surveyTotal } from "./minutes_survey.js";
import { Words, paragraphs, unstopped } from "./minutes_words.js";

const p = (children, look = null) => ["p", look ? { class: look } : {}, ...[children].flat()];

const end = (items, at) => (at === items.length - 1 ? "." : ";");

const listed = (entries) => ["ul", { class: "dashes" }, ...entries.map((entry, at) => ["li", {}, ...[entry].flat(), end(entries, at)])];

const heading = (level, ...children) => [`h${level}`, {}, ...children.flat()];

const cell = (children, look = null) => ["td", look ? { class: look } : {}, ...[children].flat()];

const head = (titles) => ["thead", {}, ["tr", {}, ...titles.map(([words, isNarrow]) => ["th", { scope: "col", ...(isNarrow ? { class: "c" } : {}) }, ...[words].flat()])]];

const dataTable = ({ words }, { title, columns, rows }) => ["table", { class: "rows" }, ["caption", {}, title],
  head([[words.plain("proposals.number"), true], ...columns.map((column) => [column])]),
  ["tbody", {}, ...rows.map((row, at) => ["tr", {}, cell(String(at + 1), "c"), ...row.map((text) => cell(text))])]];

const note = ({ words }, item) => ["i", {}, ...words.say("findings.note", { note: item.note })];

const letterhead = ({ words, facts }) => [
  ["header", { class: "head" },
    ["div", { class: "issuer" }, p(words.say("head.ministry")), p(words.say("head.delegation", { decision: facts.trip.decision }), "strong"),
      p([], "rule"), p(words.say("minutes.number", { number: "\u2003\u2002" }), "number")],
    ["div", { class: "nation" }, p(words.say("head.nation"), "strong"), p([["span", {}, ...words.say("head.motto")]], "motto")]],
];

const title = (sheet, record) => {
  const { words, facts, plan, names } = sheet;
  const inForce = plan.bases.filter(({ since, until }) => since <= facts.planned_on && (until === null || facts.planned_on < until));
  const decision = words.plain("general.basis_decision", { decision: facts.trip.decision, date: words.longDate(facts.minutes.decided_on) });
  const bases = [decision, ...inForce.map(({ text }) => text), record.plan || words.plain("minutes.plan", { body: names.placed })];
  return [
    heading(1, words.say("minutes.name"), [["br", {}]], words.say("minutes.about", { body: names.placed })), p([], "rule under-title"),
    ["ul", { class: "bases" }, ...bases.map((text, at) => ["li", {}, ...words.say("minutes.basis", { text }), end(bases, at)])],
  ];
};

const party = ({ letter, heading: words, people }) =>
  (people.length ? [p(`${letter}) ${words}`, "lead"), listed(people)] : [p(`${letter}) ${words}`)]);

const opening = (sheet, record) => {
  const { words, facts, names } = sheet;
  const bold = (key) => ["b", {}, ...words.say(key), ":"];
  const started = words.say("minutes.moment", { time: words.time(record.started_at), date: words.longDate(facts.planned_on) });
  const place = unstopped(record.place) || words.plain("minutes.office", { body: names.first });
  const people = (found) => (found.length ? `${found.map((person) => described(sheet, person)).join("; ")}.` : "…");
  return [
    p([bold("minutes.started"), " ", ...started, "."]), p([bold("minutes.place"), ` ${place}.`]), p([bold("attendance.title")], "lead"),
    ...parties(sheet, record).flatMap(party), p([bold("attendance.chair"), ` ${people(chairs(record))}`]),
    p([bold("attendance.secretary"), ` ${people(record.attendance.filter(({ role }) => role === "secretary"))}`]), p([bold("minutes.content")], "lead"),
  ];
};

const section = ({ words }, { title: name, summary, figures, failed, undecided }, at) => [
  heading(3, `${at + 1}. ${name}`), p(summary), ...(figures ? [p(figures)] : []),
  ...(failed.length ? [listed(failed.map(({ code, topic, answer }) => words.say("shortcomings.gate", { code, topic, answer })))] : []),
  ...(undecided ? [p(words.say("results.undecided", { codes: undecided }))] : []),
];

const coachedItem = (sheet, item) => p([`- ${item.topic}: ${item.answer} (${item.code})`, ...(item.note ? [". ", note(sheet, item)] : []), "."]);

const saidItem = (sheet, item, at) => p([`${at + 1}. ${item.topic}: ${item.answer} (${item.code}).`, ...(item.note ? [" ", note(sheet, item)] : [])]);

const none = ({ words }) => [p(words.say("mark.none"))];

const or = (found, otherwise) => (found.length ? found : otherwise);

const coaching = (sheet) => {
  const { counts, lines, tables } = coached(sheet);
  return or([...(counts ? [p(counts)] : []), ...lines.map((item) => coachedItem(sheet, item)), ...tables.map((table) => dataTable(sheet, table))], none(sheet));
};

const opinions = (sheet) => {
  const part = sheet.part(sheet.rules.opinions);
  const lines = part ? sheet.lines(part) : [];
  const tables = part ? sheet.tables(part) : [];
  if (!lines.length && !tables.length) return none(sheet);
  return [p(sheet.words.say("opinions.intro")), ...lines.map((item, at) => saidItem(sheet, item, at)), ...tables.map((table) => dataTable(sheet, table))];
};

const opinion = (sheet, record, views) => {
  const { words } = sheet;
  const named = [["strengths", strengths(sheet, views)], ["shortcomings", shortcomings(sheet, views)]].filter(([, found]) => found.length);
  const gates = gatesSentence(sheet, views);
  return or([
    ...paragraphs(record.opinion).map((line) => p(line)), ...named.flatMap(([key, found]) => [p([...words.say(`${key}.title`), ":"], "lead"), listed(found)]),
    ...(gates ? [p(gates)] : []),
  ], none(sheet));
};

const survey = (sheet, record) => {
  const { words } = sheet;
  const views = sectionViews(sheet);
  const part = (number, key) => heading(2, `${number}. `, words.say(`minutes.${key}`));
  return [
    part("I", "results"), p(surveyTotal(sheet, views)), ...results(sheet, views).flatMap((found, at) => section(sheet, found, at)),
    part("II", "coaching"), ...coaching(sheet), part("III", "opinions"), ...opinions(sheet), part("IV", "opinion"), ...opinion(sheet, record, views),
  ];
};

const quoted = ({ words }, { ownWords }) => (ownWords.length ? [["br", {}], ...words.say("commitments.quoted", { words: ownWords.join(" ") })] : []);

const owed = (sheet, rows, key, isDecided) => {
  const { words } = sheet;
  const titles = [
    [words.plain("proposals.number"), true], [words.plain(`commitments.${key}`)], ...(isDecided ? [[words.plain("commitments.decision")]] : []),
    [words.plain("proposals.responsible")], [words.plain("proposals.due"), true], [words.plain("commitments.side")],
  ];
  const cells = (row, at) => [
    cell(String(at + 1), "c"), cell([`${row.text}${row.code ? ` (${row.code})` : ""}`, ...(isDecided ? [] : quoted(sheet, row))]),
    ...(isDecided ? [cell([["b", {}, row.decision], ...quoted(sheet, row)])] : []), cell(row.owner), cell(row.due, "c"), cell(row.side),
  ];
  return ["table", { class: isDecided ? "decisions" : "owed" }, head(titles), ["tbody", {}, ...rows.map((row, at) => ["tr", {}, ...cells(row, at)])]];
};

const commitments = (sheet, record) => {
  const { words } = sheet;
  const decided = record.commitments.filter(({ recommendation }) => recommendation && !sheet.hidden.has(recommendation));
  const further = record.commitments.filter(({ recommendation }) => !recommendation);
  const blocks = [];
  if (decided.length) blocks.push(heading(3, "1. ", words.say("commitments.on_recommendations")), p(decisionsCounted(sheet, decided)), owed(sheet, agreed(sheet, decided), "recommendation", true));
  if (further.length) blocks.push(heading(3, decided.length ? "2. " : "1. ", words.say("commitments.further")), owed(sheet, agreed(sheet, further), "commitment", false));
  const goesWith = attached(sheet, record);
  const dissent = paragraphs(record.dissent).map((line) => p(line));
  return [
    heading(2, "V. ", words.say("minutes.commitments")), ...or(blocks, none(sheet)), heading(2, "VI. ", words.say("minutes.attached")), p(goesWith.sentence),
    ...(goesWith.entries.length ? [listed(goesWith.entries)] : []), ...(dissent.length ? [heading(2, words.say("minutes.dissent")), ...dissent] : []),
  ];
};

const place = ({ words }, signer) => [
  ["div", { class: "signing" }, p(signer.title, "strong"), ...(signer.position ? [p(signer.position, "strong")] : [])],
  ["div", { class: "drawn", id: `sign-${signer.place}` },
    ...(signer.image ? [p([["img", { src: signer.image, alt: signer.alt }]]), p([...words.say("closing.drawn"), ["br", {}], signer.when], "state")] : [])],
  p(signer.name, "strong signed"),
];

const closing = (sheet, record) => {
  const { words, facts } = sheet;
  const places = signers(sheet, record);
  const heads = places.slice(0, -1);
  const pairs = heads.filter((_, at) => at % 2 === 0).map((one, at) => [one, ...heads.slice(2 * at + 1, 2 * at + 2)]);
  const values = { time: words.time(record.ended_at), date: words.longDate(facts.planned_on), pages: [["span", { class: "pages" }]], copies: words.count(record.copies) };
  return [["div", { class: "end" }, p(words.say("closing.ended", values)),
    ...pairs.map((pair) => ["div", { class: "signers" }, ...pair.flatMap((one) => place(sheet, one))]),
    ["div", { class: "sign" },
      ["div", { class: "to" }, p(words.say("signature.to"), "to-head"), ["ul", {}, ...recipients(sheet, record).map((one) => ["li", {}, one])]],
      ["div", { class: "signer" }, ...place(sheet, places.at(-1))]]]];
};

/** Only what the font of the document has a shape for, in texts and in the descriptions of pictures. */
const printable = (words, node) => {
  if (typeof node === "string") return words.printable(node);
  const [tag, attributes, ...children] = node;
  const kept = attributes.alt ? { ...attributes, alt: words.printable(attributes.alt) } : attributes;
  return [tag, kept, ...children.map((child) => printable(words, child))];
};

/** The words of a choice that stands in an attached file, which the plan does not repeat. */
const attachedLabel = ({ state }, language) => (list, name) => {
  const label = state?.plan.checklist.lists?.[list] && state.plan.choices.get(list)?.get(name)?.label;
  return label && (label[language] || label.vi || Object.values(label)[0]);
};

/**
 * Everything that the paper shows, as `renderPaper` takes it: {title, language, blocks, foot, corner, mark, count}; and
 * whom to ask to sign it: {asked}, as `askedToSign` has it.
 *
 * `plan` is the checklist's (reports/minutes_plan.py), `facts` are those of the visit on this tablet, `live` the opened
 * module, `log` and `minutes` are the logs of the checklist's questions and of the minutes; `signatures` as in `recordOf`.
 * `foot`, `corner` and `mark` stand in the margins and across each sheet, empty when nothing has to be said there.
 */
export const compose = (plan, facts, { live, log, minutes, signatures = [] }) => {
  const words = new Words(plan);
  const found = { answers: answersInOrder(log), questions: live.questions(), assessment: live.assessment(), recommendations: live.recommendations(), listed: attachedLabel(live, plan.language) };
  const sheet = new Sheet(plan, words, facts, found);
  const record = recordOf(minutes, sheet, signatures);
  const isDraft = !isSigned(record);
  const blocks = [letterhead, title, opening, survey, commitments, closing].flatMap((part) => part(sheet, record));
  return {
    title: words.plain("minutes.title", { unit: sheet.names.title, date: words.longDate(facts.planned_on) }), language: plan.language,
    blocks: blocks.map((block) => printable(words, block)), count: (pages) => words.count(pages), asked: askedToSign(sheet, record),
    foot: isDraft ? words.plain("minutes.draft") : "", mark: isDraft ? words.plain("mark.draft") : "", corner: facts.fictitious ? words.plain("mark.fictitious") : "",
  };
};
