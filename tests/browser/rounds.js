// Several tablets and a server in one page: the product's own Store, Round and Log, and a model of the contract's server.
import { Log, makeId } from "/static/field/log.js";
import { Round } from "/static/field/round.js";
import { forgetStore, openStore } from "/static/field/store.js";

const PAGE = 3;

/** Takes in what is new, gives what the caller lacks in pages; `fate` says what becomes of request and answer. */
class Server {
  log = [];
  fate = "ok";

  call = async (body) => {
    if (this.fate === "request lost") return { status: 0, answer: null };
    if (this.fate === "twice") this.#take(structuredClone(body));
    const answer = this.#take(structuredClone(body));
    return this.fate === "answer lost" ? { status: 0, answer: null } : { status: 200, answer };
  };

  #take({ cursor, changes, visits }) {
    const before = this.log.length;
    for (const change of changes) if (!this.log.some(({ id }) => id === change.id)) this.log.push(change);
    const brought = this.log.length > before;
    const end = brought ? before : this.log.length;
    const wanted = this.log.map((change, index) => [index + 1, change]).slice(cursor, end);
    const found = wanted.filter(([, { visit }]) => !visits || visits.includes(visit)).slice(0, PAGE);
    const more = found.length === PAGE;
    const last = found.at(-1)?.[0] ?? cursor;
    return {
      accepted: changes.map(({ id }) => id), refused: [], changes: found.map(([, change]) => change), people: {}, more,
      cursor: more || !brought ? last : this.log.length, server_time: new Date().toISOString(),
    };
  }
}

class Tablet {
  constructor(name, number, server) {
    Object.assign(this, { name, number, server });
  }

  async open(visits) {
    await forgetStore(this.name);
    this.store = await openStore(this.name);
    this.logs = new Map(visits.map((visit) => [visit, new Log()]));
    for (const visit of visits) await this.store.note(visit, {});
    await this.store.keep("cursor", 0);
  }

  /** The clocks of tablets differ: each has an offset of its own. */
  async write(visit, question, value, tick) {
    const log = this.logs.get(visit);
    const at = new Date(1_755_570_000_000 + tick * 1000 + this.number * 400 - 700).toISOString();
    const replaces = log.current(question).map(({ id }) => id);
    const change = { id: makeId(), visit, question, value, replaces, at, device_at: at, device: this.name, author: this.name };
    log.merge([change]);
    if (!(await this.store.write([change]))) throw new Error("not written");
  }

  async exchange(fate) {
    this.server.fate = fate;
    const received = (changes) => changes.forEach((change) => this.logs.get(change.visit)?.merge([change]));
    return new Round({ store: this.store, call: this.server.call, device: this.name, received }).run();
  }

  /** What a page that opens anew would read from the disk. */
  async state(visits) {
    const kept = {};
    for (const visit of visits) kept[visit] = (await this.store.load(visit)).changes;
    const answers = Object.fromEntries([...this.logs].map(([visit, log]) => [visit, log.answers()]));
    const ids = Object.fromEntries([...this.logs].map(([visit, log]) => [visit, log.changes().map(({ id }) => id).sort()]));
    return { kept, answers, ids, waiting: (await this.store.waiting()).length };
  }
}

/** Play steps: ["write", tablet, visit, question, value] or ["exchange", tablet, fate]; then everybody syncs twice. */
export const play = async (count, visits, steps) => {
  const server = new Server();
  const tablets = Array.from({ length: count }, (_, number) => new Tablet(`tablet-${number}`, number, server));
  for (const tablet of tablets) await tablet.open(visits);
  const accepted = [];
  for (const [tick, [kind, number, ...more]] of steps.entries()) {
    if (kind === "write") await tablets[number].write(...more, tick);
    else await tablets[number].exchange(...more);
    accepted.push(...server.log.map(({ id }) => id).filter((id) => !accepted.includes(id)));
  }
  for (let turn = 0; turn < 2; turn += 1) for (const tablet of tablets) await tablet.exchange("ok");
  const states = [];
  for (const tablet of tablets) states.push(await tablet.state(visits));
  tablets.forEach(({ store }) => store.close());
  return { states, log: server.log, accepted };
};
