// The save line: what is on this tablet, what has been sent, what waits and why; and what the server refused.
import { find, icon, make, part, refill } from "./dom.js";
import { clock, page, say } from "./words.js";

const item = (look, sign, text) => make("span", { class: `save__i is-${look}` }, icon(sign), text);

/** state: {savedAt, waiting, trouble, unsaved}; `unsaved` says why something could not be kept on this tablet. */
export const showSaving = (state) => {
  const line = part(document, "save");
  if (page.read_only) return;
  refill(line, JSON.stringify(state), () => [
    state.unsaved ? item("err", "warn", state.unsaved) : saved(state),
    ...sent(state),
  ].filter(Boolean));
};

const saved = ({ savedAt }) => item("done", "check", savedAt ? say("saved", { time: clock(savedAt) }) : say("saves_itself"));

const sent = ({ savedAt, waiting, trouble }) => {
  if (waiting) return [item("wait", "clock", say("waiting", { n: waiting })), trouble ? reason(trouble) : null];
  if (trouble) return [reason(trouble)];
  return savedAt ? [item("done", "check", say("sent"))] : [];
};

const reason = (trouble) => {
  const words = say(`trouble_${trouble}`);
  if (trouble !== "signed_out") return make("span", { class: "save__i is-wait" }, words);
  return make("a", { class: "save__i", href: page.urls.login }, words);
};

/** Answers that the server would not take: shown to their author until seen; the server has kept them too. */
export const showRefused = (outbox) => {
  const box = part(document, "refused");
  const refused = outbox.refused();
  refill(box, refused.map(({ change }) => change.id).join(), () => refused.map(({ change, refused: why }) => {
    const seen = () => {
      outbox.remove([change.id]);
      showRefused(outbox);
      find("#main").focus();
    };
    const words = make("span", {}, make("b", {}, say("refused", { question: change.question })), ` ${why.message}`);
    return make("p", { class: "alert" }, icon("warn"), words, make("button", { class: "btn", type: "button", onclick: seen }, say("seen")));
  }));
};
