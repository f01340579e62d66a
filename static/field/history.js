// The history of a question: everything that was ever written for it, who, when, on which tablet, what.
import { all, find, make } from "./dom.js";
import { wording } from "./conflicts.js";
import { clock, say } from "./words.js";

const tablet = (name) => say("tablet", { name: name.slice(-4) });

const row = (element, change, who, standing) => make("li", { class: "past" },
  make("p", { class: "past__w num" }, `${clock(change.at)} · `, make("b", {}, who), ` · ${tablet(change.device)}`),
  make("p", { class: "past__v" }, kindOf(change.question), wording(element, change), standing ? make("span", { class: "tag tag--ok" }, say("counts")) : null));

const kindOf = (question) => {
  const facet = question.split("#")[1]?.split(".")[0];
  return facet ? `${say(`facet_${facet}`)}: ` : "";
};

const inside = (item, log) => {
  const place = item.dataset.place;
  const belongs = (question) => question === place || (question.startsWith(place) && "/[#".includes(question[place.length]));
  return log.changes().filter(({ question }) => belongs(question)).sort((a, b) => (a.at < b.at || (a.at === b.at && a.id < b.id) ? 1 : -1));
};

const controlFor = (item, question) => all("[data-control]", item).find((one) => one.dataset.place === question.split("#")[0]) ?? item;

/** Open the history of a question's element; `nameOf(change)` gives its author. */
export const showHistory = (item, log, nameOf) => {
  const dialog = find("#history");
  find("h2", dialog).textContent = say("history_of", { question: item.id });
  find("ol", dialog).replaceChildren(...inside(item, log).map((change) =>
    row(controlFor(item, change.question), change, nameOf(change), log.current(change.question).includes(change))));
  find("[data-close]", dialog).onclick = () => dialog.close();
  dialog.showModal();
};
