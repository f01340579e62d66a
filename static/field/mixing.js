// Choices in an order that was drawn by lot.
import { all } from "./dom.js";

/** Put the choices in the page into the order of these names; nothing moves when they stand so already. */
export const mixChoices = (element, names) => {
  const options = new Map(all("[data-choice]", element).map((option) => [option.dataset.choice, option]));
  const wanted = names.map((name) => options.get(name)).filter(Boolean);
  const found = [...options.values()].filter((option) => wanted.includes(option));
  if (found.every((option, place) => option === wanted[place])) return;
  for (const option of wanted) option.parentNode.append(option);
};
