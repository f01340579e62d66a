// The list of visits of a person, as the server has it now, brought onto this tablet with their logs.
import { hasPack, takePack } from "./installing.js";
import { noteServerTime, personHere, setPerson } from "./tablet.js";
import { page } from "./words.js";

/** The server's answer, or {trouble}: "offline", "signed_out", "not_allowed" or "server". */
export const askList = async () => {
  const began = Date.now();
  let response;
  try {
    response = await fetch(page.urls.visits, { headers: { Accept: "application/json" }, credentials: "same-origin" });
  } catch {
    return { trouble: "offline" };
  }
  if (!response.ok) return { trouble: { 401: "signed_out", 403: "not_allowed" }[response.status] ?? "server" };
  const answer = await response.json().catch(() => null);
  if (!answer) return { trouble: "offline" };
  noteServerTime(answer.server_time, began);
  return answer;
};

/** Whether somebody else than before has signed in; from now on the tablet shows that person's visits. */
export const isSomebodyElse = ({ person }) => {
  const before = personHere();
  setPerson(person);
  return before?.id !== person.id;
};

/** A visit that was moved to another version of its checklist goes there as soon as all of it is on this tablet. */
const keepVersion = async (facts, own) => {
  facts.coming = "";
  if (!own || own.checklist.version === facts.checklist.version || !(await hasPack(own.checklist))) return;
  const isHere = (await hasPack(facts.checklist)) || (await takePack(facts.checklist).then(() => true, () => false));
  if (isHere) return;
  facts.coming = facts.checklist.version;
  facts.checklist = own.checklist;
};

/** Write the list down and let go of visits that are no longer this person's. Gives the ids whose logs are not here. */
export const takeList = async (store, answer) => {
  const [known, outbox] = await Promise.all([store.visits(), store.outbox()]);
  const before = new Map(known.map((visit) => [visit.id, visit]));
  for (const facts of answer.visits) {
    const own = before.get(facts.id);
    await keepVersion(facts, own?.facts);
    const isServers = !facts.coming && (!outbox.get(facts.id) || !own?.summary);
    const isMoved = own?.facts && own.facts.checklist.version !== facts.checklist.version;
    await store.note(facts.id, { facts, ...(isMoved ? { place: null } : {}), ...(isServers ? { summary: { ...facts.progress, conflicts: own?.summary?.conflicts ?? 0 } } : {}) });
  }
  const listed = new Set(answer.visits.map(({ id }) => id));
  for (const { id } of known) if (!listed.has(id) && !outbox.get(id)) await store.remove(id);
  await store.keep("listed", { at: Date.now(), until: answer.signed_in_until, app: answer.app });
  return answer.visits.map(({ id }) => id).filter((id) => !before.get(id)?.hasLog);
};
