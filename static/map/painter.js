// Draws units, borders, names and hatching on a canvas; knows shapes and colours, not where the values come from.
const style = getComputedStyle(document.documentElement);

// A colour of the style sheet as the canvas understands it, with variables and mixtures worked out.
function colour(name) {
  const sample = document.createElement("i");
  sample.className = `c c--${name}`;
  document.body.append(sample);
  const found = getComputedStyle(sample).color;
  sample.remove();
  return found;
}

const NAMES = ["ink", "ink-2", "paper", "page", "sea", "line", "control", "cham",
  "lv0", "lv1", "lv2", "lv3", "lv4", "sc1", "sc2", "sc3", "sc4", "sc5", "hatch-dark", "hatch-light"];

function hatching(ink) {
  const tile = document.createElement("canvas");
  tile.width = tile.height = 7;
  const pen = tile.getContext("2d");
  pen.strokeStyle = ink;
  pen.lineWidth = 1.6;
  pen.beginPath();
  for (const shift of [-7, 0, 7]) {
    pen.moveTo(shift - 1, 8);
    pen.lineTo(shift + 8, -1);
  }
  pen.stroke();
  return tile;
}

export class Painter {
  constructor(canvas, geometry) {
    this.pen = canvas.getContext("2d");
    this.geometry = geometry;
    this.readColours();
  }

  // Again when the sun mode changes.
  readColours() {
    this.colours = Object.fromEntries(NAMES.map((name) => [name, colour(name)]));
    this.hatches = { dark: hatching(this.colours["hatch-dark"]), light: hatching(this.colours["hatch-light"]) };
  }

  // view: {width, height, ratio, scale, left, top}, the last three in pixels and pixels of zoom 0.
  draw(view, state) {
    const { pen, colours } = this;
    pen.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
    pen.fillStyle = colours.sea;
    pen.fillRect(0, 0, view.width, view.height);
    const seen = this.geometry.units.filter((unit) => inView(unit.box, view));
    this.toWorld(view);
    this.fill(seen, state);
    this.borders(view, state);
    this.toScreen(view);
    this.islets(seen, view, state);
    if (state.bars) this.bars(seen, view, state);
    this.names(seen, view, state);
    if (state.marked) this.outline(state.marked, view);
  }

  toWorld({ ratio, scale, left, top }) {
    this.pen.setTransform(ratio * scale, 0, 0, ratio * scale, -left * scale * ratio, -top * scale * ratio);
  }

  toScreen({ ratio }) {
    this.pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  // One path for each colour: filling a thousand cells at once costs little more than filling one.
  fill(units, state) {
    const groups = new Map();
    const low = { dark: new Path2D(), light: new Path2D() };
    for (const unit of units) {
      const name = this.fillName(unit, state);
      if (!groups.has(name)) groups.set(name, new Path2D());
      groups.get(name).addPath(unit.path);
      const value = state.values.get(unit.id);
      if (value?.low && name !== "page") low[isDark(name) ? "light" : "dark"].addPath(unit.path);
    }
    for (const [name, path] of groups) {
      this.pen.fillStyle = this.colours[name];
      this.pen.fill(path);
    }
    this.hatch(low);
  }

  fillName(unit, state) {
    if (state.province && unit.province !== state.province) return "page";
    const value = state.values.get(unit.id);
    return value?.step ? `${state.scale}${value.step}` : "lv0";
  }

  hatch(low) {
    const { pen } = this;
    for (const [tone, path] of Object.entries(low)) {
      const pattern = pen.createPattern(this.hatches[tone], "repeat");
      pattern.setTransform(pen.getTransform().inverse()); // the same distance between lines at every zoom
      pen.fillStyle = pattern;
      pen.fill(path);
    }
  }

  borders(view, state) {
    const { pen, colours, geometry } = this;
    pen.lineJoin = "round";
    if (view.scale > 60) {
      pen.strokeStyle = colours["ink-2"];
      pen.lineWidth = Math.min(1, view.scale / 120) / view.scale;
      pen.stroke(geometry.unitBorders);
    }
    pen.strokeStyle = state.province ? colours.control : colours.ink;
    pen.lineWidth = (view.scale > 60 ? 1.5 : 0.8) / view.scale;
    pen.stroke(geometry.provinceBorders);
    const chosen = geometry.provinces.find((province) => province.id === state.province);
    if (!chosen) return;
    pen.strokeStyle = colours.ink;
    pen.lineWidth = 2 / view.scale;
    pen.stroke(chosen.path);
  }

  // Islands that would be smaller than a dot are drawn as one.
  islets(units, view, state) {
    const { pen, colours } = this;
    pen.lineWidth = 1;
    pen.strokeStyle = colours.ink;
    for (const unit of units) {
      for (const box of unit.boxes) {
        if ((box[2] - box[0]) * view.scale > 5) continue;
        const [x, y] = onScreen(box, view);
        pen.beginPath();
        pen.arc(x, y, 2.5, 0, 7);
        pen.fillStyle = colours[this.fillName(unit, state)];
        pen.fill();
        pen.stroke();
      }
    }
  }

  bars(units, view, state) {
    const { pen, colours } = this;
    for (const unit of units) {
      const step = state.values.get(unit.id)?.step;
      const name = this.fillName(unit, state);
      if (!step || state.scale !== "lv" || name === "page" || widthOf(unit, view) < 26) continue;
      const [x, y] = onScreen(unit.main, view);
      pen.fillStyle = pen.strokeStyle = isDark(name) ? colours.paper : colours.ink;
      pen.lineWidth = 0.75;
      for (let n = 0; n < 4; n += 1) {
        const bar = [x - 7 + n * 4, y + 5, 2.5, -(3 + n * 2.5)];
        if (n < step) pen.fillRect(...bar);
        else pen.strokeRect(...bar);
      }
    }
  }

  names(units, view, state) {
    const { pen, colours } = this;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.lineJoin = "round";
    pen.strokeStyle = colours.paper;
    pen.lineWidth = 3;
    pen.fillStyle = colours.ink;
    pen.font = `600 12px ${style.getPropertyValue("--font-ui")}`;
    for (const { text, x, y } of state.places) this.write(text, (x - view.left) * view.scale, (y - view.top) * view.scale);
    if (view.scale < 150) return;
    pen.font = `600 11px ${style.getPropertyValue("--font-ui")}`;
    for (const unit of units) {
      if (this.fillName(unit, state) === "page") continue;
      const [x, y] = onScreen(unit.main, view);
      if (pen.measureText(unit.label).width + 8 < widthOf(unit, view)) this.write(unit.label, x, y + (state.bars ? 14 : 0));
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
    this.pen.stroke(unit.path);
  }
}

const isDark = (name) => ["lv1", "lv4", "sc4", "sc5"].includes(name);
const widthOf = (unit, view) => (unit.main[2] - unit.main[0]) * view.scale;
const onScreen = (box, view) => [((box[0] + box[2]) / 2 - view.left) * view.scale, ((box[1] + box[3]) / 2 - view.top) * view.scale];
const inView = (box, { left, top, width, height, scale }) =>
  box[2] >= left && box[0] <= left + width / scale && box[3] >= top && box[1] <= top + height / scale;
