// Photos and signatures: scaled on the tablet, named by their SHA-256, sent before the answer that names them.
import { page, say } from "./words.js";

const LONGEST_SIDE = 2_000;

const asBlob = (canvas, type, quality) => new Promise((done) => canvas.toBlob(done, type, quality));

const failing = (name) => () => { throw new Error(say(name)); };

/** A photo as JPEG of at most 2,000 px, upright, without the camera's data. */
export const scale = async (file) => {
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(failing("no_picture"));
  const factor = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(bitmap.width * factor);
  canvas.height = Math.round(bitmap.height * factor);
  canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return asBlob(canvas, "image/jpeg", 0.82);
};

export const addressOf = (hash) => `${page.urls.attachments}${hash}?visit=${encodeURIComponent(page.visit)}`;

/** Send a file; gives its hash, or throws with the server's message. */
export const send = async (blob) => {
  const bytes = await blob.arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const hash = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const headers = { "Content-Type": blob.type, Accept: "application/json" };
  const request = { method: "PUT", headers, body: blob, credentials: "same-origin" };
  const response = await fetch(addressOf(hash), request).catch(failing("no_network"));
  if (!response.ok) throw new Error((await response.json().catch(() => ({}))).message ?? "");
  return hash;
};

/** A canvas one can sign on with finger, pen or mouse. */
export class Pad {
  #canvas;
  #pen;
  #last = null;
  isEmpty = true;

  constructor(canvas) {
    this.#canvas = canvas;
    this.#pen = canvas.getContext("2d");
    this.clear();
    canvas.addEventListener("pointerdown", (event) => this.#begin(event));
    canvas.addEventListener("pointermove", (event) => this.#draw(event));
    for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => { this.#last = null; });
  }

  clear() {
    this.#pen.fillStyle = "#fff";
    this.#pen.fillRect(0, 0, this.#canvas.width, this.#canvas.height);
    Object.assign(this.#pen, { strokeStyle: "#0f1f2b", lineWidth: 5, lineCap: "round", lineJoin: "round" });
    this.isEmpty = true;
  }

  #point(event) {
    const box = this.#canvas.getBoundingClientRect();
    const factor = this.#canvas.width / box.width;
    return [(event.clientX - box.left) * factor, (event.clientY - box.top) * factor];
  }

  #begin(event) {
    this.#canvas.setPointerCapture(event.pointerId);
    this.#last = this.#point(event);
    this.#draw(event);
  }

  #draw(event) {
    if (!this.#last) return;
    const here = this.#point(event);
    this.#pen.beginPath();
    this.#pen.moveTo(...this.#last);
    this.#pen.lineTo(...here);
    this.#pen.stroke();
    this.#last = here;
    this.isEmpty = false;
    event.preventDefault();
  }

  picture() {
    return asBlob(this.#canvas, "image/png");
  }
}
