// Signing out takes a person's visits off this tablet, so that it is refused while something would be lost with them.
import { find, make } from "./dom.js";
import { forgetStore } from "./store.js";
import { setPerson } from "./tablet.js";
import { page, say } from "./words.js";

/** What only this tablet has, by visit: [{id, title, changes, files, copied}]; `copied` = all of it is in a saved file. */
export const unsentOf = async (store) => {
  const [visits, outbox, files] = await Promise.all([store.visits(), store.outbox(), store.files()]);
  const found = visits.map(({ id, facts, copied = [] }) => {
    const { waiting = 0, refused = 0, ids = [] } = outbox.get(id) ?? {};
    const unsent = files.filter((file) => file.visit === id && !file.sent).map(({ hash }) => hash);
    const saved = new Set(copied);
    return { id, title: facts?.unit_title ?? id, changes: waiting + refused, files: unsent.length, copied: [...ids, ...unsent].every((one) => saved.has(one)) };
  });
  return found.filter(({ changes, files: count }) => changes + count > 0);
};

const row = ({ id, title, changes, files, copied }) => make("li", {},
  make("p", {}, make("b", {}, title), ` · ${say("only_here", { changes, files })}`),
  copied ? make("p", { class: "is-ok" }, say("copy_saved")) : make("button", { class: "btn", type: "button", "data-action": "copy", "data-visit": id }, say("save_copy")));

const leave = async (store, person) => {
  const response = await fetch(page.urls.logout, { method: "POST", credentials: "same-origin" }).catch(() => null);
  if (!response?.ok) return false;
  store.close();
  await forgetStore(person.id);
  setPerson(null);
  location.href = page.urls.login;
  return true;
};

/** The dialog of the sign-out button. */
export const serveSignOut = (store, person) => {
  const dialog = find("#signout");
  const go = find("[data-action=leave]", dialog);
  const told = find("[data-part=told]", dialog);
  const show = async () => {
    const unsent = await unsentOf(store);
    const open = unsent.some(({ copied }) => !copied);
    told.textContent = unsent.length ? say(open ? "signout_refused" : "signout_copied") : say("signout_clear");
    find("ul", dialog).replaceChildren(...unsent.map(row));
    go.disabled = open;
  };
  const ask = async () => {
    await show();
    if (!dialog.open) dialog.showModal();
  };
  find("[data-action=signout]").addEventListener("click", ask);
  find("[data-close]", dialog).addEventListener("click", () => dialog.close());
  dialog.addEventListener("copied", show);
  go.addEventListener("click", async () => {
    await show(); // another page of this tablet may have written meanwhile
    if (!go.disabled && !(await leave(store, person))) told.textContent = say("signout_offline");
  });
  if (location.hash === "#sign-out") ask();
};
