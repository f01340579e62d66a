// The card of two answers: both are shown with who and when; choosing one writes a change that replaces both.
import { all, find, make, part, piece, refill } from "./dom.js";
import { labelOf } from "./fields.js";
import { clock, page, say } from "./words.js";

/** An answer in the words of the page. */
export const wording = (element, value) => {
  if (value === null) return say("no_answer");
  if (Array.isArray(value) && value.every((name) => /^[0-9a-f]{64}$/.test(name))) return say("files", { n: value.length });
  const names = Array.isArray(value) ? value : [String(value)];
  return names.map((name) => labelOf(element, name)).join(", ");
};

/** Both of two lists: photos of two tablets are rarely meant to exclude each other. */
const both = (standing, choose) => {
  if (!standing.every(({ value }) => Array.isArray(value))) return [];
  const together = [...new Set(standing.flatMap(({ value }) => value))];
  const button = make("button", { class: "btn btn--wide", type: "button", onclick: () => choose(together) }, say("keep_both"));
  button.disabled = Boolean(page.read_only);
  return [button];
};

const card = (element, change, choose) => {
  const shown = piece("pick");
  const author = make("b", {}, page.people[change.author] ?? page.person.name);
  find(".answer__w", shown).append(make("span", {}, author, make("br"), clock(change.at)));
  const bars = all("[data-choice] .steps", element).find((drawn) => drawn.closest("[data-choice]").dataset.choice === change.value);
  find(".answer__v", shown).append(...(bars ? [bars.cloneNode(true)] : []), make("b", {}, wording(element, change.value)));
  const button = find("button", shown);
  button.append(make("span", { class: "vh" }, ` ${wording(element, change.value)}`));
  button.disabled = Boolean(page.read_only);
  button.addEventListener("click", () => choose(change.value));
  return shown;
};

export const showConflict = (element, log, question, choose) => {
  const box = part(element, "two");
  if (!box) return;
  const standing = log.isConflict(question) ? log.current(question) : [];
  refill(box, standing.map(({ id }) => id).join(), () => {
    if (!standing.length) return [];
    const shown = piece("two");
    shown.setAttribute("aria-labelledby", `${element.id}-t`);
    find(".two__g", shown).append(...standing.map((change) => card(element, change, choose)));
    shown.append(...both(standing, choose));
    return [shown];
  });
};
