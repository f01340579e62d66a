// What the page shows of the state: questions that are asked, values, errors, levels, who answered, the panel.
import { all, find, hide, icon, make, part, refill, setAttribute, setText } from "./dom.js";
import { openConflicts, showConflict } from "./conflicts.js";
import { showFiles, showSignature } from "./devices.js";
import { controlOf, filterChoices, isTyping } from "./fields.js";
import { showAssessment, showProgress } from "./panel.js";
import { showInstances } from "./repeats.js";
import { showUnit } from "./units.js";
import { clock, inWords, number, page, say } from "./words.js";

const MARKS = { two: "two", err: "warn", gate: "gate", ok: "check", none: "" };
const AT_ONCE = 4;
/** ms: somebody who wrote in a section within this time is shown as working in it. */
const LATELY = 15 * 60_000;
const FILES = ["photos", "audio", "file", "video", "draw"];
/** Controls that show nothing but the answer and what the logic says of it: those that change need no second look. */
const PLAIN = ["levels", "seg", "radios", "chips", "dropdown", "stepper", "decimal", "text", "area", "date", "value"];
const isInside = (place, around) => place.startsWith(around) && (place.length === around.length || "/[#".includes(place[around.length]));
const name = (path) => path.replace(/\[[^\]]*\]/g, "").split("/").pop();

export class Sheet {
  #root;
  #log;
  #live;
  #save;
  #attach;
  #seen = new Map();
  #places = new Map();
  #items = new Map();
  #states = new Map();
  /** The places that are not as they were when items were marked; null for all. */
  #unmarked = null;
  #gates = "";
  #isWhole = false;
  #planned = false;
  #noted;
  #isHeld;

