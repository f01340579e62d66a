// Stands in for pen.js in a preview: a change goes no further than this tab.
import { makeId } from "./log.js";
import { remember } from "./preview_memory.js";
import { page } from "./words.js";

export class Pen {
  exchange = { now() {} };

  report() {}

  async settle() {}

  change(question, value, replaces) {
    const now = new Date().toISOString();
    return { id: makeId(), visit: page.visit, question, value, replaces, at: now, device_at: now, device: "preview", author: page.person.id };
  }

  async keep(change) {
    remember(change);
  }
}
