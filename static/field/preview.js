// A checklist that is only looked at: the page as a tablet shows it, and what it would recommend. Nothing is written down.
import { recommendationCard } from "./card.js";
import { part, refill, setText } from "./dom.js";
import { start } from "./page.js";
import { forgetAll } from "./preview_memory.js";
import { say } from "./words.js";

let live;
let planned = false;

const show = () => {
  planned = false;
  const found = live.recommendations();
  setText(part(document, "recommended-count"), String(found.length));
  part(document, "recommended-none").hidden = found.length > 0;
  refill(part(document, "recommended"), JSON.stringify(found), () => found.map((one) => recommendationCard(one)));
};

/** After the answer is on the page: recommendations may read everything. */
const plan = () => {
  if (!planned) requestAnimationFrame(() => setTimeout(show));
  planned = true;
};

const watched = (opened) => {
  live = opened;
  const set = live.set.bind(live);
  live.set = (...given) => {
    const changed = set(...given);
    plan();
    return changed;
  };
  plan();
  return live;
};

/** Open the page with the `open` of the checklist's whole module. */
export const look = (open) => {
  part(document, "anew").addEventListener("click", () => {
    forgetAll();
    location.reload();
  });
  setText(part(document, "save"), say("preview_keeps_nothing"));
  return start((request) => watched(open(request)));
};
