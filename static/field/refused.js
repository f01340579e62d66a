// Answers that the server would not take, shown to their author with the reason and what can be done about it.
import { find, icon, make, part, refill } from "./dom.js";
import { say } from "./words.js";

const confirmed = (button) => {
  if (button.dataset.sure) return true;
  button.dataset.sure = "1";
  button.replaceChildren(say("discard_sure"));
  return false;
};

const alert = ({ id, change, refused }, { edit, discard, again }) => {
  const question = change?.question ?? id;
  const words = make("p", {}, make("b", {}, say("refused", { question: question.split("/").pop() })), ` ${refused.message}`);
  const drop = make("button", { class: "btn btn--quiet", type: "button" }, say("discard"));
  drop.addEventListener("click", async () => {
    if (!confirmed(drop)) return;
    await discard(change);
    find("#main").focus();
  });
  const act = (does, name) => (change && does ? make("button", { class: "btn", type: "button", onclick: does }, say(name)) : null);
  const copy = make("button", { class: "btn", type: "button", "data-action": "copy" }, say("save_copy"));
  return make("div", { class: "alert alert--acts" }, icon("warn"), make("div", {}, words, make("p", { class: "acts" }, act(again && (() => again(change)), "send_again"), act(() => edit(question), "answer_again"), copy, change ? drop : null)));
};

/** `refused`: [{id, change, refused: {code, message}}]; `ways`: {edit(question), discard(change), again(change)}; `again` may be missing. */
export const showRefused = (refused, ways) => {
  refill(part(document, "refused"), refused.map(({ id }) => id).join(), () => refused.map((entry) => alert(entry, ways)));
};
