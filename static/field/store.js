// What this tablet keeps for one person: visits, their answer logs, what waits to be sent, and files. All in IndexedDB.
import { asked, finished, openBase } from "./base.js";

// On the disk before the page says that it is saved: a power cut gives no warning.
const SAFE = { durability: "strict" };
const WHOLE = ["visits", "changes", "outbox"];

const of = (visit) => IDBKeyRange.bound([visit], [visit, []]);
const keyOf = (change) => [change.visit, change.id];
const counted = (outbox) => ({
  refused: outbox.filter((entry) => entry.refused), waiting: outbox.filter((entry) => !entry.refused).length,
});

const build = (base) => {
  base.createObjectStore("visits", { keyPath: "id" });
  base.createObjectStore("changes", { keyPath: ["visit", "id"] });
  base.createObjectStore("outbox", { keyPath: ["visit", "id"] });
  base.createObjectStore("files", { keyPath: ["visit", "hash"] });
  base.createObjectStore("kept");
};

const nameOf = (person) => `satcanh.${person}`;

/** The store of a person on this tablet; throws what the browser throws when it lets nothing be kept. */
export const openStore = async (person) => {
  let isNew = false;
  const base = await openBase(nameOf(person), 1, (made) => {
    isNew = true;
    build(made);
  });
  return new Store(base, person, isNew);
};

/** Take everything of a person off this tablet. */
export const forgetStore = (person) =>
  new Promise((done) => {
    const forgetting = indexedDB.deleteDatabase(nameOf(person));
    for (const end of ["success", "error", "blocked"]) forgetting.addEventListener(end, done);
  });

export class Store {
  #base;
  /** Changes for which this tablet had no room: they live until the page closes, and are sent like the others. */
  unkept = new Map();

  /** `isNew` when nothing was ever kept in it. */
  constructor(base, person, isNew = false) {
    this.#base = base;
    this.person = person;
    this.isNew = isNew;
  }

  close() {
    this.#base.close();
  }

