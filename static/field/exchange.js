// When to exchange: soon after a change, on reconnect, on coming back to the page, by a timer that backs off.
import { Round } from "./round.js";
import { sendFiles, waitingFiles } from "./sending.js";
import { deviceName, noteServerTime } from "./tablet.js";
import { page, say } from "./words.js";

/** ms: what is answered within this time goes out together; all of it is on the disk already. */
const GATHER = 1_000;
const FIRST_PAUSE = 2_000;
const LONGEST_PAUSE = 120_000;
const LISTEN_EVERY = 20_000;
const LONGEST_CALL = 60_000;

/** As long as this stands no file would get through either. */
const LASTING = ["offline", "signed_out", "other_person"];

const headers = { "Content-Type": "application/json", Accept: "application/json" };

const packed = async (text) => {
  if (text.length < 4_000 || !window.CompressionStream) return { headers, body: text };
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  return { headers: { ...headers, "Content-Encoding": "gzip" }, body: await new Response(stream).blob() };
};

/** One call of the contract; status 0 when nothing came back. */
const callServer = (person) => async (body) => {
  const began = Date.now();
  try {
    const signal = AbortSignal.timeout(LONGEST_CALL);
    const response = await fetch(`${page.urls.sync}?as=${person}`, { method: "POST", signal, credentials: "same-origin", ...(await packed(JSON.stringify(body))) });
    const answer = await response.json().catch(() => null);
    if (response.ok && !answer) return { status: 0, answer: null };
    if (answer?.server_time) noteServerTime(answer.server_time, began);
    return { status: response.status, answer };
  } catch {
    return { status: 0, answer: null };
  }
};

/** Without https there are no locks; two pages may then send the same, which does no harm. */
const oneAtATime = (work) => (navigator.locks ? navigator.locks.request("satcanh.exchange", work) : work());

export class Exchange {
  #store;
  #received;
  #settled;
  #channel;
  #busy = false;
  #again = false;
  #pause = FIRST_PAUSE;
  #timer = 0;
  #gathering = 0;
  trouble = "";

  /** `received(changes, people)` is told what others wrote, `settled()` when an exchange has ended. */
  constructor({ store, received, settled }) {
    this.#store = store;
    this.#received = received;
    this.#settled = settled;
    this.#channel = new BroadcastChannel(`satcanh.${store.person}`);
    this.#channel.onmessage = ({ data }) => (data.changes ? received(data.changes, data.people) : settled());
    window.addEventListener("online", () => this.now());
    window.addEventListener("focus", () => this.now());
    document.addEventListener("visibilitychange", () => (!document.hidden || this.#gathering) && this.now());
  }

  /** What this page has just written, for the other pages of this tablet. */
  tell(changes, people = {}) {
    this.#channel.postMessage({ changes, people });
  }

  /** Exchange within a moment, with what is written until then. */
  soon() {
    this.#gathering ||= setTimeout(() => this.now(), GATHER);
  }

  /** Exchange at once, or right after the exchange that is under way. */
  now() {
    clearTimeout(this.#gathering);
    this.#gathering = 0;
    this.#again = true;
    if (!this.#busy) this.#run();
  }

  async #run() {
    clearTimeout(this.#timer);
    this.#busy = true;
    while (this.#again) {
      this.#again = false;
      // One page of this tablet at a time; the others hear of it.
      this.trouble = await oneAtATime(() => this.#exchange()).catch(() => "server");
      if (this.trouble) break;
    }
    this.#busy = false;
    this.#pause = this.trouble ? Math.min(this.#pause * 2, LONGEST_PAUSE) : FIRST_PAUSE;
    const wait = this.trouble ? this.#pause * (0.75 + Math.random() / 2) : LISTEN_EVERY;
    this.#timer = setTimeout(() => this.now(), wait);
    this.#settled();
    this.#channel.postMessage({});
  }

  /** The logs of visits that are new on this tablet. */
  fetch(visits) {
    return this.#round().fetch(visits);
  }

  #round() {
    const received = (changes, people) => {
      this.#received(changes, people);
      this.tell(changes, people);
    };
    return new Round({ store: this.#store, call: callServer(this.#store.person), device: deviceName(), received, message: say("unreadable") });
  }

  /** Answers first, then files: an answer is small and means something without its photo. */
  async #exchange() {
    const trouble = await this.#round().run();
    if (LASTING.includes(trouble)) return trouble;
    const files = await waitingFiles(this.#store);
    // What was answered is told before the files have gone, which takes its time.
    if (files.length) this.#settled();
    return (await sendFiles(this.#store, files)) || trouble;
  }
}
