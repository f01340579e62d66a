// The buttons that save a copy. What makes the file is fetched when somebody presses one.
import { page, say } from "./words.js";

/** Buttons with data-action=copy save a copy of the visit that `here(button)` names: {store, visit, person}. */
export const serveCopy = (here) => {
  document.addEventListener("click", async ({ target }) => {
    const button = target.closest("[data-action=copy]");
    if (!button) return;
    const words = button.lastChild;
    const before = words.textContent;
    button.disabled = true;
    try {
      const { saveCopy } = await import(page.urls.later);
      await saveCopy(here(button));
      words.textContent = say("copied");
    } catch (error) {
      words.textContent = say("not_copied", { why: error.message });
    }
    button.disabled = false;
    button.dispatchEvent(new CustomEvent("copied", { bubbles: true }));
    setTimeout(() => { words.textContent = before; }, 4_000);
  });
};
