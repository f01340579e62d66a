// Words around answers: labels of what was answered, and placeholders filled. The twin of wording.py.
import { ATTACHED } from "./answers.js";
import { f } from "./functions/library.js";

export const wording = (() => {
  // How values of types read that few checklists have.
  const byKind = {};
  const placeholder = /\$\{\s*([^}\s]+)\s*\}/g;

  function labelOfAnswer(state, path, keys, language) {
    const item = state.plan.items.get(path);
    const value = item ? state.value(path, keys) : null;
    if (value === null) return "";
    const { node } = item;
    if (node.type === "select_one_from_file" && state.unit && state.unit.code === value) {
      return String(state.unit.name ?? value);
    }
    if (ATTACHED.includes(node.type) || node.type === "signature") return Array.isArray(value) ? String(value.length) : "1";
    const names = Array.isArray(value) ? value : [value];
    return names.map((name) => labelOfOne(state, node, name, language, keys)).join(", ");
  }

  function labelOfOne(state, node, value, language, keys) {
    const choice = state.plan.choices.get(node.choices)?.get(String(value));
    if (choice) return fillWords(state, inLanguage(choice.label, language) || choice.name, keys, language);
    const said = byKind[node.precision ?? node.type]?.(value, language);
    if (said) return said;
    const day = node.type === "date" && language === "vi" && /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
    if (day) return `${day[3]}/${day[2]}/${day[1]}`;
    return typeof value === "number" ? numberText(value, language) : String(value);
  }

  function numberText(number, language) {
    const text = f.text(number);
    return language === "vi" ? text.replace(".", ",") : text;
  }

  function inLanguage(text, language) {
    return text[language] || Object.values(text).find(Boolean) || "";
  }

  function answerInWords(state, path, keys) {
    const noted = state.answer(path, keys, "state") ?? (state.value(path, keys) === null ? "unanswered" : null);
    if (noted !== null) return { ...state.plan.texts[noted] };
    const entries = state.plan.checklist.languages.map((code) => [code, labelOfAnswer(state, path, keys, code)]);
    return Object.fromEntries(entries);
  }

  function fill(state, text, keys) {
    return mapText(text, (words, code) => fillWords(state, words, keys, code));
  }

  // Choices never quote questions whose choices quote, so this comes to an end.
  function fillWords(state, text, keys, language) {
    const answerTo = (name) => {
      const path = state.plan.pathOf(name);
      if (path === null) return "";
      const own = state.keysOf(state.plan.items.get(path).repeats).filter((found) => agrees(found, keys));
      return own.map((found) => labelOfAnswer(state, path, found, language)).filter(Boolean).join(", ");
    };
    return text.includes("${") ? text.replace(placeholder, (_, name) => answerTo(name)) : text;
  }

  function mapText(text, change) {
    return Object.fromEntries(Object.entries(text ?? {}).map(([code, words]) => [code, change(words, code)]));
  }

  // Whether two places lie in the same instances as far as both lie in any.
  function agrees(one, other) {
    return one.every((key, number) => number >= other.length || key === other[number]);
  }

  return { byKind, labelOfAnswer, answerInWords, fill, fillWords, mapText, agrees };
})();
