// Writes changes onto the disk of this tablet, then lets them be sent; the save line says how far that is.
import { Exchange } from "./exchange.js";
import { makeId } from "./log.js";
import { showSaving } from "./saving.js";
import { clockOffset, deviceName, idMoment, noteMoment } from "./tablet.js";
import { clock, page, say } from "./words.js";

const moment = (at) => new Date(at).toISOString();

export class Pen {
  #store;
  #settled;
  #state;
  #unwritten = [];
  exchange;

  /** Of an opened visit; without its store nothing is written. `settled(refused)` is told when an exchange has ended. */
  constructor({ store, waiting, visit }, received, settled = () => {}) {
    this.#store = store;
    this.#settled = settled;
    this.#state = { savedAt: visit.savedAt ?? 0, sentAt: visit.sentAt ?? 0, writing: 0, waiting, unsaved: "" };
    if (store) this.exchange = new Exchange({ store, received, settled: () => this.settle() });
  }

  report() {
    showSaving({ ...this.#state, trouble: this.exchange?.trouble ?? "" }, () => this.exchange.now());
  }

  /** What became of the changes that wait: counted anew, because another page of this tablet may have sent them. */
  async settle() {
    if (!this.#store) return;
    const { visit, refused, waiting } = await this.#store.standing(page.visit);
    this.#state.waiting = waiting + this.#store.unkept.size;
    this.#state.sentAt = visit?.sentAt ?? 0;
    if (!this.#store.unkept.size) this.#state.unsaved = "";
    this.report();
    this.#settled(refused);
  }

  /** A change as it goes into the log, not written yet. */
  change(question, value, replaces) {
    const now = Date.now();
    return {
      id: makeId(idMoment()), visit: page.visit, question, value, replaces: replaces.slice(0, 100),
      at: moment(now + clockOffset()), device_at: moment(now), device: deviceName(), author: page.person.id,
    };
  }

  /** Onto the disk, together with what else is kept before the page has done with this tap. */
  keep(change) {
    this.#unwritten.push(change);
    if (this.#unwritten.length === 1) queueMicrotask(() => this.#write());
  }

  async #write() {
    const state = this.#state;
    const changes = this.#unwritten;
    this.#unwritten = [];
    state.writing += 1;
    this.report();
    noteMoment();
    const kept = await this.#store.write(changes);
    state.writing -= 1;
    state.waiting += changes.length;
    if (kept) this.#noteSaved();
    else state.unsaved = say("storage_full");
    this.exchange.tell(changes);
    this.report();
    this.exchange.soon();
  }

  /** People are shown the minute: the entry of the visit, which the home screen reads, changes with it only. */
  #noteSaved() {
    const now = Date.now();
    if (clock(now) !== clock(this.#state.savedAt)) this.#store.note(page.visit, { savedAt: now });
    this.#state.savedAt = now;
  }
}
