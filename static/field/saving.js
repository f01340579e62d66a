// The save line: what is on this tablet, what has been sent, what waits and why something stands still.
import { icon, make, part, refill } from "./dom.js";
import { clock, page, say } from "./words.js";

const item = (look, sign, text) => make("span", { class: `save__i is-${look}` }, icon(sign), text);

/** state: {savedAt, sentAt, writing, waiting, trouble, unsaved}; `unsaved` says why something could not be kept here. */
export const showSaving = (state, sendNow) => {
  if (page.read_only && !page.locked) return;
  refill(part(document, "save"), JSON.stringify(state), () => [here(state), ...sent(state, sendNow)].filter(Boolean));
};

const here = ({ unsaved, writing, savedAt }) => {
  if (unsaved) return item("err", "warn", unsaved);
  if (writing) return item("wait", "clock", say("saving"));
  return item("done", "check", savedAt ? say("saved", { time: clock(savedAt) }) : say("saves_itself"));
};

const sent = ({ sentAt, waiting, trouble }, sendNow) => {
  const words = trouble ? reason(trouble) : null;
  if (waiting) return [item("wait", "clock", say("waiting", { n: waiting })), words, trouble && trouble !== "signed_out" ? now(sendNow) : null];
  return [sentAt ? item("done", "check", say("sent", { time: clock(sentAt) })) : null, words];
};

/** By hand, for those who know that the network is back before the tablet does. */
const now = (sendNow) => make("button", { class: "save__now", type: "button", onclick: sendNow }, say("send_now"));

const reason = (trouble) => {
  const words = say(`trouble_${trouble}`);
  if (trouble !== "signed_out") return make("span", { class: "save__i is-wait" }, words);
  const next = encodeURIComponent(location.pathname + location.search);
  return make("a", { class: "save__i", href: `${page.urls.login}?next=${next}` }, words);
};
