// What the field app keeps on this tablet to start without a network: its own files, and a pack for each checklist version.
import { page } from "./words.js";

const cacheName = () => `satcanh.${page.app}`;

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

/** The app's own files are complete on this tablet: a version is only active with all of them. */
export const isInstalled = async () => canInstall() && Boolean((await navigator.serviceWorker.getRegistration(page.urls.app))?.active);

export const packAddress = ({ id, version, scope }) =>
  `${page.urls.app}pack/${encodeURIComponent(id)}/${encodeURIComponent(version)}/${scope}.json`;

const has = async (address) => Boolean(await (await caches.open(cacheName())).match(address, { ignoreVary: true }));

/** Whether everything of a checklist version is here; what is missing counts, not what was once there. */
export const hasPack = async (checklist) => {
  if (!canInstall() || !(await caches.has(cacheName()))) return false;
  const cache = await caches.open(cacheName());
  const pack = await cache.match(packAddress(checklist));
  if (!pack) return false;
  const { files } = await pack.json();
  const here = new Set((await cache.keys()).map(({ url }) => decodeURI(new URL(url).pathname + new URL(url).search)));
  return files.every((file) => here.has(decodeURI(file)));
};

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

export const takePlace = async (code) => take(await caches.open(cacheName()), `${page.urls.map}${code}.svg`);
