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
  await store.keep("people", { ...(await store.kept("people")), ...people });
};

/** What has been signed is locked: only the page of the minutes opens it again. */
const lock = async (opened) => {
  const hasSignature = opened.changes.some(({ question }) => isOfSignatures(question));
  const locked = hasSignature && (await (await import(page.urls.later)).isLocked(opened));
  return { ...opened, locked: locked ? say("locked") : "" };
};

/** `ask`, or `instead` where it fails. */
const or = (ask, instead) => (...given) => {
  try {
    return ask(...given);
  } catch {
    return instead;
  }
};

/** Answers given to another version of the checklist stay in the log; where they have no place they are not opened. */
export const tolerant = (open) => function opened(request) {
  try {
    const live = open(request);
    return { ...live, set: or(live.set, new Set()), isRelevant: or(live.isRelevant, false) };
  } catch (error) {
    const odd = new Set(error.names ?? [error, ...(error.more ?? [])].map(({ question }) => question));
    const fitting = Object.entries(request.answers).filter(([question]) => !odd.has(question));
    if (fitting.length === Object.keys(request.answers).length) throw error;
    return opened({ ...request, answers: Object.fromEntries(fitting) });
  }
};

/** {visit, changes, refused, waiting, person, people, store, kept, locked}; `store` is null for those who only read. */
export const openVisit = async (id) => {
  noteArrival();
  const here = await fromTablet(id);
  return lock(here?.visit?.facts ? here : await fromServer(id, here));
};
