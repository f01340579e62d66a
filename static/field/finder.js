// Choosing from a long list: search as people type, without marks and đ; never more than a few choices in the page.
import { all, find, make, part } from "./dom.js";
import { fold } from "./units.js";
import { number, page } from "./words.js";

const MOST = 20;
const SEARCH_AFTER = 60;

const folded = new WeakMap();

/** The choices of the question's list by name: {name, label}. */
const listOf = ({ state }, place) => state.plan.choices.get(state.locate(place).item.node.choices) ?? new Map();

const wordsOf = (choice) => choice.label[page.language] || Object.values(choice.label).find(Boolean) || choice.name;

const foldedOf = (choice) => {
  if (!folded.has(choice)) folded.set(choice, fold(`${wordsOf(choice)} ${choice.name}`));
  return folded.get(choice);
};

/** What fits the words: first where the label begins with them; `left` counts those that are not among the first. */
const pick = (choices, text) => {
  const words = fold(text).split(/\s+/).filter(Boolean);
  const fitting = choices.filter((choice) => words.every((word) => foldedOf(choice).includes(word)));
  const begins = (choice) => foldedOf(choice).startsWith(words.join(" "));
  const found = words.length ? [...fitting.filter(begins), ...fitting.filter((choice) => !begins(choice))] : fitting;
  return { found: found.slice(0, MOST), left: Math.max(0, found.length - MOST) };
};

class Finder {
  constructor(element, live, save) {
    Object.assign(this, { element, live, save, timer: 0, active: -1 });
    this.words = find(".unit", element).dataset;
    this.several = this.words.several === "1";
    [this.input, this.box] = [find("input", element), find("[role=listbox]", element)];
    this.#listen();
  }

  get place() {
    return this.element.dataset.place;
  }

  /** The words of a choice; where they quote answers, filled. */
  #wordsOf(choice) {
    const words = wordsOf(choice);
    return words.includes("${") ? wordsOf({ label: this.live.wording(this.place)[`choice:${choice.name}`] ?? {}, name: words }) : words;
  }

  show(value) {
    this.chosen = [value ?? []].flat();
    const list = listOf(this.live, this.place);
    const shown = this.chosen.map((name) => this.#chosenItem(name, list.has(name) ? this.#wordsOf(list.get(name)) : name));
    const chosen = part(this.element, "chosen");
    chosen.hidden = shown.length === 0;
    chosen.replaceChildren(...shown);
  }

  #chosenItem(name, words) {
    const take = { type: "button", class: "btn btn--quiet", "data-drop": name, "aria-label": this.words.take.replace("{name}", words) };
    return make("li", { class: "chip", "data-name": name }, make("b", {}, words), ...(page.read_only ? [] : [make("button", take, "×")]));
  }

  #open() {
    const list = listOf(this.live, this.place);
    const choices = this.live.choices(this.place).map((name) => list.get(name)).filter((choice) => choice && !this.#has(choice));
    const { found, left } = pick(choices, this.input.value.trim());
    const option = (choice, index) =>
      make("li", { role: "option", id: `${this.box.id}-${index}`, "data-name": choice.name, "aria-selected": "false" }, this.#wordsOf(choice));
    const rest = found.length === 0 ? [make("li", {}, this.words.none)] : left ? [make("li", {}, this.words.more.replace("{n}", number(left)))] : [];
    this.box.replaceChildren(...found.map(option), ...rest);
    this.box.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.active = -1;
  }

  #has(choice) {
    return this.several && this.chosen.includes(choice.name);
  }

  #close() {
    clearTimeout(this.timer);
    this.box.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.active = -1;
  }

  #choose(option) {
    this.input.value = "";
    this.#close();
    this.save(this.several ? [...this.chosen, option.dataset.name] : option.dataset.name);
  }

  #drop(name) {
    const left = this.chosen.filter((other) => other !== name);
    this.save(left.length && this.several ? left : null);
    this.input.focus();
  }

  #move(by) {
    const options = all("[role=option]", this.box);
    if (!options.length) return;
    this.active = (this.active + by + options.length) % options.length;
    options.forEach((option, index) => option.setAttribute("aria-selected", String(index === this.active)));
    this.input.setAttribute("aria-activedescendant", options[this.active].id);
    options[this.active].scrollIntoView({ block: "nearest" });
  }

  #listen() {
    const { input, box, element } = this;
    const search = () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.#open(), SEARCH_AFTER);
    };
    input.addEventListener("focus", () => page.read_only || this.#open());
    input.addEventListener("input", search);
    input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") this.#move(event.key === "ArrowDown" ? 1 : -1);
      else if (event.key === "Enter" && this.active >= 0) this.#choose(all("[role=option]", box)[this.active]);
      else if (event.key === "Escape") this.#close();
      else return;
      event.preventDefault();
    });
    input.addEventListener("blur", () => setTimeout(() => this.#close(), 200));
    box.addEventListener("pointerdown", (event) => event.preventDefault());
    box.addEventListener("click", ({ target }) => target.dataset.name !== undefined && this.#choose(target));
    part(element, "chosen").addEventListener("click", ({ target }) => target.dataset.drop !== undefined && this.#drop(target.dataset.drop));
  }
}

const finders = new WeakMap();

/** Show what is chosen; the first time make the search work. */
export const showFinder = (element, value, live, save) => {
  if (!finders.has(element)) finders.set(element, new Finder(element, live, save));
  finders.get(element).show(value);
};
