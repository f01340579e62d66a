// What a page needs only after it can be used: making a copy, what was refused, what was.
import { showFinder } from "./finder.js";
import { mixChoices } from "./mixing.js";
import { controls } from "./fields.js";
import { showHistory } from "./history.js";
import { showRefused } from "./refused.js";
import { Pad } from "./pad.js";
import { copyOf, handOver } from "./saved_copy.js";
import { isSigned } from "./signature.js";
import { undoLast } from "./undoing.js";

export const isLocked = (opened) => isSigned(opened);

export const makePad = (canvas) => new Pad(canvas);

export const findIn = (...given) => showFinder(...given);

export const mix = (...given) => mixChoices(...given);

/** `known` are the controls of the page: how they say their values. */
export const tellHistory = (item, log, nameOf, known) => {
  Object.assign(controls, known);
  showHistory(item, log, nameOf);
};

export const takeBack = (...given) => undoLast(...given);

export const tellRefused = (refused, ways) => showRefused(refused, ways);

/** Save a copy of a visit as a file and note what it has that is nowhere else; a time would depend on the clock. */
export const saveCopy = async ({ store, visit, person }) => {
  const copied = await store.onlyHere(visit);
  handOver(await copyOf(store, visit, person));
  await store.note(visit, { copied });
};

/** `ask`, or `instead` about what has no place in the checklist. */
const or = (ask, instead) => (...given) => {
  try {
    return ask(...given);
  } catch {
    return instead;
  }
};

/** An `open` that leaves out answers to another version of the checklist: they stay in the log and have no place here. */
export const fit = (open) => (request) => {
  for (;;) {
    try {
      const live = open(request);
      return { ...live, set: or(live.set, new Set()), isRelevant: or(live.isRelevant, false) };
    } catch (error) {
      const odd = error.names ?? [error, ...(error.more ?? [])].map(({ question }) => question);
      if (!odd.some((question) => question in request.answers)) throw error;
      odd.forEach((question) => delete request.answers[question]);
    }
  }
};
