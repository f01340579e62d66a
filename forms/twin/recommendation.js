// What is recommended to a unit: rules that fired, filled, with due dates and findings. The twin of recommendation.py.
import { f } from "./functions/library.js";
import { wording } from "./wording.js";

export const recommendations = (() => {
  const priorities = ["high", "normal", "low"];

  function recommend(state) {
    const found = new Map();
    for (const [rule, keys] of fired(state)) {
      const text = nameUnit(state, wording.fill(state, rule.text, keys));
      const words = JSON.stringify([rule.confidential ?? false, ...Object.values(text)]);
      if (!found.has(words)) found.set(words, { made: describe(state, rule, keys, text), places: new Map() });
      const { places } = found.get(words);
      for (const [item, own] of find(state, rule, keys)) places.set(state.plan.instancePath(item, own), [item, own]);
    }
    const failed = new Set(state.assessment().gatesFailed);
    const touches = (made) => made.findings.some((finding) => failed.has(finding.code));
    const urgency = (made) => (touches(made) ? 0 : priorities.length) + priorities.indexOf(made.priority);
    const all = [...found.values()].map(({ made, places }) => ({ ...made, findings: describeFindings(state, places) }));
    return all.sort((one, other) => urgency(one) - urgency(other));
  }

  // The first finding, which is what the recommendation is about, and the others as far as they were answered.
  function describeFindings(state, places) {
    const told = [...places.values()].filter(([item, keys], number) => number === 0 || isAnswered(state, item, keys));
    return told.map(([item, keys]) => finding(state, item, keys));
  }

  function isAnswered(state, { path }, keys) {
    const noted = state.answer(path, keys, "state") !== null || state.value(path, keys) !== null;
    return noted || (state.result(path, "score", keys) ?? null) !== null;
  }

  function* fired(state) {
    for (const [number, rule] of state.plan.checklist.rules.entries()) {
      const item = state.plan.items.get(state.plan.pathOf(rule.questions[0]));
      for (const keys of item ? state.keysOf(item.repeats) : [[]]) {
        const asked = !item || state.isRelevant(item, keys);
        if (asked && state.plan.rules[number](state, keys, f)) yield [rule, keys];
      }
    }
  }

  function describe(state, rule, keys, text) {
    const named = (words) => nameUnit(state, wording.fill(state, words, keys));
    return {
      code: rule.code,
      text,
      responsible: named(rule.responsible),
      cooperating: named(rule.cooperating),
      due: { date: dueDate(rule.due ?? "", state.today), text: rule.due_text ?? {} },
      priority: rule.priority ?? "normal",
      legal_basis: rule.legal_basis ?? "",
      product: named(rule.product),
      confidential: rule.confidential ?? false,
      findings: [],
    };
  }

  function find(state, rule, keys) {
    return rule.questions.flatMap((name) => {
      const item = state.plan.items.get(state.plan.pathOf(name));
      const own = item ? state.keysOf(item.repeats).filter((found) => wording.agrees(found, keys)) : [];
      return own.filter((found) => state.isRelevant(item, found)).map((found) => [item, found]);
    });
  }

  function finding(state, item, keys) {
    return {
      question: state.plan.instancePath(item, keys),
      code: item.node.name,
      label: wording.fill(state, item.node.label, keys),
      answer: wording.answerInWords(state, item.path, keys),
      score: state.itemScore(item.path, keys),
    };
  }

  function nameUnit(state, text) {
    return wording.mapText(text, (words, code) => words.replaceAll("{don_vi}", () => unitName(state, code)));
  }

  function unitName({ unit, plan }, language) {
    const code = language === "en" ? "en" : "vi";
    if (!unit?.name) return plan.texts.unit[code];
    const words = plan.texts[`unit_${unit.kind}`];
    if (!words) return unit.name;
    const prefix = words.vi.replace("{}", "");
    const bare = unit.name.toLowerCase().startsWith(prefix) ? unit.name.slice(prefix.length) : unit.name;
    return words[code].replace("{}", () => bare);
  }

  function dueDate(due, today) {
    const match = /^T\+(\d{1,4})(w?)$/.exec(due.trim());
    if (!match) return null;
    const day = new Date(`${today}T00:00:00Z`);
    let number = Number(match[1]);
    if (!match[2]) day.setUTCDate(day.getUTCDate() + number);
    while (match[2] && number > 0) {
      day.setUTCDate(day.getUTCDate() + 1);
      if (day.getUTCDay() % 6 !== 0) number -= 1;
    }
    return day.toISOString().slice(0, 10);
  }

  return { recommend };
})();
