// Where a block of the paper may be divided between two sheets, and what may not stand alone at the foot of one.

const LEAST = 2; // lines of a paragraph on either side
const DUST = 1; // CSS pixels by which lines of one height may differ

/** CSS pixels by which a block may reach below its room: browsers round. */
export const SLACK = 0.5;

const isPart = (element, ...tags) => tags.includes(element.tagName);

/** How many lines a paragraph has. */
const countLines = (element) => {
  const range = document.createRange();
  range.selectNodeContents(element);
  const ends = [];
  for (const { top, bottom, height } of [...range.getClientRects()].sort((a, b) => a.top - b.top)) {
    if (height && !(top < ends.at(-1) - DUST)) ends.push(bottom);
  }
  return ends.length;
};

/** The lines of a paragraph or cell, from the top: {top, bottom} on the screen, with the room between lines. */
const linesOf = (element) => {
  const { lineHeight, paddingTop, borderTopWidth } = getComputedStyle(element);
  const [height, padding, border] = [lineHeight, paddingTop, borderTopWidth].map(Number.parseFloat);
  const start = element.getBoundingClientRect().top + padding + border;
  return Array.from({ length: countLines(element) }, (_, at) => ({ top: start + at * height, bottom: start + (at + 1) * height }));
};

const topOf = (node, at) => {
  const range = document.createRange();
  range.setStart(node, at);
  range.setEnd(node, at + 1);
  return range.getClientRects()[0]?.top ?? null;
};

/** From here the next sign that has a place: a space at the end of a line has none. */
const nextPlaced = (node, at) => {
  let next = at;
  while (next < node.data.length && topOf(node, next) === null) next += 1;
  return next;
};

/** The first sign of a text that stands at this height or below; its length when none does. */
const firstBelow = (node, top) => {
  let [low, high] = [0, node.data.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const at = nextPlaced(node, middle);
    if (at < high && topOf(node, at) < top - DUST) low = at + 1;
    else high = middle;
  }
  return nextPlaced(node, low);
};

const startOf = (element, { top }) => {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = firstBelow(node, top);
    if (at < node.data.length) return [node, at];
  }
  return null;
};

/** Take the lines from this number on out of a paragraph or cell; gives them as one of their own. */
const takeLines = (element, lines, from) => {
  const start = from < lines.length ? startOf(element, lines[from]) : null;
  if (!start) return null;
  const range = document.createRange();
  range.setStart(...start);
  range.setEnd(element, element.childNodes.length);
  const rest = element.cloneNode(false);
  rest.classList.remove("is-open");
  rest.classList.add("is-continued");
  rest.append(range.extractContents());
  element.classList.add("is-open");
  return rest;
};

const cutLines = (element, limit, least = LEAST) => {
  const lines = linesOf(element);
  const fitting = lines.filter(({ bottom }) => bottom <= limit + SLACK).length;
  const kept = Math.min(fitting, lines.length - least);
  return kept >= least ? takeLines(element, lines, kept) : null;
};

const isBelow = (limit) => (element) => element.getBoundingClientRect().bottom > limit + SLACK;

const cutList = (list, limit) => {
  const items = [...list.children];
  const at = items.findIndex(isBelow(limit));
  const rest = list.cloneNode(false);
  const tail = cutLines(items[at], limit);
  if (!tail && at === 0) return null;
  rest.append(...(tail ? [tail] : [items[at]]), ...items.slice(at + 1));
  return rest;
};

/** A table that goes on: the same head, no caption, and these rows. */
const tableOf = (table, rows) => {
  const rest = table.cloneNode(false);
  const body = document.createElement("tbody");
  rest.classList.add("is-continued");
  body.append(...rows);
  rest.append(table.tHead.cloneNode(true), body);
  return rest;
};

/** A row that is higher than a sheet: each of its cells goes on below. */
const cutRow = (row, limit) => {
  const inside = limit - 4;
  const tails = [...row.cells].map((cell) => {
    const rest = cutLines(cell, inside, 1) ?? cell.cloneNode(false);
    cell.classList.remove("is-open");
    return rest;
  });
  if (tails.every((tail) => !tail.hasChildNodes())) return null;
  const rest = row.cloneNode(false);
  rest.append(...tails);
  return rest;
};

const cutTable = (table, limit, isAlone) => {
  const rows = [...table.tBodies[0].rows];
  const at = rows.findIndex(isBelow(limit));
  const tail = isAlone && at === 0 ? cutRow(rows[0], limit) : null;
  if (at === 0 && !tail) return null;
  return tableOf(table, [...(tail ? [tail] : [rows[at]]), ...rows.slice(at + 1)]);
};

/** Signatures of more people than a sheet has room for: those below go on, the first stay with their sentence. */
const cutBlock = (block, limit, isAlone) => {
  const parts = [...block.children];
  const at = parts.findIndex(isBelow(limit));
  if (at < (isAlone ? 1 : LEAST)) return null;
  const rest = block.cloneNode(false);
  rest.classList.add("is-continued");
  rest.append(...parts.slice(at));
  return rest;
};

/**
 * Divide a block that reaches below `limit`: it keeps what fits, and the rest is returned; null when it cannot be divided
 * here. `isAlone` says that nothing but its heading stands above it on its sheet: then also what should stay together is
 * divided.
 */
export const cut = (block, limit, isAlone) => {
  if (isPart(block, "UL")) return cutList(block, limit);
  if (isPart(block, "TABLE")) return cutTable(block, limit, isAlone);
  if (isPart(block, "P") && !block.matches(".lead")) return cutLines(block, limit);
  const isTooTall = block.offsetHeight > block.parentElement.offsetHeight;
  return isPart(block, "DIV") && (isAlone || isTooTall) ? cutBlock(block, limit, isAlone) : null;
};

/** The last lines of a paragraph; null when too few would be left. */
const lastLines = (element) => {
  const lines = linesOf(element);
  return lines.length >= 2 * LEAST ? takeLines(element, lines, lines.length - LEAST) : null;
};

/** The last lines, item or row of a block, to go along with what must not stand alone; null when the block is too small. */
export const takeLast = (block) => {
  if (isPart(block, "P")) return block.matches(".lead") ? null : lastLines(block);
  if (isPart(block, "UL")) {
    const last = block.children.length > 1 ? block.lastElementChild : lastLines(block.lastElementChild);
    if (!last) return null;
    const rest = block.cloneNode(false);
    rest.append(last);
    return rest;
  }
  const rows = isPart(block, "TABLE") ? [...block.tBodies[0].rows] : [];
  return rows.length > 1 ? tableOf(block, rows.slice(-1)) : null;
};

/** Whether a block belongs to the one after it. */
export const keepsWithNext = (block) => block.matches("h1, h2, h3, .lead, .head, .rule");
