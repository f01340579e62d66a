// A canvas one can sign on with finger, pen or mouse.

export class Pad {
  #canvas;
  #pen;
  #last = null;
  isEmpty = true;
  /** A picture to draw on, in the size of the canvas; white paper without one. */
  background = null;

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
    if (this.background) this.#pen.drawImage(this.background, 0, 0, this.#canvas.width, this.#canvas.height);
    Object.assign(this.#pen, { strokeStyle: this.background ? "#c8102e" : "#0f1f2b", lineWidth: 5, lineCap: "round", lineJoin: "round" });
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
    return new Promise((done) => this.#canvas.toBlob(done, "image/png"));
  }
}
