// Photos, signatures, recordings and files of a visit: made small, named by their SHA-256, kept on this tablet.
import { page, say } from "./words.js";

const LONGEST_SIDE = 2_000;
const MOST_BYTES = 600_000;
const SMALL_SIDE = 320;
const LOW_ROOM = 80 * 1024 * 1024;
const LARGEST = { audio: 25 * 1024 * 1024, file: 25 * 1024 * 1024 };

let kept = null;
const shown = new Map();

/** Files go into this store; without one (for readers) they are only shown. */
export const serveFiles = (store) => { kept = store; };

const asBlob = (canvas, type, quality) => new Promise((done) => canvas.toBlob(done, type, quality));

const failing = (name) => () => { throw new Error(say(name)); };

const drawn = (bitmap, longest) => {
  const factor = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * factor));
  canvas.height = Math.max(1, Math.round(bitmap.height * factor));
  canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas;
};

/** A photo as JPEG of at most 2,000 px and 600 kB, upright, without the camera's data. */
export const scale = async (file) => {
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(failing("no_picture"));
  let side = LONGEST_SIDE;
  let blob = null;
  for (let quality = 0.85; ; quality -= 0.1) {
    if (quality < 0.5) [quality, side] = [0.75, Math.round(side * 0.8)];
    blob = await asBlob(drawn(bitmap, side), "image/jpeg", quality);
    if (blob.size < MOST_BYTES || side < 400) break;
  }
  bitmap.close();
  return blob;
};

const small = async (blob) => {
  if (!blob.type.startsWith("image/")) return null;
  const bitmap = await createImageBitmap(blob);
  const picture = await asBlob(drawn(bitmap, SMALL_SIDE), "image/jpeg", 0.7);
  bitmap.close();
  return picture;
};

const hashOf = async (blob) => {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer()));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};

/** Full photos that the server has can go when room is short; their small pictures stay. */
const makeRoom = async () => {
  for (const { visit, hash, sent, small: picture, blob } of await kept.files()) {
    if (sent && picture && blob !== picture) await kept.noteFile(visit, hash, { blob: picture });
  }
};

/** Keep a file on this tablet; gives its hash. Throws, in words, when there is no room even after making some. */
export const keep = async (blob, name = "") => {
  const kind = blob.type.split("/")[0];
  if (blob.size > (LARGEST[kind] ?? LARGEST.file)) throw new Error(say("too_large"));
  const hash = await hashOf(blob);
  const file = { visit: page.visit, hash, blob, small: await small(blob), type: blob.type || "application/octet-stream", size: blob.size, name, at: new Date().toISOString() };
  for (let again = false; ; again = true) {
    try {
      await kept.addFile(file);
      return hash;
    } catch (error) {
      if (again) throw new Error(say("no_room"), { cause: error });
      await makeRoom();
    }
  }
};

/** Bytes that are still free for this app on the tablet; null when the browser does not tell. */
export const freeRoom = async () => {
  const { quota, usage } = (await navigator.storage?.estimate?.()) ?? {};
  return quota === undefined ? null : quota - usage;
};

export const isRoomLow = async () => {
  const room = await freeRoom();
  return room !== null && room < LOW_ROOM;
};

const onServer = (hash) => `${page.urls.attachments}${hash}?visit=${encodeURIComponent(page.visit)}`;

/** {small, whole, state, refused, name}: addresses to show a file with; state "here", "sent" or "server". */
export const fileOf = async (hash) => {
  const file = await kept?.file(page.visit, hash);
  if (!file) return { small: onServer(hash), whole: onServer(hash), state: "server", refused: "", name: "", type: "" };
  if (!shown.has(hash)) shown.set(hash, { small: URL.createObjectURL(file.small ?? file.blob), whole: URL.createObjectURL(file.blob) });
  return { ...shown.get(hash), state: file.sent ? "sent" : "here", refused: file.refused ?? "", name: file.name, type: file.type };
};
