// Draws units, borders, names and hatching on a canvas; knows shapes and colours, not where the values come from.
import { inPixels, isSame, paintRuns, Pixels } from "./pixels.js";

const style = getComputedStyle(document.documentElement);

const NAMES = ["ink", "ink-2", "paper", "page", "sea", "line", "control", "cham",
  "lv0", "lv1", "lv2", "lv3", "lv4", "sc1", "sc2", "sc3", "sc4", "sc5", "wn1", "wn2", "wn3", "wn4", "wn5",
  "df1", "df2", "df3", "df4", "df5", "yn1", "yn2", "heat", "dots", "hatch-dark", "hatch-light"];

// Colours of the style sheet as the canvas understands them, with variables and mixtures worked out; all samples
// stand in the page together, because each change would make the browser work the styles out again.
function colours() {
  const box = document.createElement("div");
  box.append(...NAMES.map((name) => Object.assign(document.createElement("i"), { className: `c c--${name}` })));
  document.body.append(box);
  const found = [...box.children].map((sample) => getComputedStyle(sample).color);
  box.remove();
  return Object.fromEntries(NAMES.map((name, n) => [name, found[n]]));
}

// Both are drawn by the browser and read once, as numbers of four bytes for the pixels of the picture.
const sample = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
const read = (width, height) => new Uint32Array(sample.getImageData(0, 0, width, height).data.buffer);

// Numbers of colours by name.
function numbersOf(found) {
  sample.canvas.width = NAMES.length;
  NAMES.forEach((name, n) => {
    sample.fillStyle = found[name];
    sample.fillRect(n, 0, 1, 1);
  });
  const numbers = read(NAMES.length, 1);
  return Object.fromEntries(NAMES.map((name, n) => [name, numbers[n]]));
}

// A tile of a ground with something on it.
function tileOf(side, ground, draw) {
  sample.canvas.width = sample.canvas.height = side;
  sample.fillStyle = ground;
  sample.fillRect(0, 0, side, side);
  draw(sample);
  return { side, pixels: read(side, side) };
}

// Weak evidence: lines on the colour of the step.
const hatching = (ground, ink) => tileOf(7, ground, (pen) => {
  pen.strokeStyle = ink;
  pen.lineWidth = 1.2;
  pen.beginPath();
  for (const shift of [-7, 0, 7]) {
    pen.moveTo(shift - 1, 8);
    pen.lineTo(shift + 8, -1);
  }
  pen.stroke();
});

// Land that was not visited: sparse dots, which no step has.
const dotting = (ground, ink) => tileOf(8, ground, (pen) => {
  pen.fillStyle = ink;
  pen.fillRect(1, 1, 1.4, 1.4);
  pen.fillRect(5, 5, 1.4, 1.4);
});

export class Painter {
  constructor(canvas, geometry) {
    this.canvas = canvas;
    this.pen = canvas.getContext("2d");
    this.geometry = geometry;
    this.readColours();
  }

  // Again when the sun mode changes.
  readColours() {
    this.colours = colours();
    this.inks = numbersOf(this.colours);
    this.dots = dotting(this.colours.lv0, this.colours.dots);
    this.hatched = new Map(); // by the name of the colour, made when first needed
  }

  // view: {width, height, ratio, scale, left, top}, the last three in pixels and pixels of zoom 0.
  draw(view, state) {
    const { pen } = this;
    this.fit(view);
    this.paintUnits(view, state);
    const seen = this.geometry.units.filter((unit) => inView(unit.box, view));
    this.toWorld(view);
    if (state.weights) this.heat(view, state);
    this.borders(view, state);
    this.toScreen(view);
    this.islets(seen, view, state);
    if (state.provinces) this.shares(view, state);
    else if (state.weights) this.points(seen, view, state);
    else {
      this.clocks(seen, view, state);
      if (state.bars) this.bars(seen, view, state);
    }
    this.names(state.provinces ? [] : seen, view, state);
    if (state.marked) this.outline(state.marked, view);
  }

  // Whether the canvas holds that already.
  shows(view, state) {
    return this.shown?.state === state && isSame(inPixels(view), this.shown.view);
  }

  // A canvas that changes its size is emptied and made anew, so only when it does.
  fit({ width, height, ratio }) {
    const { canvas } = this;
    const { columns, rows } = inPixels({ width, height, ratio });
    if (canvas.width === columns && canvas.height === rows) return;
    canvas.width = columns;
    canvas.height = rows;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }

  toWorld({ ratio, scale, left, top }) {
    this.pen.setTransform(ratio * scale, 0, 0, ratio * scale, -left * scale * ratio, -top * scale * ratio);
  }

