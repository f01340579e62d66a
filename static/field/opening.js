// Opening a visit: from this tablet, or from the server when the tablet does not have it yet.
import { isOfSignatures } from "./log.js";
import { openStore } from "./store.js";
import { noteArrival, noteServerTime, personHere, setPerson } from "./tablet.js";
import { page, say } from "./words.js";

/** The visit cannot be opened; `link` leads on. */
export class Unopened extends Error {
  constructor(name, link = page.urls.home) {
    super(say(name));
    this.link = link;
  }
}

export const visitAsked = () => new URLSearchParams(location.search).get("visit") ?? "";

const NOTHING = { changes: [], refused: [], waiting: 0 };

/** What this tablet keeps of a visit for a person, with the open store; a store made just now needs no looking into. */
const look = async (person, id) => {
  const store = await openStore(person.id);
  if (store.isNew) return { ...NOTHING, store, people: {} };
  const [found, people] = await Promise.all([store.load(id), store.kept("people")]);
  return { ...found, store, people: people ?? {} };
};

const fromTablet = async (id) => {
  const person = personHere();
  return person?.edits ? { ...(await look(person, id)), person } : null;
};

const ask = async (id) => {
  const began = Date.now();
  let response;
  try {
    response = await fetch(`/api/field/visits/${encodeURIComponent(id)}?lang=${page.language}`, { headers: { Accept: "application/json" } });
  } catch {
    throw new Unopened("not_downloaded");
  }
  const login = `${page.urls.login}?next=${encodeURIComponent(location.pathname + location.search)}`;
  if (response.status === 401) throw new Unopened("signed_out", login);
  if (!response.ok) throw new Unopened("no_such_visit");
  const answer = await response.json();
  noteServerTime(answer.server_time, began);
  return answer;
};

/** Who only reads keeps nothing on the tablet; who fills keeps the visit from now on. */
const fromServer = async (id, here) => {
  const { person, visit, changes, people, cursor, unit_names: names } = await ask(id);
  setPerson(person);
  const isHere = person.edits && here?.person.id === person.id;
  if (!isHere) here?.store.close();
  const opened = { visit: { id, facts: visit }, changes, refused: [], waiting: 0, person, people, names, store: null };
  if (!person.edits) return opened;
  // What this person wrote here before and has not sent is part of it.
  const { store, refused, waiting, changes: own } = isHere ? here : await look(person, id);
  const kept = keep(store, visit, changes, people, cursor);
  return { ...opened, refused, waiting, changes: [...own, ...changes], store, kept };
};

/** Onto the disk, while the page already shows what came. */
const keep = async (store, facts, changes, people, cursor) => {
  await store.note(facts.id, { facts });
  await store.settle({ changes, cursor: (await store.kept("cursor")) === undefined ? cursor : null });
  await store.note(facts.id, { hasLog: true });
  await store.keep("people", { ...(await store.kept("people")), ...people });
};

let fit = (open) => open;

/** The `open` of a checklist, also for a visit that was moved to it with answers that have no place in it. */
export const tolerant = (open) => (request) => fit(open)(request);

/** What has been signed is locked: only the page of the minutes opens it again. */
const lock = async (opened) => {
  const { moved, checklist } = opened.visit.facts;
  // The page may be of the new version before this tablet has heard of the move.
  if (moved?.length || checklist?.version !== page.checklist.version) ({ fit } = await import(page.urls.later));
  const hasSignature = opened.changes.some(({ question }) => isOfSignatures(question));
  const locked = hasSignature && (await (await import(page.urls.later)).isLocked(opened));
  return { ...opened, locked: locked ? say("locked") : "" };
};

/** {visit, changes, refused, waiting, person, people, store, kept, locked}; `store` is null for those who only read. */
export const openVisit = async (id) => {
  noteArrival();
  const here = await fromTablet(id);
  if (here?.visit?.hasLog) return lock(here);
  // The list of visits may have come without their logs yet: nobody should see that as a visit without answers.
  const found = await fromServer(id, here).catch((error) => {
    if (!here?.visit?.facts) throw error;
    return here;
  });
  return lock(found);
};
