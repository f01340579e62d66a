// Questions of which nobody knows yet whether they are asked. The twin of undecided.py.
import { f } from "./functions/library.js";
import { validity } from "./validity.js";
import { wording } from "./wording.js";

// Finds undecided questions in a state that does not change meanwhile; what was found is kept.
export class Undecided {
  constructor(state) {
    this.state = state;
    this.kept = new Map();
  }

  isUndecided(item, keys) {
    const place = this.state.plan.instancePath(item, keys);
    if (!this.kept.has(place)) this.kept.set(place, this.#isUndecided(item, keys));
    return this.kept.get(place);
  }

  #isUndecided(item, keys) {
    if (item.guard === null || this.state.isLeftOut(item) || this.state.isRelevant(item, keys)) return false;
    const against = this.#conditions(item).filter((condition) => !this.#holds(condition, keys));
    return against.every((condition) => this.state.plan.deciders(condition).some((asked) => this.#waits(asked, keys)));
  }

  // The item itself and what it lies in, as far as they have a condition of their own.
  #conditions(item) {
    const found = [];
    for (let path = item.guard; path; path = found.at(-1).parent?.guard) found.push(this.state.plan.items.get(path));
    return found;
  }

  #holds({ node, repeats, cells }, keys) {
    const own = keys.slice(0, repeats.length);
    return this.state.plan.formulas[cells.relevant](this.state, node.type === "repeat" ? [...own, ""] : own, f);
  }

  // Whether a deciding question is required and unanswered, asked or itself undecided.
  #waits(item, keys) {
    return this.state.keysOf(item.repeats).some((own) => wording.agrees(own, keys) && this.#isOpen(item, own));
  }

  #isOpen(item, keys) {
    if (this.state.value(item.path, keys) !== null || !validity.isRequired(this.state, item, keys)) return false;
    if (this.state.isRelevant(item, keys)) return this.state.stateOf(item, keys) === null;
    return this.isUndecided(item, keys);
  }
}
