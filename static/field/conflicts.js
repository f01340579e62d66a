// The card of two answers: both are shown with who and when; choosing one writes a change that replaces both.
import { all, find, make, part, piece, refill } from "./dom.js";
import { labelOf } from "./fields.js";
import { clock, page, say } from "./words.js";

/** The value of a change in the words of the page. */
export const wording = (element, { value, question }) => {
  if (value === null) return say("no_answer");
  if (Array.isArray(value) && value.every((name) => /^[0-9a-f]{64}$/.test(name))) return say("files", { n: value.length });
  const facet = question.split("#")[1];
  const beside = facet && find(`[data-facet=${facet.split(".")[0]}] option[value="${CSS.escape(value)}"], [data-${facet.split(".")[0]}="${CSS.escape(value)}"]`, element);
  if (beside) return beside.textContent.trim();
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
  find(".answer__v", shown).append(...(bars ? [bars.cloneNode(true)] : []), make("b", {}, wording(element, change)));
  const button = find("button", shown);
  button.append(make("span", { class: "vh" }, ` ${wording(element, change)}`));
  button.disabled = Boolean(page.read_only);
  button.addEventListener("click", () => choose(change.value));
  return shown;
};

const pair = (element, standing, choose) => {
  const shown = piece("two");
  const facet = standing[0].question.split("#")[1]?.split(".")[0];
  if (facet) find(".two__h", shown).append(` · ${say(`facet_${facet}`)}`);
  shown.setAttribute("aria-labelledby", `${element.id}-t`);
  find(".two__g", shown).append(...standing.map((change) => card(element, change, choose)));
  shown.append(...both(standing, choose));
  return shown;
};

/** Where people disagree about something that is asked; nobody could decide about what no page shows. */
export const openConflicts = (log, live) => log.conflicts().filter((question) => {
  const [place] = question.split("#");
  const isComputed = () => ["calculate", "hidden"].includes(live.state.locate(place).item.node.type);
  return !place.endsWith("]") && live.isRelevant(place) && !isComputed();
});

/** The cards of a question and of what stands beside its answer; `save(question, value)` decides. */
export const showConflict = (element, log, place, save) => {
  const box = part(element, "two");
  if (!box) return;
  const found = log.conflicts().filter((question) => question.split("#")[0] === place);
  const key = found.flatMap((question) => log.current(question).map(({ id }) => id)).join();
  refill(box, key, () => found.map((question) => pair(element, log.current(question), (value) => save(question, value))));
};
