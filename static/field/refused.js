// Answers that the server would not take, shown to their author with the reason and what can be done about it.
import { find, icon, make, part, refill } from "./dom.js";
import { page, say } from "./words.js";

const confirmed = (button) => {
  if (button.dataset.sure) return true;
  button.dataset.sure = "1";
  button.replaceChildren(say("discard_sure"));
  return false;
};

const alert = ({ id, change, refused }, { edit, discard }) => {
  const question = change?.question ?? id;
  const words = make("p", {}, make("b", {}, say("refused", { question: question.split("/").pop() })), ` ${refused.message}`);
  const drop = make("button", { class: "btn btn--quiet", type: "button" }, say("discard"));
  drop.addEventListener("click", async () => {
    if (!confirmed(drop)) return;
    await discard(change);
    find("#main").focus();
  });
  const answer = make("button", { class: "btn", type: "button", onclick: () => edit(question) }, say("answer_again"));
  const copy = make("button", { class: "btn", type: "button", "data-action": "copy" }, say("save_copy"));
  return make("div", { class: "alert alert--acts" }, icon("warn"), make("div", {}, words, make("p", { class: "acts" }, change && answer, copy, change && drop)));
};

/** `refused`: [{id, change, refused: {code, message}}]; `ways`: {edit(question), discard(change)}. */
export const showRefused = (refused, ways) => {
  if (page.read_only && !refused.length) return;
  refill(part(document, "refused"), refused.map(({ id }) => id).join(), () => refused.map((entry) => alert(entry, ways)));
};
