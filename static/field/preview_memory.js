// The answers of a preview: they stay with this tab from section to section and are gone when it is closed.
import { page } from "./words.js";

const name = `preview.${page.preview.key}`;
const known = JSON.parse(sessionStorage.getItem(name) ?? "[]");

export const recall = () => known;

export const remember = (change) => {
  known.push(change);
  try {
    sessionStorage.setItem(name, JSON.stringify(known));
  } catch {
    // Too much for this tab: the section that is open goes on all the same.
  }
};

export const forgetAll = () => sessionStorage.removeItem(name);
