// Sending what waits and receiving what others wrote: one idempotent call, repeated until it succeeds.

const BATCH = 500;
const FIRST_PAUSE = 2_000;
const LONGEST_PAUSE = 60_000;
const LISTEN_EVERY = 20_000;

export class Exchange {
  #options;
  #busy = false;
  #again = false;
  #pause = FIRST_PAUSE;
  #timer = 0;
  #batch = BATCH;
  clockOffset = 0;
  trouble = "";

  /** options: url, device, visit, cursor, outbox, received(changes, people), settled() */
  constructor(options) {
    this.#options = options;
    window.addEventListener("online", () => this.now());
    document.addEventListener("visibilitychange", () => document.hidden || this.now());
  }

  /** Exchange at once, or right after the exchange that is under way. */
  now() {
    this.#again = true;
    if (!this.#busy) this.#run();
  }

  async #run() {
    clearTimeout(this.#timer);
    this.#busy = true;
    while (this.#again) {
      this.#again = false;
      this.trouble = await this.#exchange();
      if (this.trouble) break;
    }
    this.#busy = false;
    this.#pause = this.trouble ? Math.min(this.#pause * 2, LONGEST_PAUSE) : FIRST_PAUSE;
    const wait = this.trouble ? this.#pause * (0.75 + Math.random() / 2) : LISTEN_EVERY;
    this.#timer = setTimeout(() => this.now(), wait);
    this.#options.settled();
  }

  async #exchange() {
    const { url, outbox } = this.#options;
    const waiting = outbox.waiting().slice(0, this.#batch);
    try {
      const response = await fetch(url, await this.#request(waiting));
      if (response.status === 413 && waiting.length > 1) return this.#sendLess(waiting.length);
      if (!response.ok) return response.status === 401 ? "signed_out" : "server";
      this.#take(await response.json(), waiting.length);
      return "";
    } catch {
      return "offline";
    }
  }

  /** Many long texts can be more than the server takes at once. */
  #sendLess(tried) {
    this.#batch = Math.ceil(tried / 2);
    this.#again = true;
    return "";
  }

  async #request(changes) {
    const { device, visit, cursor } = this.#options;
    const text = JSON.stringify({ device, cursor, visits: [visit], changes });
    const headers = { "Content-Type": "application/json", Accept: "application/json" };
    const answer = { method: "POST", headers, body: text, credentials: "same-origin" };
    if (text.length < 4_000 || !window.CompressionStream) return answer;
    const packed = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
    return { ...answer, headers: { ...headers, "Content-Encoding": "gzip" }, body: await new Response(packed).blob() };
  }

  #take(answer, sent) {
    const { outbox, received } = this.#options;
    this.clockOffset = Date.parse(answer.server_time) - Date.now();
    outbox.remove(answer.accepted);
    answer.refused.forEach((refusal) => outbox.refuse(refusal));
    this.#options.cursor = answer.cursor;
    if (answer.changes.length) received(answer.changes, answer.people);
    if (answer.more || sent >= this.#batch) this.#again = true;
  }
}
