// Signatures of the minutes: what each vouches for, and whether that is still what the log says. forms.signatures agrees.
import { Log, isOfSignatures } from "./log.js";

const SIGNATURES = "/minutes/signature[";
const FIELDS = ["side", "role", "name", "position", "image", "content"];

/** All that was written for a visit, the minutes and the checklist together. */
export const wholeLog = (changes) => {
  const log = new Log(() => true);
  log.merge(changes);
  return log;
};

/** SHA-256 over the visit and the ids of all its changes that count, signatures left aside. */
export const contentDigest = async (visit, log) => {
  const questions = Object.keys(log.answers()).filter((question) => !isOfSignatures(question));
  const ids = questions.flatMap((question) => log.current(question).map(({ id }) => id)).sort();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode([visit, ...ids].join("\n"))));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};

const keysOf = (log) => [...new Set(Object.keys(log.answers()).filter(isOfSignatures).map((question) => question.slice(SIGNATURES.length).split("]")[0]))];

const signed = (log, key, digest) => {
  const place = `${SIGNATURES}${key}]`;
  const questions = [place, ...FIELDS.map((field) => `${place}/signature_${field}`)];
  const found = Object.fromEntries(FIELDS.map((field) => [field, log.value(`${place}/signature_${field}`)]));
  if (log.value(place) === false || !found.image || !found.content || questions.some((question) => log.isConflict(question))) return null;
  const { at, author } = log.current(`${place}/signature_content`)[0];
  return { key, ...found, at, author, stands: found.content === digest };
};

/** The complete signatures of a visit, the earliest first: {key, side, role, name, position, image, at, author, stands}. */
export const signaturesOf = async (visit, log) => {
  const keys = keysOf(log);
  if (!keys.length) return [];
  const digest = await contentDigest(visit, log);
  return keys.map((key) => signed(log, key, digest)).filter(Boolean).sort((a, b) => (a.at < b.at ? -1 : 1));
};

/** Whether what the log says has been signed by anybody: then it is locked. */
export const isSigned = async ({ visit, changes }) => (await signaturesOf(visit.id, wholeLog(changes))).some(({ stands }) => stands);