  constructor({ root, log, live, save, attach, noted, isHeld }) {
    this.#root = root;
    this.#log = log;
    this.#live = live;
    this.#save = save;
    this.#attach = attach;
    this.#noted = noted;
    this.#isHeld = isHeld;
    for (const section of page.sections)
      for (const item of section.items) item.paths.forEach((path) => this.#places.set(name(path), path) && this.#items.set(path, item));
  }

  /** The ids of the changes that the person has seen of a question: those a new answer replaces. */
  seen(question) {
    return this.#seen.get(question) ?? this.#log.current(question).map(({ id }) => id);
  }

  forget(question) {
    this.#seen.delete(question);
  }

  questionsIn(element) {
    return this.#log.questions().filter((place) => isInside(place, element.dataset.place));
  }

  /** These places are not as they were. */
  note(changed = []) {
    for (const place of changed) {
      this.#states.delete(this.#items.get(place));
      this.#unmarked?.add(place);
    }
  }

  /** What the first picture shows: the questions at the top. Those below are neither filled in nor laid out for it. */
  open() {
    showInstances(this.#root, this.#live, this.#attach);
    this.#root.classList.add("is-open");
    let shown = 0;
    for (const question of all(":scope > .q", this.#root)) {
      question.classList.toggle("is-later", shown === AT_ONCE);
      if (shown === AT_ONCE) continue;
      [question, ...all("[data-place]", question)].forEach((element) => this.#update(element));
      if (!question.hidden) shown += 1;
    }
  }

  /** Bring the page up to the state, or what `changed` names: questions at once, the panel after the frame that shows them. */
  refresh(changed = null) {
    if (!changed) this.#unmarked = null;
    showInstances(this.#root, this.#live, this.#attach);
    const isStale = changed && this.#isWhole && !find(".repeat", this.#root) ? (element) => this.#mayDiffer(element, changed) : () => true;
    all("[data-place]", this.#root).filter(isStale).forEach((element) => this.#update(element));
    this.#isWhole = true;
    this.#root.classList.add("is-open");
    all(".is-later", this.#root).forEach((question) => question.classList.remove("is-later"));
    const isEmpty = !find(":scope > .q:not([hidden])", this.#root);
    hide(part(document, "none"), !isEmpty);
    hide(this.#root, isEmpty);
    if (page.read_only) this.#lock();
    if (this.#planned) return;
    this.#planned = true;
    requestAnimationFrame(() => setTimeout(() => this.#summariseUnheld()));
  }

  /** Bands tell the least step to the next level, for which other answers count too. */
  #mayDiffer(element, changed) {
    return changed.has(element.dataset.place) || !PLAIN.includes(element.dataset.control) || part(element, "band") !== null;
  }

  #update(element) {
    const place = element.dataset.place;
    hide(element, !this.#live.isRelevant(place));
    this.#fillIn(element, place);
    if (!element.dataset.control || ["group", "repeat"].includes(element.dataset.control)) return;
    const found = this.#live.question(place);
    this.#showAnswer(element, place, found);
    this.#showErrors(element, found);
    this.#showFacets(element, place, found);
    this.#showLevels(element, place, found);
    showConflict(element, this.#log, place, this.#save);
    const must = part(element, "must");
    if (must) hide(must, !found.required);
  }

  #showAnswer(element, place, found) {
    const kind = element.dataset.control;
    const computed = kind === "value" || this.#log.current(place).length === 0;
    const value = computed ? found.value ?? null : this.#log.value(place);
    if (!element.dataset.wrong && !isTyping(element)) {
      controlOf(element)?.show(element, value);
      this.#seen.set(place, this.#log.current(place).map(({ id }) => id));
    }
    if (FILES.includes(kind)) showFiles(element, value, this.#fileWays(place));
    if (kind === "signature") showSignature(element, value);
    if (kind === "unit") showUnit(element, value);
    if (kind === "finder") {
      const { plan } = this.#live.state;
      const list = plan.choices.get(this.#live.state.locate(place).item.node.choices);
      element.words = (name) => inWords(list?.get(name)?.label ?? {});
      const loading = import(page.urls.later);
      loading.then(({ findIn }) => findIn(element, value, this.#live, (chosen) => this.#save(place, chosen)));
    }
    if (find("[data-choice]", element)) filterChoices(element, this.#live.choices(place));
    if ("mixed" in element.dataset) import(page.urls.later).then(({ mix }) => mix(element, this.#live.choices(place)));
  }

  #fileWays(place) {
    const caption = (hash) => `${place}#caption.${hash}`;
    return {
      answer: (left) => this.#save(place, left),
      caption: (hash, words) => this.#save(caption(hash), words),
      captionOf: (hash) => this.#log.value(caption(hash)),
    };
  }

  #showErrors(element, found) {
    const answered = found.value !== null || found.state === "na";
    const message = element.dataset.wrong || (answered && !found.valid ? inWords(found.message) : "");
    const line = part(element, "error");
    if (!line) return;
    hide(line, !message);
    setText(line.lastElementChild, message);
    if (element.classList.contains("is-wrong") === Boolean(message)) return;
    element.classList.toggle("is-wrong");
    all("input, textarea, select", element).filter((input) => !input.dataset.facet).forEach((input) =>
      message ? input.setAttribute("aria-invalid", "true") : input.removeAttribute("aria-invalid"));
  }

  #showFacets(element, place, found) {
    if (!find("[data-facet]", element)) return;
    const facet = (kind) => this.#log.value(`${place}#${kind}`);
    for (const input of all("[data-facet]", element))
      if (input !== document.activeElement) input.value = facet(input.dataset.facet) ?? "";
    for (const button of all("[data-state]", element))
      setAttribute(button, "aria-pressed", facet("state") === button.dataset.state);
    const isNoted = facet("note") !== null || Boolean(element.dataset.noting);
    hide(part(element, "reason"), found.state !== "na" && facet("reason") === null);
    hide(part(element, "note"), !isNoted);
    setAttribute(find("[data-action=note]", element), "aria-expanded", isNoted);
    element.classList.toggle("is-set-aside", facet("state") !== null);
    element.classList.toggle("is-unanswered", found.value === null && found.state === null && facet("evidence") === null);
  }

  toggleNote(element) {
    element.dataset.noting = element.dataset.noting ? "" : "1";
    this.#update(element);
    find("[data-facet=note]", element).focus();
  }

  #showLevels(element, place, found) {
    const band = part(element, "band");
    if (!band) return;
    const level = typeof found.score === "number" ? Math.round(found.score * 3) : -1;
    [...band.children].forEach((row, index) => row.toggleAttribute("aria-current", index === level));
    const step = this.#live.nextStep(place);
    const line = part(element, "lift");
    hide(line, !step);
    if (!step) return;
    const digits = Number.isInteger(step.delta) ? 0 : 1;
    const words = { n: number(Math.abs(step.delta), digits), level: Math.round(step.to * 3) };
    setText(line.lastElementChild, say(step.delta > 0 ? "lift_more" : "lift_less", words));
  }

  /** Texts that quote answers: `${name}` becomes the wording of that answer. */
  #fillIn(element, place) {
    for (const words of all("[data-text]", element)) {
      if (words.closest("[data-place]") !== element) continue;
      words.dataset.quotes ??= words.textContent.includes("${") ? "1" : "";
      if (words.dataset.quotes) setText(words, inWords(this.#live.wording(place)[words.dataset.text || "label"]));
    }
  }

  #lock() {
    this.#root.classList.add("is-locked");
    all("input, textarea, select, button:not([data-action=history])", this.#root).forEach((control) => { control.disabled = true; });
  }

  /** Not under a finger either: marks and lines that come and go would move what is about to be tapped. */
  #summariseUnheld() {
    if (this.#isHeld()) {
      setTimeout(() => this.#summariseUnheld(), 30);
      return;
    }
    this.#planned = false;
    this.#summarise();
  }

  #summarise() {
    const assessment = this.#live.assessment();
    const conflicts = openConflicts(this.#log, this.#live);
    showAssessment(assessment, this.#log, conflicts.length, (code) => this.#places.get(code) ?? "");
    const others = this.#writtenLately();
    const progress = Object.fromEntries(page.sections.map((section) => [section.slug, this.#progressOf(section, { assessment, conflicts, others })]));
    showProgress(progress);
    const here = progress[page.section];
    setText(part(document, "progress"), say("progress", { answered: here.answered, asked: here.asked }));
    this.#markItems(assessment);
    this.#showJumps();
    this.#noted(this.#summary(progress, assessment, conflicts));
  }

  /** What the home screen shows of this visit without opening its checklist. */
  #summary(progress, assessment, conflicts) {
    const sections = page.sections.map(({ slug }) => ({ slug, answered: progress[slug].answered, asked: progress[slug].asked }));
    const parts = assessment.missing[0]?.replace(/\[[^\]]*\]/g, "").split("/").filter(Boolean) ?? [];
    const next = parts.length > 1 ? [parts[0], parts.at(-1).startsWith(parts[1]) ? parts[1] : parts.at(-1)] : parts.length ? ["0", parts[0]] : null;
    return { sections, next, begun: this.#log.questions().length > 0, conflicts: conflicts.length };
  }

  #progressOf({ slug, items }, { assessment, conflicts, others }) {
    const states = items.map((item) => this.#stateOf(item, assessment));
    const start = slug === "0" ? null : `/${slug}/`;
    return {
      asked: states.filter((state) => state !== "unasked").length,
      answered: states.filter((state) => state === "answered").length,
      conflict: conflicts.some((question) => start && question.startsWith(start)),
      people: this.#workingIn(start, others),
      failed: assessment.gates_failed.some((code) => items.some((item) => item.paths.some((path) => name(path) === code))),
    };
  }

  /** What others have written lately: to see it needs no network but theirs. */
  #writtenLately() {
    const since = new Date(Date.now() - LATELY).toISOString();
    return this.#log.changes().filter(({ author, at }) => author !== page.person.id && at > since);
  }

  #workingIn(start, others) {
    const latest = new Map();
    for (const { author, at, question } of others)
      if (start && question.startsWith(start) && !(latest.get(author) > at)) latest.set(author, at);
    return [...latest].map(([author, at]) => ({ name: page.people[author] ?? "", at }));
  }

  /** "unasked", "answered" or "open"; kept until a place of the item changes, as a tap changes few of a thousand items. */
  #stateOf(item, assessment) {
    if (item.repeats.length) return this.#findState(item, assessment);
    if (!this.#states.has(item)) this.#states.set(item, this.#findState(item, assessment));
    return this.#states.get(item);
  }

  /** Required questions decide, else any answer. */
  #findState({ paths, repeats }, { missing }) {
    const asked = paths.map((path) => [path, this.#live.question(path)]).filter(([, found]) => found.relevant);
    const lists = repeats.filter((path) => this.#live.isRelevant(path));
    if (!asked.length && !lists.length) return "unasked";
    const isAnswered = ([path, found]) => found.value !== null || Boolean(this.#log.value(`${path}#state`));
    const isComplete = (path) => !missing.some((place) => place.startsWith(`${path}[`));
    const enough = asked.filter(([, found]) => found.required).every(isAnswered) && lists.every(isComplete);
    const some = asked.some(isAnswered) || lists.some((path) => this.#live.instances(path).length);
    return enough && some ? "answered" : "open";
  }

  /** Those that a change may concern; all of them when a gate has come to say something else. */
  #markItems(assessment) {
    const gates = JSON.stringify([assessment.gates_failed, assessment.gates_met]);
    const places = gates === this.#gates && this.#unmarked ? [...this.#unmarked] : null;
    this.#gates = gates;
    this.#unmarked = new Set();
    const isStale = (item) => !places || places.some((place) => isInside(place, item.dataset.place));
    all("[data-item]", this.#root).filter(isStale).forEach((item) => this.#markItem(item, assessment));
  }

  #markItem(element, assessment) {
    const item = page.sections.find(({ slug }) => slug === page.section).items.find(({ code }) => code === element.id);
    if (!item) return;
    const failed = assessment.gates_failed.includes(element.id);
    const conflict = find(".two", element) !== null;
    const wrong = element.matches(".is-wrong") || all(".is-wrong", element).some((one) => !one.hidden);
    const answered = this.#stateOf(item, assessment) === "answered";
    const state = conflict ? "two" : wrong ? "err" : failed ? "gate" : answered ? "ok" : "none";
    const mark = part(element, "mark");
    setAttribute(mark, "class", `q__s is-${state}`);
    refill(mark, state, () => [MARKS[state] && icon(MARKS[state]), make("span", { class: "vh" }, say(`mark_${state}`))].filter(Boolean));
    this.#showGate(element, assessment);
    this.#showAuthor(element);
  }

  #showGate(element, assessment) {
    for (const tag of all("[data-part=gate]", element)) {
      const code = name(tag.closest("[data-place]").dataset.place);
      const state = assessment.gates_failed.includes(code) ? "failed" : assessment.gates_met.includes(code) ? "met" : "open";
      setAttribute(tag, "class", `tag ${{ failed: "tag--fail", met: "tag--ok", open: "tag--gate" }[state]}`);
      setText(tag.lastElementChild, say(`gate_tag_${state}`));
    }
  }

  #showAuthor(element) {
    const line = part(element, "by");
    const latest = this.questionsIn(element).map((place) => this.#log.current(place)[0]).sort((a, b) => (a.at < b.at ? 1 : -1))[0];
    hide(line, !latest);
    if (!latest) return;
    const who = page.people[latest.author] ?? page.person.name;
    const written = `${who}, ${clock(latest.at)}`;
    const press = (action) => make("button", { class: "btn btn--quiet by__a", type: "button", "data-action": action, "aria-describedby": `${element.id}-t` }, say(action));
    refill(line, "written", () => [make("span"), press("history"), ...(page.read_only ? [] : [press("empty")])]);
    setText(line.firstElementChild, written);
  }

  #showJumps() {
    const jump = (selector, sign, look, text) => {
      const found = all(selector, this.#root).filter((element) => !element.closest("[hidden]"));
      if (!found.length) return null;
      const target = found[0].closest("[data-item]");
      return make("a", { class: `jump ${look}`, href: `#${target.id}` }, icon(sign), say(text, { n: found.length }));
    };
    const jumps = [jump(".is-wrong", "warn", "jump--son", "to_fix"), jump(".two", "two", "", "differing")].filter(Boolean);
    refill(part(document, "jumps"), jumps.map((link) => link.href + link.textContent).join(), () => jumps);
  }
}
