// IndexedDB as promises: a library for it would weigh as much as everything that the store itself does.

export const asked = (request) =>
  new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });

/** Resolves when a transaction is complete; rejects with its error when it was given up. */
export const finished = (transaction) =>
  new Promise((done, failed) => {
    transaction.oncomplete = () => done();
    transaction.onabort = () => failed(transaction.error ?? new DOMException("given up", "AbortError"));
  });

/** Open a database; `build(base)` makes its stores. Another page that brings a newer one is not held up. */
export const openBase = async (name, version, build) => {
  const opening = indexedDB.open(name, version);
  opening.onupgradeneeded = () => build(opening.result);
  const base = await asked(opening);
  base.onversionchange = () => base.close();
  return base;
};
