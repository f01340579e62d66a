// One exchange with the server: what waits goes out, what others wrote comes in. Idempotent; knows neither page nor timer.

const BATCH = 500;
const BACK_OFF = { 0: "offline", 401: "signed_out", 403: "not_allowed", 409: "other_person", 429: "server", 503: "server", 507: "server" };

/** The exchange cannot go on; `trouble` says why in a word of the save line. */
class Stopped extends Error {
  constructor(trouble) {
    super(trouble);
    this.trouble = trouble;
  }
}

/** Changes in parts that may fail apart: by visit, or one visit's in two halves. Null when there is only one. */
const parts = (changes) => {
  const visits = new Map();
  for (const change of changes) visits.set(change.visit, [...(visits.get(change.visit) ?? []), change]);
  if (visits.size > 1) return [...visits.values()];
  if (changes.length < 2) return null;
  const middle = Math.ceil(changes.length / 2);
  return [changes.slice(0, middle), changes.slice(middle)];
};

export class Round {
  #store;
  #call;
  #device;
  #received;
  #message;
  #tried = new Set();
  trouble = "";

  /** `call(body)` gives {status, answer}, status 0 without a network; `received(changes, people)` is told what came. */
  constructor({ store, call, device, received = () => {}, message = "" }) {
    this.#store = store;
    this.#call = call;
    this.#device = device;
    this.#received = received;
    this.#message = message;
  }

  /** Exchange until nothing waits and nothing more comes; gives "" or the trouble that is left. */
  async run() {
    try {
      for (let more = true; more;) {
        const waiting = (await this.#store.waiting(BATCH + this.#tried.size)).filter(({ id }) => !this.#tried.has(id)).slice(0, BATCH);
        more = await this.#send(waiting) || waiting.length === BATCH;
      }
      return this.trouble;
    } catch (error) {
      if (error instanceof Stopped) return error.trouble;
      if (error?.name === "QuotaExceededError") return "full";
      throw error;
    }
  }

  /** Receive the logs of visits that this tablet does not have yet, from their beginning. */
  async fetch(visits) {
    for (let cursor = 0, more = visits.length > 0; more;) {
      const { status, answer } = await this.#call({ device: this.#device, cursor, visits, changes: [] });
      if (status !== 200) throw new Stopped(BACK_OFF[status] ?? "server");
      const first = (await this.#store.kept("cursor")) === undefined;
      ({ cursor, more } = answer);
      await this.#store.settle({ changes: answer.changes, cursor: first && !more ? cursor : null });
      this.#received(answer.changes, answer.people);
    }
  }

  /** True when the server has more to give. */
  async #send(changes) {
    changes.forEach(({ id }) => this.#tried.add(id));
    const cursor = (await this.#store.kept("cursor")) ?? 0;
    const { status, answer } = await this.#call({ device: this.#device, cursor, changes });
    if (status === 200) return this.#take(answer);
    if (status in BACK_OFF || !changes.length) throw new Stopped(BACK_OFF[status] ?? "server");
    return this.#sendApart(status, changes, answer);
  }

  async #take(answer) {
    await this.#store.settle(answer);
    if (answer.changes.length) this.#received(answer.changes, answer.people);
    return answer.more;
  }

  /** What the server fails on must not hold up the rest: each part is sent alone, down to the one that is to blame. */
  async #sendApart(status, changes, answer) {
    const faulty = status >= 500;
    if (faulty) await this.#send([]);
    const apart = parts(changes);
    const oneVisit = changes.every(({ visit }) => visit === changes[0].visit);
    if (faulty && oneVisit) {
      this.trouble = "visit";
      return false;
    }
    if (!apart) {
      const refusal = { id: changes[0].id, code: answer?.code ?? "unreadable", message: answer?.message ?? this.#message };
      await this.#store.settle({ refused: [refusal] });
      return false;
    }
    let more = false;
    for (const part of apart) more = await this.#send(part) || more;
    return more;
  }
}
