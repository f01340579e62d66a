// What is wrong with sheets of the minutes: text beyond its room, headings and signatures alone, words lost or doubled.
const least = 0.6; // CSS pixels

const wordsOf = (root) => {
  const copy = root.cloneNode(true);
  copy.querySelectorAll("table.is-continued > thead, .pages").forEach((part) => part.remove());
  return copy.textContent;
};

const textOf = (node) => (typeof node === "string" ? node : node[1].class === "pages" ? "" : node.slice(2).map(textOf).join(""));

const isTorn = (part) => part && [...part.querySelectorAll("p:not(.lead), li")].some((one) => one.getBoundingClientRect().height < 30 && /is-open|is-continued/.test(one.className));

const faultsOf = (body, number, all) => {
  const { bottom } = body.getBoundingClientRect();
  const [first, last] = [body.firstElementChild, body.lastElementChild];
  const found = [];
  if (!last) return ["empty"];
  if ([...body.querySelectorAll("*")].some((part) => part.getBoundingClientRect().bottom > bottom + least)) found.push("beyond the margin");
  if (last.matches("h1, h2, h3, .lead")) found.push("a heading at the foot");
  if (number && first.matches(".end:not(.is-continued)")) found.push("signatures without what they are under");
  if (isTorn(body)) found.push("a single line");
  if (first.matches("table.is-continued") && !first.tHead) found.push("a table without its head");
  if (number === all && !body.querySelector(".end")) found.push("no end");
  return found;
};

/** Lay `content` out in the page; gives {sheets, told, faults}: how many there are, what the paper says, and what is wrong. */
globalThis.layOut = (content) => {
  const root = document.querySelector(".a4s");
  const sheets = globalThis.paper.renderPaper(root, { ...content, count: (pages) => String(pages).padStart(2, "0") });
  root.classList.add("is-measured");
  const bodies = [...root.querySelectorAll(".a4__b")];
  const faults = bodies.flatMap((body, number) => faultsOf(body, number, bodies.length - 1).map((fault) => `${number + 1}: ${fault}`));
  root.classList.remove("is-measured");
  // In a row that two sheets share, the cells go on side by side.
  const letters = (text) => [...text.replace(/\s+/g, "")].sort().join("");
  if (letters(bodies.map(wordsOf).join("")) !== letters(content.blocks.map(textOf).join(""))) faults.push("other words");
  return { sheets, told: root.querySelector(".pages").textContent, faults, texts: bodies.map((body) => body.textContent) };
};

/** The faults of two blocks and an end below something of this height in CSS pixels. */
globalThis.layOutBelow = (height, block) => {
  const above = ["div", { style: `height: ${height}px` }];
  const { faults } = globalThis.layOut({ language: "vi", blocks: [above, block, block, ["div", { class: "end" }, ["p", {}, ["span", { class: "pages" }]]]] });
  return faults.map((fault) => `${height}: ${fault}`);
};

/** What the drawing at an address is in ink: its size, how opaque each point is, and the colour of the darkest. */
globalThis.inkOf = async ([address, ink]) => {
  const image = new Image();
  image.src = await globalThis.ink.inked(address, ink);
  await image.decode();
  const [width, height] = [image.naturalWidth, image.naturalHeight];
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const pen = canvas.getContext("2d");
  pen.drawImage(image, 0, 0);
  const { data } = pen.getImageData(0, 0, width, height);
  const alpha = [...data].filter((_, at) => at % 4 === 3);
  const darkest = alpha.indexOf(Math.max(...alpha));
  return { size: [width, height], alpha, colour: [...data.slice(4 * darkest, 4 * darkest + 3)] };
};
