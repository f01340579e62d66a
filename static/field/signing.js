// The block below the paper: both sides sign with the finger; what is signed is locked, and opens again with a reason.
import { all, find, icon, make, part, piece, refill } from "./dom.js";
import { fileOf, keep } from "./files.js";
import { Pad } from "./pad.js";
import { contentDigest, signaturesOf } from "./signature.js";
import { clock, page, say } from "./words.js";

const ROOT = "/minutes/";
const PLACES = { unit: ["unit", "leader"], delegation: ["delegation", "leader"], secretary: ["delegation", "secretary"] };

const place = (key, field) => `${ROOT}signature[${key}]${field ? `/signature_${field}` : ""}`;

/** A drawing that is still on the tablet where it was made cannot be shown without a network. */
const drawingOf = async ({ image }) => {
  const { whole, state } = await fileOf(image);
  return state === "server" && !navigator.onLine ? null : whole;
};

export class Signing {
  #log;
  #write;
  #changed;
  #pads = new Map();

  /** `log` is all that was written for the visit, `write(question, value)` adds to it; `closed`: nobody may sign. */
  constructor({ log, write, changed, closed }) {
    this.#log = log;
    this.#write = write;
    this.#changed = changed;
    part(document, "signing").addEventListener("click", ({ target }) => !closed && this.#press(target.closest("button")));
    if (closed) all("[data-action=reopen], textarea", part(document, "signing")).forEach((element) => { element.disabled = true; });
  }

  /** The signatures that stand, each with the address of its drawing; null for one that has not come here. */
  async standing() {
    const made = (await signaturesOf(page.visit, this.#log)).filter(({ stands }) => stands);
    return Promise.all(made.map(async (one) => ({ ...one, picture: await drawingOf(one) })));
  }

  /** Show a place for each signer: `expected` {unit: {title, name, position} …}; `stop` says why nobody can sign yet. */
  async show(expected, stop) {
    const made = new Map((await signaturesOf(page.visit, this.#log)).map((one) => [one.key, one]));
    const isLocked = [...made.values()].some(({ stands }) => stands);
    part(document, "reopen").hidden = !isLocked;
    part(document, "unsigned").hidden = isLocked;
    refill(part(document, "stop"), stop, () => (stop ? [make("p", { class: "notice" }, icon("two"), make("span", {}, stop))] : []));
    for (const [key, person] of Object.entries(expected)) {
      const box = this.#box(key, person);
      const signature = made.get(key);
      this.#showMade(box, signature);
      find("[data-part=drawing]", box).hidden = Boolean(signature?.stands);
      find("[data-action=sign]", box).disabled = Boolean(stop);
    }
    for (const box of all("[data-sign]")) if (!expected[box.dataset.sign]) box.remove();
  }

  #box(key, { title, name, position }) {
    const list = part(document, "signers");
    let box = find(`[data-sign="${key}"]`, list);
    if (!box) {
      box = piece("sign");
      box.dataset.sign = key;
      list.append(box);
      this.#pads.set(key, new Pad(find("canvas", box)));
      find("canvas", box).setAttribute("aria-label", `${say("sign_here")}: ${title}`);
    }
    find("h3", box).textContent = title;
    for (const [field, words] of Object.entries({ name, position })) {
      const input = find(`[name=${field}]`, box);
      if (!input.value) input.value = words;
    }
    return box;
  }

  #showMade(box, made) {
    const line = find("[data-part=made]", box);
    const key = made ? `${made.at}${made.stands}` : "";
    refill(line, key, () => {
      if (!made) return [];
      const words = say(made.stands ? "signed_at" : "signed_before", { name: made.name, time: clock(made.at) });
      const look = made.stands ? ["is-done", "check"] : ["is-wait", "clock"];
      const image = make("img", { class: "signing__i", alt: say("signature_of", { name: made.name }) });
      fileOf(made.image).then(({ whole }) => { image.src = whole; });
      return [make("p", { class: `save__i ${look[0]}` }, icon(look[1]), words), made.stands ? image : null].filter(Boolean);
    });
  }

  #press(button) {
    const box = button?.closest("[data-sign]");
    if (button?.dataset.action === "clear") this.#pads.get(box.dataset.sign).clear();
    if (button?.dataset.action === "sign") this.#sign(box).catch((error) => this.#tell(box, say("file_not_kept", { why: error.message })));
    if (button?.dataset.action === "reopen") this.#reopen();
  }

  #tell(box, words) {
    find("[data-part=told]", box).textContent = words;
  }

  async #sign(box) {
    const key = box.dataset.sign;
    const pad = this.#pads.get(key);
    const name = find("[name=name]", box).value.trim();
    if (!name) return this.#tell(box, say("sign_name"));
    if (pad.isEmpty) return this.#tell(box, say("nothing_signed"));
    const image = await keep(await pad.picture());
    const content = await contentDigest(page.visit, this.#log);
    const [side, role] = PLACES[key];
    const said = { side, role, name, position: find("[name=position]", box).value.trim() || null, image, content };
    this.#write(place(key), true);
    for (const [field, value] of Object.entries(said)) this.#write(place(key, field), value);
    pad.clear();
    this.#tell(box, "");
    return this.#changed();
  }

  /** The reason is a change of what was signed: no signature over the content before it stands any more. */
  #reopen() {
    const field = part(document, "reason");
    const reason = field.value.trim();
    part(document, "no-reason").hidden = Boolean(reason);
    if (!reason) return field.focus();
    this.#write(`${ROOT}reopened`, reason);
    field.value = "";
    return this.#changed();
  }
}
