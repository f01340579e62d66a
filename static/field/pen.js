// Writes a change onto the disk of this tablet, then lets it be sent; the save line says how far that is.
import { Exchange } from "./exchange.js";
import { makeId } from "./log.js";
import { showSaving } from "./saving.js";
import { clockOffset, deviceName, idMoment } from "./tablet.js";
import { page, say } from "./words.js";

const moment = (at) => new Date(at).toISOString();

export class Pen {
  #store;
  #settled;
  #state;
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

  async keep(change) {
    const state = this.#state;
    state.writing += 1;
    this.report();
    const kept = await this.#store.write(change);
    state.writing -= 1;
    state.waiting += 1;
    if (kept) {
      state.savedAt = Date.now();
      this.#store.note(page.visit, { savedAt: state.savedAt });
    } else state.unsaved = say("storage_full");
    this.exchange.tell([change]);
    this.report();
    this.exchange.now();
  }
}
