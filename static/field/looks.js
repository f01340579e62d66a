// Controls that only some appearances ask for: a drop-down to search in, and a day typed without a calendar.
import { all, find, part, setText } from "./dom.js";
import { say } from "./words.js";

const checked = (box) => all(".drop__l input:checked", box);

const chosenWords = (box) =>
  checked(box).map((input) => find("[data-label]", input.closest("[data-choice]")).textContent.trim()).join(", ");

const showDrop = (box, value) => {
  const names = [value ?? []].flat();
  for (const input of all(".drop__l input", box)) input.checked = names.includes(input.value);
  const chosen = part(box, "chosen");
  setText(chosen, chosenWords(box) || chosen.dataset.none);
};

const readDrop = (box) => {
  const names = checked(box).map((input) => input.value);
  if (find("input[type=checkbox]", box)) return { value: names.length ? names : null };
  return { value: names[0] ?? null };
};

const two = (text) => text.padStart(2, "0");

/** "5/3/2026", "5.3.2026" or "2026-03-05" as "2026-03-05"; the parts of a day that there is. */
const readDay = (box) => {
  const text = find("input", box).value.trim();
  if (text === "") return { value: null };
  const spoken = text.match(/^(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})$/);
  const value = spoken ? `${spoken[3]}-${two(spoken[2])}-${two(spoken[1])}` : text;
  const moment = new Date(`${value}T00:00:00Z`);
  const isDay = /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(value);
  return isDay ? { value } : { wrong: say("a_date") };
};

const showDay = (box, value) => {
  find("input", box).value = value ? value.split("-").reverse().join("/") : "";
};

export const controls = {
  drop: { read: readDrop, show: showDrop },
  day: { read: readDay, show: showDay, typed: true },
};

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();

/** Leave what holds every word that was typed, with or without accents. */
const search = (box, typed) => {
  const words = plain(typed).split(/\s+/).filter(Boolean);
  let found = 0;
  for (const option of all("[data-choice]", box)) {
    const fits = words.every((word) => plain(option.textContent).includes(word));
    option.classList.toggle("is-out", !fits);
    found += fits && !option.hidden ? 1 : 0;
  }
  const nothing = part(box, "nothing");
  setText(nothing, found ? "" : nothing.dataset.words);
};

const close = (box) => {
  box.open = false;
  const field = find("input[type=search]", box);
  if (field) field.value = "";
  search(box, "");
  find("summary", box).focus();
};

/** Searching in drop-downs, and closing one when its only answer is chosen or with the key Escape. */
export const serve = (sheet) => {
  sheet.addEventListener("input", ({ target }) => {
    if (target.matches(".drop input[type=search]")) search(target.closest(".drop"), target.value);
  });
  sheet.addEventListener("click", ({ target, detail }) => {
    if (detail && target.matches(".drop__l input[type=radio]")) close(target.closest(".drop"));
  });
  sheet.addEventListener("keydown", (event) => {
    const box = event.target.closest(".drop[open]");
    if (!box || !["Escape", "Enter"].includes(event.key) || event.target.matches("summary")) return;
    event.preventDefault();
    close(box);
  });
  sheet.addEventListener("toggle", ({ target }) => {
    if (target.matches(".drop[open]")) find("input[type=search]", target)?.focus();
  }, true);
};
