// What a page needs only after it can be used: making a copy, keeping its checklist, what was refused, what was.
import { showHistory } from "./history.js";
import { hasPack, install, takePack } from "./installing.js";
import { askList, takeList } from "./listing.js";
import { showRefused } from "./refused.js";
import { Pad } from "./pad.js";
import { copyOf, handOver } from "./saved_copy.js";
import { undoLast } from "./undoing.js";

/** What the server knows of the visits now; gives the facts of one, or null without an answer. */
export const refreshFacts = async (store, visit, fetchLogs) => {
  const answer = await askList();
  if (answer.trouble || answer.person.id !== store.person) return null;
  await takeList(store, answer, fetchLogs);
  return answer.visits.find(({ id }) => id === visit) ?? null;
};

export const makePad = (canvas) => new Pad(canvas);

export const tellHistory = (item, log, nameOf) => showHistory(item, log, nameOf);

export const takeBack = (...given) => undoLast(...given);

export const tellRefused = (refused, ways) => showRefused(refused, ways);

/** Save a copy of a visit as a file and note what it has that is nowhere else; a time would depend on the clock. */
export const saveCopy = async ({ store, visit, person }) => {
  const copied = await store.onlyHere(visit);
  handOver(await copyOf(store, visit, person));
  await store.note(visit, { copied });
};

/** Who opened one section with a network can go on to the next without it. */
export const keepChecklist = async (checklist) => {
  const registration = await install();
  if (!registration) return;
  await navigator.serviceWorker.ready;
  if (!(await hasPack(checklist))) await takePack(checklist);
};
