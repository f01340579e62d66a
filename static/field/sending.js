// Sending files by their hash, in pieces, so that a cut costs one piece and not the file. One that fails holds up no other.
import { page } from "./words.js";

const PIECE = 512 * 1024;
const LONGEST_PIECE = 120_000;

const put = async ({ person, file }, range, body) => {
  const address = `${page.urls.attachments}${file.hash}?visit=${encodeURIComponent(file.visit)}&as=${person}`;
  const headers = { "Content-Type": file.type, Accept: "application/json", ...(range ? { "Content-Range": range } : {}) };
  const signal = AbortSignal.timeout(LONGEST_PIECE);
  const response = await fetch(address, { method: "PUT", headers, body, signal, credentials: "same-origin" });
  return { status: response.status, answer: await response.json().catch(() => ({})) };
};

/** Send one file from where the server stands; gives the last status and answer. */
const sendFile = async (parcel) => {
  const { blob } = parcel.file;
  const total = blob.size;
  if (total <= PIECE) return put(parcel, null, blob);
  let step = await put(parcel, `bytes */${total}`, null);
  for (let setbacks = 0; (step.status === 202 || step.status === 409) && "received" in step.answer && setbacks < 3;) {
    const start = step.answer.received;
    const end = Math.min(start + PIECE, total);
    step = await put(parcel, `bytes ${start}-${end - 1}/${total}`, blob.slice(start, end));
    if (step.status === 409) setbacks += 1;
  }
  return step;
};

const LASTING = new Set([400, 404, 409, 413, 415, 422]);
/** What went wrong on the way and not with the file. */
const PASSING = new Set(["attachment_hash", "piece_out_of_place"]);

/** The files that the server has not seen yet. */
export const waitingFiles = async (store) => (await store.files()).filter(({ sent, refused }) => !sent && !refused);

/** Send these; gives "" or the trouble that stopped it. A file that the server refuses is noted with the reason. */
export const sendFiles = async (store, files) => {
  let trouble = "";
  for (const { visit, hash } of files) {
    const file = await store.file(visit, hash);
    try {
      const { status, answer } = await sendFile({ person: store.person, file });
      if (status === 200) await store.noteFile(visit, hash, { sent: true });
      else if (status === 401) return "signed_out";
      else if (answer.code === "other_person") return "other_person";
      else if (LASTING.has(status) && !PASSING.has(answer.code)) await store.noteFile(visit, hash, { refused: answer.message ?? String(status) });
      else trouble = "files";
    } catch (error) {
      // One that takes too long lets the others pass; without a network none would.
      if (error.name !== "TimeoutError") return "offline";
      trouble = "files";
    }
  }
  return trouble;
};
