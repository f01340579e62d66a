// What the field app keeps on this tablet to start without a network: its own files, and a pack for each checklist version.
import { page } from "./words.js";

const cacheName = () => `satcanh.${page.app}`;
const OWN = "/field/files.json";

export const canInstall = () => "serviceWorker" in navigator && "caches" in window;

/** Put the app onto this tablet; gives its registration, or null where the browser cannot. */
export const install = async () => {
  if (!canInstall()) return null;
  try {
    return await navigator.serviceWorker.register(page.urls.worker, { updateViaCache: "none" });
  } catch (error) {
    console.error(error);
    return null;
  }
};

export const packAddress = ({ id, version, scope }) =>
  `${page.urls.app}pack/${encodeURIComponent(id)}/${encodeURIComponent(version)}/${scope}.json`;

const has = async (address) => Boolean(await (await caches.open(cacheName())).match(address, { ignoreVary: true }));

/** The files of a kept list that are not here, be it that the browser cleared them; null without the list itself. */
const gone = async (list) => {
  if (!canInstall() || !(await caches.has(cacheName()))) return null;
  const cache = await caches.open(cacheName());
  const kept = await cache.match(list, { ignoreVary: true });
  if (!kept) return null;
  const { files } = await kept.json();
  const here = new Set((await cache.keys()).map(({ url }) => decodeURI(new URL(url).pathname + new URL(url).search)));
  return files.filter((file) => !here.has(decodeURI(file)));
};

/** Whether everything of a checklist version is here; what is missing counts, not what was once there. */
export const hasPack = async (checklist) => (await gone(packAddress(checklist)))?.length === 0;

/** Whether the app itself is complete on this tablet and in use. */
export const isInstalled = async () =>
  (await gone(OWN))?.length === 0 && Boolean((await navigator.serviceWorker.getRegistration(page.urls.app))?.active);

export const hasPlace = async (code) => canInstall() && (await caches.has(cacheName())) && has(`${page.urls.map}${code}.svg`);

const take = async (cache, address) => {
  const response = await fetch(address, { credentials: "same-origin" });
  if (!response.ok || response.redirected) throw new Error(address);
  await cache.put(address, response);
};

/** Download a checklist version; the list itself comes last, so that it stands for all. `told(done, all)` counts. */
export const takePack = async (checklist, told = () => {}) => {
  const address = packAddress(checklist);
  const response = await fetch(address, { credentials: "same-origin" });
  if (!response.ok || response.redirected) throw new Error(address);
  const { files } = await response.clone().json();
  const cache = await caches.open(cacheName());
  for (const [index, file] of files.entries()) {
    if (!(await cache.match(file, { ignoreVary: true }))) await take(cache, file);
    told(index + 1, files.length);
  }
  await cache.put(address, response);
};

/** Fetch what is gone of the app itself. */
export const mendApp = async () => {
  for (const file of (await gone(OWN)) ?? []) await take(await caches.open(cacheName()), file);
};

export const takePlace = async (code) => take(await caches.open(cacheName()), `${page.urls.map}${code}.svg`);
