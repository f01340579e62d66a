// Signing out on an office page takes the person's visits off this tablet too; not while something is only here.
import { forgetStore, openStore } from "./field/store.js";
import { personHere, setPerson } from "./field/tablet.js";

const isOnlyHere = async (store) => {
  const [outbox, files] = await Promise.all([store.outbox(), store.files()]);
  return outbox.size > 0 || files.some(({ sent }) => !sent);
};

/** The form goes out once nothing would be lost; else the field app tells what would be, and what can be done. */
export const serveLeaving = (form) => {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const person = personHere();
    const store = person?.edits ? await openStore(person.id) : null;
    if (store && (await isOnlyHere(store))) {
      location.href = `/field/${document.documentElement.lang}/#sign-out`;
      return;
    }
    store?.close();
    if (store) await forgetStore(person.id);
    setPerson(null);
    form.submit();
  });
};
