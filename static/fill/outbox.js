// What waits on this tablet until the server has it. One entry a change, so that two tabs never overwrite each other.

export class Outbox {
  #start;
  #unkept = new Map();

  constructor(person, visit) {
    this.#start = `satcanh.outbox.${person}.${visit}.`;
  }

  /** Write a change down; false when the tablet's storage is full and the change lives only until the page closes. */
  put(change) {
    try {
      localStorage.setItem(this.#start + change.id, JSON.stringify({ change }));
      return true;
    } catch {
      this.#unkept.set(change.id, change);
      return false;
    }
  }

  /** The change that another tab of this tablet has just written down, from its storage event. */
  written({ key, newValue }) {
    return key?.startsWith(this.#start) && newValue ? JSON.parse(newValue).change : null;
  }

  /** The server has taken these in: forget them here. */
  remove(ids) {
    for (const id of ids) {
      localStorage.removeItem(this.#start + id);
      this.#unkept.delete(id);
    }
  }

  /** The server will not take this one: keep it with the reason until its author has seen it. */
  refuse({ id, code, message }) {
    const entry = this.#read(this.#start + id);
    if (!entry) return;
    try {
      localStorage.setItem(this.#start + id, JSON.stringify({ ...entry, refused: { code, message } }));
    } catch {
      // No room for the reason: the change stays as it is and is refused again next time.
    }
  }

  #read(key) {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  }

  #entries() {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(this.#start)).sort();
    return keys.map((key) => this.#read(key)).filter((entry) => entry?.change);
  }

  waiting() {
    const kept = this.#entries().filter((entry) => !entry.refused).map((entry) => entry.change);
    return [...kept, ...this.#unkept.values()];
  }

  refused() {
    return this.#entries().filter((entry) => entry.refused);
  }
}

let made;

/** The name of this tablet, made once. */
export const deviceName = () => {
  const key = "satcanh.device";
  made ??= localStorage.getItem(key) ?? `t-${crypto.randomUUID()}`;
  try {
    localStorage.setItem(key, made);
  } catch {
    // No room left: the name holds until the page closes.
  }
  return made;
};
