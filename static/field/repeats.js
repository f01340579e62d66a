// Repeats: as many copies of a group of questions as there are things to write down.
import { all, find, make } from "./dom.js";
import { say } from "./words.js";

const UNDO_FOR = 10_000;

/** Keys sort by when they were made; the letter in front keeps them text. */
export const makeKey = () =>
  `k${Date.now().toString(36)}${Math.floor(Math.random() * 36 ** 4).toString(36).padStart(4, "0")}`;

const instanceFrom = (box, key) => {
  const filled = find(":scope > template", box).innerHTML.replaceAll(`{${box.dataset.name}}`, key);
  const holder = document.createElement("template");
  holder.innerHTML = filled;
  const item = holder.content.querySelector(".instance");
  item.dataset.key = key;
  return item;
};

const keyOf = (path) => path.slice(path.lastIndexOf("[") + 1, -1);

/** Show the instances that are there; `attach(element)` makes new copies work. */
export const showInstances = (root, live, attach) => {
  for (const box of all(".repeat", root)) {
    const list = find(":scope > .repeat__l", box);
    const keys = live.instances(box.dataset.repeat).map(keyOf);
    for (const item of [...list.children]) if (!keys.includes(item.dataset.key)) item.remove();
    keys.forEach((key, index) => {
      let item = [...list.children].find((one) => one.dataset.key === key);
      if (!item) {
        item = instanceFrom(box, key);
        attach(item);
      }
      if (list.children[index] !== item) list.insertBefore(item, list.children[index] ?? null);
      find(".instance__h b", item).textContent = String(index + 1);
      showInstances(item, live, attach);
    });
  }
};

/** Add and remove buttons; a removed instance can be had back for a while. */
export const serveRepeats = (root, save) => {
  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-action=add], [data-action=remove]");
    const box = button?.closest(".repeat");
    if (!box) return;
    if (button.dataset.action === "add") add(box, save);
    else remove(box, button.closest(".instance"), save);
  });
};

const add = (box, save) => {
  save(`${box.dataset.repeat}[${makeKey()}]`, true);
  find(":scope > .repeat__l", box).lastElementChild?.querySelector("input, textarea, select")?.focus();
};

const remove = (box, item, save) => {
  const place = `${box.dataset.repeat}[${item.dataset.key}]`;
  const undo = find(":scope > .repeat__u", box);
  save(place, false);
  const back = () => {
    undo.replaceChildren();
    save(place, true);
  };
  const button = make("button", { class: "btn btn--quiet", type: "button", onclick: back }, say("undo"));
  undo.replaceChildren(say("removed"), " ", button);
  button.focus();
  setTimeout(() => button.isConnected && undo.replaceChildren(), UNDO_FOR);
};
