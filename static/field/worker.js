// The service worker of the field app: its pages and files from this tablet, the network only for what is not here.
// The server writes APP = {version, files} above this text; each version has a cache of its own.

const BEGINNING = "satcanh.";
const CACHE = BEGINNING + APP.version;
const LIST = "/field/files.json";
const PACK = /^\/field\/\w+\/pack\//;
const PLACE = /^\/field\/map\//;

/** Fetch a file and keep it; a redirect is the sign-in page in its place. */
const take = async (cache, address) => {
  const response = await fetch(address, { credentials: "same-origin" });
  if (!response.ok || response.redirected) throw Object.assign(new Error(address), { status: response.status });
  await cache.put(address, response);
};

/** What a tablet had downloaded comes along into the new version, made anew by the server. */
const bringPack = async (cache, address) => {
  try {
    const list = await fetch(address, { credentials: "same-origin" });
    if (list.status === 404) return;
    const { files } = await list.json();
    for (const file of files) await take(cache, file);
    await take(cache, address);
  } catch (error) {
    if (error.status !== 404) throw error;
  }
};

const bringAlong = async (cache, name) => {
  const old = await caches.open(name);
  for (const { url } of await old.keys()) {
    const { pathname } = new URL(url);
    if (PACK.test(pathname)) await bringPack(cache, pathname);
    else if (PLACE.test(pathname)) await cache.put(pathname, await old.match(pathname));
  }
};

const ours = async () => (await caches.keys()).filter((name) => name.startsWith(BEGINNING) && name !== CACHE);

/** All or nothing: the version before stays in use until this one is complete. */
const install = async () => {
  const cache = await caches.open(CACHE);
  try {
    for (const file of APP.files) await take(cache, file);
    await cache.put(LIST, Response.json({ files: APP.files }));
    for (const name of await ours()) await bringAlong(cache, name);
  } catch (error) {
    await caches.delete(CACHE);
    throw error;
  }
};

const answer = async (request, { pathname, search }) => {
  const isPage = request.mode === "navigate";
  const cache = await caches.open(CACHE);
  const kept = await cache.match(isPage ? pathname : pathname + search, { ignoreSearch: isPage, ignoreVary: true });
  if (kept) return kept;
  try {
    return await fetch(request);
  } catch (error) {
    if (!isPage) throw error;
    const [, , language] = pathname.split("/");
    return Response.redirect(`/field/${["vi", "en"].includes(language) ? language : "vi"}/#not-downloaded`);
  }
};

self.addEventListener("install", (event) => event.waitUntil(install()));

self.addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await ours()) await caches.delete(name);
  await self.clients.claim();
})()));

/** A page asks for the pack of its own checklist; one that is here already is not fetched again. */
const keep = async (address) => {
  const cache = await caches.open(CACHE);
  if (PACK.test(address) && !(await cache.match(address))) await bringPack(cache, address);
};

self.addEventListener("message", (event) => {
  if (event.data === "take over") self.skipWaiting();
  else if (event.data?.keep) event.waitUntil(keep(event.data.keep));
});

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== self.location.origin || address.pathname.startsWith("/api/")) return;
  event.respondWith(answer(event.request, address));
});
