// A list that people put into an order: by dragging, or with the two arrows of each entry.
import { all, find, part } from "./dom.js";

const entries = (element) => all(".ranking__i", element).filter((entry) => !entry.hidden);
const names = (element) => entries(element).map((entry) => entry.dataset.choice);

/** The entries in the order of the answer, those that it does not name behind; without an answer in that of the list. */
export const showRank = (element, value) => {
  const list = find(".ranking__l", element);
  const known = all(".ranking__i", element);
  known.forEach((entry, index) => { entry.dataset.first ??= String(index); });
  const place = (entry) => {
    const found = (value ?? []).indexOf(entry.dataset.choice);
    return found < 0 ? 1000 + Number(entry.dataset.first) : found;
  };
  const sorted = [...known].sort((a, b) => place(a) - place(b));
  if (sorted.some((entry, index) => entry !== known[index])) list.append(...sorted);
  find(".ranking", element).classList.toggle("is-blank", value === null);
  sorted.filter((entry) => !entry.hidden).forEach((entry, index) => { find(".ranking__n", entry).textContent = value ? String(index + 1) : ""; });
};

const tell = (element, entry) => {
  const order = entries(element);
  const words = { name: find("[data-label]", entry).textContent.trim(), n: order.indexOf(entry) + 1, all: order.length };
  part(element, "moved").textContent = find(".ranking", element).dataset.moved.replace(/\{(\w+)\}/g, (_, key) => words[key]);
};

const move = (element, button, answer) => {
  const [entry, by] = [button.closest(".ranking__i"), Number(button.dataset.move)];
  if (!entry) return answer(names(element));
  const order = entries(element);
  const other = order[order.indexOf(entry) + by];
  if (other) other[by < 0 ? "before" : "after"](entry);
  answer(names(element));
  tell(element, entry);
  return button.focus();
};

/** The entry follows the pointer: it stands before the first whose middle is below. */
const follow = (element, entry, event) => {
  const others = entries(element).filter((one) => one !== entry);
  const isAbove = (one) => { const box = one.getBoundingClientRect(); return event.clientY < box.top + box.height / 2; };
  const next = others.find(isAbove);
  if (next) next.before(entry);
  else others.at(-1)?.after(entry);
};

const serveDragging = (element, answer) => {
  let dragged = null;
  const list = find(".ranking__l", element);
  list.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest("[data-part=handle]");
    if (!handle || element.querySelector("button:disabled")) return;
    dragged = handle.closest(".ranking__i");
    dragged.classList.add("is-dragged");
    list.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  list.addEventListener("pointermove", (event) => { if (dragged) follow(element, dragged, event); });
  for (const end of ["pointerup", "pointercancel"]) {
    list.addEventListener(end, () => {
      if (!dragged) return;
      const entry = dragged;
      dragged = null;
      entry.classList.remove("is-dragged");
      answer(names(element));
      tell(element, entry);
    });
  }
};

export const serveRank = (element, answer) => {
  element.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    if (button) move(element, button, answer);
  });
  serveDragging(element, answer);
};
