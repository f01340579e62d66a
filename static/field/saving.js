// The save line: what is on this tablet, what has been sent, what waits and why something stands still.
import { icon, make, part } from "./dom.js";
import { clock, page, say } from "./words.js";

const item = (look, sign, words) => ({ key: `${look} ${sign}`, words, build: () => make("span", { class: `save__i is-${look}` }, icon(sign), "") });

/** state: {savedAt, sentAt, writing, waiting, trouble, unsaved}; `unsaved` says why something could not be kept here. */
export const showSaving = (state, sendNow) => {
  if (page.read_only && !page.locked) return;
  const line = part(document, "save");
  const items = [here(state), ...sent(state, sendNow)].filter(Boolean);
  items.forEach((one, index) => showItem(line, line.children[index], one));
  for (const old of [...line.children].slice(items.length)) old.remove();
};

/** It changes several times with every tap: where only the words differ, only they are written. */
const showItem = (line, old, { key, words, build }) => {
  let element = old;
  if (old?.dataset.key !== key) {
    element = build();
    element.dataset.key = key;
    if (old) old.replaceWith(element);
    else line.append(element);
  }
  if (element.lastChild.data !== words) element.lastChild.data = words;
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
const now = (sendNow) => ({ key: "now", words: say("send_now"), build: () => make("button", { class: "save__now", type: "button", onclick: sendNow }, "") });

const reason = (trouble) => {
  const words = say(`trouble_${trouble}`);
  if (trouble !== "signed_out") return { key: "reason", words, build: () => make("span", { class: "save__i is-wait" }, "") };
  const next = encodeURIComponent(location.pathname + location.search);
  return { key: "login", words, build: () => make("a", { class: "save__i", href: `${page.urls.login}?next=${next}` }, "") };
};
