// Taking back the last change that was made on this tablet: a further change with what stood there before.
import { part } from "./dom.js";
import { deviceName } from "./tablet.js";
import { say } from "./words.js";

/** The value that a change took the place of: the latest of those it replaced. */
const before = (log, change) => log.history(change.question).find(({ id }) => change.replaces.includes(id))?.value ?? null;

const lastOwn = (log, person, passed) => {
  const own = log.changes().filter(({ id, device, author }) => device === deviceName() && author === person && !passed.has(id));
  // By what replaced what and not by the time: a clock may have been set back.
  const untouched = (change) => log.current(change.question).every(({ id }) => id === change.id || passed.has(id))
    && log.history(change.question).every(({ id, replaces }) => passed.has(id) || !replaces.includes(change.id));
  return own.filter(untouched).sort((a, b) => (a.id < b.id ? 1 : -1))[0];
};

/** Take back the last change of `person` here; `passed` are the changes that are taken back already. */
export const undoLast = (log, save, person, passed) => {
  const told = part(document, "undone");
  const change = lastOwn(log, person, passed);
  if (!change) {
    told.textContent = say("nothing_to_undo");
    return;
  }
  const made = save(change.question, before(log, change));
  passed.add(change.id);
  if (made) passed.add(made.id);
  const [path] = change.question.split("#");
  told.textContent = say("undone", { question: path.split("/").pop().replace(/\[.*/, "") });
  document.getElementById(path.split("/")[2]?.replace(/\[.*/, ""))?.scrollIntoView({ block: "nearest" });
};