  toScreen({ ratio }) {
    this.pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  // Sea and land, each pixel once.
  paintUnits(view, state) {
    const { canvas: { width, height }, geometry } = this;
    this.shown = { view: inPixels(view), state };
    if (this.picture?.width !== width || this.picture.height !== height) this.picture = new ImageData(width, height);
    const numbers = new Uint32Array(this.picture.data.buffer);
    numbers.fill(this.inks.sea);
    geometry.pixels ??= new Pixels(geometry);
    paintRuns(numbers, width, geometry.pixels.runsAt(this.shown.view), geometry.units.map((unit) => this.inkOf(unit, state)));
    this.pen.putImageData(this.picture, 0, 0);
  }

  inkOf(unit, state) {
    if (state.province && unit.province !== state.province) return this.inks.page;
    const value = state.provinces ? state.provinces.get(unit.province) : state.values.get(unit.id);
    if (!value) return this.dots;
    if (state.weights) return this.inks.page;
    const name = value.step ? `${state.ramp}${value.step}` : "lv0";
    return value.low && value.step && !state.provinces ? this.hatchedInk(name) : this.inks[name];
  }

  hatchedInk(name) {
    if (!this.hatched.has(name)) {
      this.hatched.set(name, hatching(this.colours[name], this.colours[isDark(name) ? "hatch-light" : "hatch-dark"]));
    }
    return this.hatched.get(name);
  }

  // On the land only: what lies beyond a border was not asked about.
  heat(view, state) {
    const { pen, colours, geometry } = this;
    const units = geometry.units.filter((unit) => state.weights.has(unit.id));
    const points = units.map((unit) => [...unit.middle, state.weights.get(unit.id)]);
    const { canvas, cell } = state.heatImage(points, view, colours.heat);
    pen.save();
    this.traceUnits(geometry.provinces.filter(({ id }) => !state.province || id === state.province));
    pen.clip();
    this.toScreen(view);
    pen.drawImage(canvas, -cell / 2, -cell / 2, canvas.width * cell, canvas.height * cell);
    pen.restore();
  }

  // The units that the heat is summed up from.
  points(units, view, state) {
    const { pen, colours } = this;
    pen.fillStyle = colours.ink;
    for (const unit of units) {
      if (!state.weights.has(unit.id) || this.fillName(unit, state) === "page") continue;
      pen.beginPath();
      const size = view.scale > 60 ? 1 : 0.4; // the whole country leaves no room for large dots
      pen.arc(...onScreen(unit.middle, view), size * (1 + 2 * state.weights.get(unit.id)), 0, 7);
      pen.fill();
    }
  }

  // How much of a province was visited, where there is room for it.
  shares(view, state) {
    const { pen, colours } = this;
    this.lettering(600, 11);
    for (const province of this.geometry.provinces) {
      const value = state.provinces.get(province.id);
      const text = value ? `${value.visited}/${value.all}` : "0";
      if (pen.measureText(text).width + 6 > widthOf(province, view)) continue;
      pen.strokeStyle = colours.paper;
      this.write(text, ...onScreen(province.middle, view));
    }
  }

  traceUnits(units) {
    this.pen.beginPath();
    for (const unit of units) {
      for (const ring of unit.rings) {
        trace(this.pen, ring, 0, ring.length);
        this.pen.closePath();
      }
    }
  }

  // In steps from the corner of the arcs, as their points are.
  strokeArcs(numbers) {
    const { pen, geometry: { arcs } } = this;
    pen.save();
    pen.translate(arcs.left, arcs.top);
    pen.scale(1 / arcs.steps, 1 / arcs.steps);
    pen.lineWidth *= arcs.steps;
    pen.beginPath();
    for (const number of numbers) trace(pen, arcs.points, arcs.startOf(number), arcs.ends[number]);
    pen.stroke();
    pen.restore();
  }

  fillName(unit, state) {
    if (state.province && unit.province !== state.province) return "page";
    const value = state.provinces ? state.provinces.get(unit.province) : state.values.get(unit.id);
    return value?.step ? `${state.ramp}${value.step}` : "lv0";
  }

  borders(view, state) {
    const { pen, colours, geometry } = this;
    pen.lineJoin = "round";
    const inside = geometry.units.filter((unit) => unit.province === state.province);
    if (view.scale > 60) {
      pen.strokeStyle = colours["ink-2"];
      pen.lineWidth = Math.min(1, view.scale / 120) / view.scale;
      if (state.province) this.strokeUnits(inside);
      else this.strokeArcs(geometry.arcs.ends.keys());
    }
    pen.strokeStyle = state.province ? colours.control : colours.ink;
    pen.lineWidth = (view.scale > 60 ? 1.5 : 0.8) / view.scale;
    this.strokeArcs(geometry.provinceArcs);
    pen.strokeStyle = colours.ink;
    pen.lineWidth = 2 / view.scale;
    this.strokeUnits(geometry.provinces.filter(({ id }) => id === state.province));
  }

  strokeUnits(units) {
    this.traceUnits(units);
    this.pen.stroke();
  }

  // Islands that would be smaller than a dot are drawn as one.
  islets(units, view, state) {
    const { pen, colours } = this;
    pen.lineWidth = 1;
    pen.strokeStyle = colours.ink;
    for (const unit of units) {
      for (const box of unit.islands) {
        if ((box[2] - box[0]) * view.scale > 5) continue;
        const [x, y] = onScreen([(box[0] + box[2]) / 2, (box[1] + box[3]) / 2], view);
        pen.beginPath();
        pen.arc(x, y, 2.5, 0, 7);
        pen.fillStyle = colours[state.weights?.has(unit.id) ? "page" : this.fillName(unit, state)];
        pen.fill();
        pen.stroke();
      }
    }
  }

  // Visited, but without enough data to conclude: a clock where there is room.
  clocks(units, view, state) {
    const { pen, colours } = this;
    pen.strokeStyle = colours["ink-2"];
    pen.lineWidth = 1.25;
    for (const unit of units) {
      if (state.values.get(unit.id)?.step !== 0 || this.fillName(unit, state) === "page" || widthOf(unit, view) < 14) continue;
      const [x, y] = onScreen(unit.middle, view);
      pen.beginPath();
      pen.arc(x, y, 4.5, 0, 7);
      pen.moveTo(x, y - 2.5);
      pen.lineTo(x, y);
      pen.lineTo(x + 2, y + 1);
      pen.stroke();
    }
  }

  bars(units, view, state) {
    const { pen, colours } = this;
    for (const unit of units) {
      const step = state.values.get(unit.id)?.step;
      const name = this.fillName(unit, state);
      if (!step || state.ramp !== "lv" || name === "page" || widthOf(unit, view) < 26) continue;
      const [x, y] = onScreen(unit.middle, view);
      pen.fillStyle = pen.strokeStyle = isDark(name) ? colours.paper : colours.ink;
      pen.lineWidth = 0.75;
      for (let n = 0; n < 4; n += 1) {
        const bar = [x - 7 + n * 4, y + 4, 2.5, -(3 + n * 2.5)];
        if (n < step) pen.fillRect(...bar);
        else pen.strokeRect(...bar);
      }
    }
  }

  lettering(weight, size) {
    const { pen, colours } = this;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.lineJoin = "round";
    pen.strokeStyle = colours.paper;
    pen.lineWidth = 3;
    pen.fillStyle = colours.ink;
    pen.font = `${weight} ${size}px ${style.getPropertyValue("--font-ui")}`;
  }

  names(units, view, state) {
    const { pen } = this;
    this.lettering(600, 12);
    for (const { text, x, y } of state.places) this.write(text, (x - view.left) * view.scale, (y - view.top) * view.scale);
    if (view.scale < 150 || !units.length) return;
    this.lettering(600, 11);
    const written = [];
    for (const unit of units) {
      if (this.fillName(unit, state) === "page") continue;
      const [x, y] = onScreen(unit.middle, view);
      const half = pen.measureText(unit.label).width / 2;
      const free = written.every(([left, top, width]) => Math.abs(left - x) > width + half || Math.abs(top - y) > 13);
      if (2 * half + 8 > widthOf(unit, view) || !free) continue;
      this.write(unit.label, x, y + (state.bars ? 13 : 0));
      written.push([x, y, half]);
    }
  }

  write(text, x, y) {
    this.pen.strokeText(text, x, y);
    this.pen.fillText(text, x, y);
  }

  outline(unit, view) {
    this.toWorld(view);
    this.pen.strokeStyle = this.colours.ink;
    this.pen.lineWidth = 3.5 / view.scale;
    this.strokeUnits([unit]);
  }
}

function trace(pen, points, start, end) {
  pen.moveTo(points[start], points[start + 1]);
  for (let n = start + 2; n < end; n += 2) pen.lineTo(points[n], points[n + 1]);
}

const DARK = new Set(["lv1", "lv4", "sc4", "sc5", "wn4", "wn5", "df1", "df5", "yn1"]);
const isDark = (name) => DARK.has(name);
const widthOf = (unit, view) => (unit.main[2] - unit.main[0]) * view.scale;
const onScreen = ([x, y], view) => [(x - view.left) * view.scale, (y - view.top) * view.scale];
const inView = (box, { left, top, width, height, scale }) =>
  box[2] >= left && box[0] <= left + width / scale && box[3] >= top && box[1] <= top + height / scale;