  #read(name) {
    return this.#base.transaction(name).objectStore(name);
  }

  /** Let `work(...stores)` write, all or nothing. With SAFE it is on the disk when this resolves. */
  async #write(names, work, how = {}) {
    const writing = this.#base.transaction(names, "readwrite", how);
    const done = finished(writing);
    done.catch(() => {});
    try {
      await work(...names.map((name) => writing.objectStore(name)));
    } catch (error) {
      if (writing.error === null) writing.abort();
      throw error;
    }
    // At once, as a page that goes away would give up what is not committed.
    if (how === SAFE) writing.commit?.();
    await done;
  }

  /** Something by name that belongs to the whole tablet: the list of units, the cursor, when it was last refreshed. */
  kept(name) {
    return asked(this.#read("kept").get(name));
  }

  keep(name, value) {
    return this.#write(["kept"], (kept) => { kept.put(value, name); });
  }

  visits() {
    return asked(this.#read("visits").getAll());
  }

  /** Change some fields of a visit's entry, or make the entry. */
  note(id, fields) {
    return this.#write(["visits"], async (visits) => {
      visits.put({ id, ...(await asked(visits.get(id))), ...fields });
    });
  }

  /** Everything of one visit: its entry, its log, and what waits or was refused. */
  async load(id) {
    const reading = this.#base.transaction(WHOLE);
    const [visit, changes, outbox] = await Promise.all([
      asked(reading.objectStore("visits").get(id)), asked(reading.objectStore("changes").getAll(of(id))),
      asked(reading.objectStore("outbox").getAll(of(id))),
    ]);
    return { visit, changes, ...counted(outbox) };
  }

  /** The same without the log, which after every tap would take the longer the more was answered. */
  async standing(id) {
    const reading = this.#base.transaction(["visits", "outbox"]);
    const [visit, outbox] = await Promise.all([
      asked(reading.objectStore("visits").get(id)), asked(reading.objectStore("outbox").getAll(of(id))),
    ]);
    return { visit, ...counted(outbox) };
  }

  /** Write changes down; resolves once they are on the disk. False when there is no room for them. */
  async write(written) {
    try {
      await this.#write(["changes", "outbox"], (changes, outbox) => {
        for (const change of written) {
          changes.put(change);
          outbox.put({ visit: change.visit, id: change.id });
        }
      }, SAFE);
      return true;
    } catch (error) {
      if (error?.name === "InvalidStateError") throw error;
      for (const change of written) this.unkept.set(change.id, change);
      return false;
    }
  }

  /** Up to `limit` changes that the server does not have, by visit, the oldest first. */
  async waiting(limit = Infinity) {
    const reading = this.#base.transaction(["changes", "outbox"]);
    const entries = (await asked(reading.objectStore("outbox").getAll())).filter(({ refused }) => !refused).slice(0, limit);
    const found = await Promise.all(entries.map((entry) => asked(reading.objectStore("changes").get(keyOf(entry)))));
    return [...found.filter(Boolean), ...this.unkept.values()].slice(0, limit);
  }

  /** {waiting, refused, ids} by visit: how many changes wait, how many were refused, and which they are. */
  async outbox() {
    const counted = new Map();
    const kept = await asked(this.#read("outbox").getAll());
    for (const { visit, id, refused } of [...kept, ...this.unkept.values()]) {
      const entry = counted.get(visit) ?? { waiting: 0, refused: 0, ids: [] };
      entry[refused ? "refused" : "waiting"] += 1;
      entry.ids.push(id);
      counted.set(visit, entry);
    }
    return counted;
  }

  /** The ids of changes and the hashes of files of a visit that only this tablet has. */
  async onlyHere(visit) {
    const [outbox, files] = await Promise.all([this.outbox(), this.files(visit)]);
    return [...(outbox.get(visit)?.ids ?? []), ...files.filter(({ sent }) => !sent).map(({ hash }) => hash)];
  }

  /** What one exchange brought: accepted ids, refusals, changes of others, and how far it has read. */
  async settle({ accepted = [], refused = [], changes = [], cursor = null, at = Date.now() }) {
    const passing = accepted.map((id) => this.unkept.get(id)).filter(Boolean);
    // What there was no room for comes again from the server, so that it must not be read past.
    const until = passing.length ? null : cursor;
    await this.#clear(accepted, refused, passing, at, changes.length ? null : until);
    for (const id of [...accepted, ...refused.map((refusal) => refusal.id)]) this.unkept.delete(id);
    if (!changes.length) return;
    await this.#write(["visits", "changes", "kept"], async (visits, log, kept) => {
      const known = new Set(await asked(visits.getAllKeys()));
      for (const change of changes) if (known.has(change.visit)) log.put(change);
      if (until !== null) kept.put(until, "cursor");
    }, SAFE);
  }

  /** First what makes room: a tablet that is full must still be able to let go of what has been sent. */
  #clear(accepted, refused, passing, at, cursor) {
    if (!accepted.length && !refused.length && cursor === null) return null;
    return this.#write(["visits", "outbox", "kept"], async (visits, outbox, kept) => {
      if (cursor !== null) kept.put(cursor, "cursor");
      const sent = new Map((await asked(outbox.getAllKeys())).map((key) => [key[1], key]));
      for (const id of accepted) if (sent.has(id)) outbox.delete(sent.get(id));
      for (const { id, code, message } of refused)
        if (sent.has(id)) outbox.put({ visit: sent.get(id)[0], id, refused: { code, message } });
      const touched = new Set([...accepted.map((id) => sent.get(id)?.[0]), ...passing.map(({ visit }) => visit)]);
      for (const id of touched) {
        const entry = id === undefined ? null : await asked(visits.get(id));
        if (entry) visits.put({ ...entry, sentAt: at });
      }
    }, SAFE);
  }

  /** Give up a change that the server will not take. */
  discard(visit, id) {
    return this.#write(["changes", "outbox"], (changes, outbox) => {
      changes.delete([visit, id]);
      outbox.delete([visit, id]);
    }, SAFE);
  }

  /** Take a visit off this tablet: its answers lie on the server. */
  remove(id) {
    return this.#write([...WHOLE, "files"], (visits, changes, outbox, files) => {
      visits.delete(id);
      for (const found of [changes, outbox, files]) found.delete(of(id));
    });
  }

  /** Keep a file: {visit, hash, blob, small, type, size, sent, at}; `small` is its picture for lists. */
  addFile(file) {
    return this.#write(["files"], (files) => { files.put(file); }, SAFE);
  }

  file(visit, hash) {
    return asked(this.#read("files").get([visit, hash]));
  }

  files(visit = null) {
    return asked(this.#read("files").getAll(visit === null ? undefined : of(visit)));
  }

  noteFile(visit, hash, fields) {
    return this.#write(["files"], async (files) => {
      const file = await asked(files.get([visit, hash]));
      if (file) files.put({ ...file, ...fields });
    }, SAFE);
  }
}
