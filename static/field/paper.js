// Lays the minutes out on sheets of A4 in the page: what `compose` made goes in, sheets that print one to one come out.
import { SLACK, cut, keepsWithNext, takeLast } from "./paper_cut.js";

const MM = 96 / 25.4; // in CSS pixels
const [LEFT, RIGHT] = [25, 15]; // mm of the margins that a narrow screen leaves out
const NARROW = 600;
const DRAWING = "http://www.w3.org/2000/svg";
const FACES = ["14pt Tinos", "bold 14pt Tinos", "italic 14pt Tinos", "italic bold 14pt Tinos"];

/** Resolves once the fonts of the document are there, or cannot be had: lines break elsewhere without them. */
export const paperFonts = () => Promise.allSettled(FACES.map((face) => document.fonts.load(face)));

const laid = new WeakMap(); // what each root shows, as JSON

const element = (node) => {
  if (typeof node === "string") return document.createTextNode(node);
  const [tag, attributes, ...children] = node;
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children.map(element));
  return made;
};

const drawn = (name, attributes, ...children) => {
  const made = document.createElementNS(DRAWING, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

/** The word across the sheet, light enough to read through. */
const watermark = (words) => drawn("svg", { class: "a4__m", viewBox: "0 0 595 842", "aria-hidden": "true" },
  drawn("text", { x: 297, y: 450, transform: "rotate(-52 297 421)", "font-size": 118, "letter-spacing": 14, "text-anchor": "middle" }, words));

const line = (name, words) => (words ? [element(["p", { class: `a4__${name}` }, words])] : []);

/** A new sheet at the end; gives the place of its text. */
const addSheet = (root, { mark, foot, corner }) => {
  const number = root.children.length + 1;
  const body = element(["div", { class: "a4__b" }]);
  const sheet = element(["div", { class: "a4" }]);
  sheet.append(...(mark ? [watermark(mark)] : []), ...line("n", number > 1 ? String(number) : ""), ...line("c", corner), body, ...line("f", foot));
  const frame = element(["div", { class: "a4w" }]);
  frame.append(sheet);
  root.append(frame);
  return body;
};

const bottomOf = (part) => part.getBoundingClientRect().bottom;

/** Headings go with what follows them, and something goes with the signatures; a sheet never stays empty. */
const takeBack = (body, waiting) => {
  if (waiting[0]?.matches(".end:not(.is-continued)")) {
    const along = takeLast(body.lastElementChild) ?? (body.children.length > 1 ? body.lastElementChild : null);
    along?.remove();
    if (along) waiting.unshift(along);
  }
  while (body.children.length > 1 && keepsWithNext(body.lastElementChild)) {
    waiting.unshift(body.lastElementChild);
    body.lastElementChild.remove();
  }
};

const fillSheet = (body, waiting) => {
  const limit = bottomOf(body);
  while (waiting.length) {
    const block = waiting.shift();
    body.append(block);
    if (bottomOf(block) <= limit + SLACK) continue;
    const isAlone = [...body.children].slice(0, -1).every(keepsWithNext);
    const rest = cut(block, limit, isAlone);
    if (rest) waiting.unshift(rest);
    else if (body.children.length > 1) {
      block.remove();
      waiting.unshift(block);
    }
    return takeBack(body, waiting);
  }
  return null;
};

const tell = (root, count) => {
  for (const place of root.querySelectorAll(".pages")) place.textContent = count(root.children.length);
};

const layOut = (root, content, pages) => {
  root.replaceChildren();
  const waiting = content.blocks.map(element);
  for (const block of waiting) for (const place of block.querySelectorAll(".pages")) place.textContent = content.count(pages);
  while (waiting.length) fillSheet(addSheet(root, content), waiting);
  tell(root, content.count);
};

/** Whether the sentence that tells the number of sheets still fits on its own, with the right number in it. */
const fits = (root) => [...root.querySelectorAll(".a4__b")].every((body) => bottomOf(body.lastElementChild) <= bottomOf(body) + SLACK);

/** Fit the sheets to the width of the screen, `zoom` times as large; on a narrow one less of their margins is shown. */
export const fitPaper = (root, zoom = 1) => {
  const room = root.clientWidth - 2;
  const [left, right] = room < NARROW ? [LEFT, RIGHT] : [0, 0];
  const values = { "--cut": `${left + right}mm`, "--cut-left": `${left}mm`, "--k": String(Math.min(room / ((210 - left - right) * MM), 1) * zoom) };
  for (const [name, value] of Object.entries(values)) root.style.setProperty(name, value);
};

/**
 * Show the minutes in `root` as sheets; gives their number. `content` is what `compose` of minutes.js returned; call it
 * again when the log has changed, what is there already is left alone. Wait for `paperFonts()` before, and call
 * `fitPaper(root)` when the width changes.
 *
 * The sentence that tells the number of sheets may itself grow with it: then all is laid out once more.
 */
export const renderPaper = (root, content) => {
  const key = JSON.stringify(content);
  if (laid.get(root) === key) return root.children.length;
  laid.set(root, key);
  root.lang = content.language;
  root.style.minHeight = `${root.offsetHeight}px`; // whoever reads further down stays there
  root.classList.add("is-measured");
  layOut(root, content, root.children.length || 1);
  if (!fits(root)) layOut(root, content, root.children.length);
  root.classList.remove("is-measured");
  root.style.minHeight = "";
  return root.children.length;
};
