// The map: draws the units, names the one under the pointer, opens its page on a click.
import { unitAt, worldX, worldY } from "./cells.js";
import { CellLayer } from "./layer.js";
import { Painter } from "./painter.js";
import * as sources from "./sources.js";

const { L } = globalThis;
const { config } = sources;
const map = globalThis[config.map];
const root = document.documentElement;
let decimal; // made when a score is first shown: the browser loads its table of numbers for it
const inWords = (score) => {
  decimal ??= new Intl.NumberFormat(config.language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return decimal.format(score);
};

const ROOM = { paddingTopLeft: [12, 44], paddingBottomRight: [12, 12], animate: false }; // the note stands above the land

// {units: [code…], step: […], score: […], low: [0|1…]} as a Map by code.
function readValues({ units, step, score, low, fictitious }) {
  return new Map(units.map((code, n) => [
    code, { step: step[n], score: score[n], low: Boolean(low[n]), fictitious: Boolean(fictitious[n]) },
  ]));
}

const KIND = /^(xã|phường|đặc khu) /;
const bare = (name) => name.replace(KIND, "");
// "xã Hà Trung" as "Xã Hà Trung", or as "Hà Trung Commune" where the language puts the kind behind.
const titleOf = (name) => {
  const kind = config.kinds[KIND.exec(name)?.[1]];
  return kind ? `${bare(name)} ${kind}` : name[0].toUpperCase() + name.slice(1);
};
const bounds = ([x0, y0, x1, y1]) => L.latLngBounds(map.unproject([x0, y1], 0), map.unproject([x1, y0], 0));

function wholeCountry(geometry) {
  const boxes = geometry.provinces.map(({ box }) => box);
  return [0, 1].map((n) => Math.min(...boxes.map((box) => box[n])))
    .concat([2, 3].map((n) => Math.max(...boxes.map((box) => box[n]))));
}

async function showInset(geometry, colours) {
  const { drawInset } = await import("./inset.js");
  const canvas = document.createElement("canvas");
  canvas.className = "inset";
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", config.words.inset);
  map.getContainer().append(canvas);
  const words = config.archipelagos.map(({ short, latitude }) => ({ text: short, y: worldY(latitude) }));
  drawInset(canvas, geometry, config.province, colours, words);
}

function addButtons(home) {
  L.control.zoom({ position: "topright", zoomInTitle: config.words.zoomIn, zoomOutTitle: config.words.zoomOut }).addTo(map);
  const button = L.DomUtil.create("button", "home");
  button.type = "button";
  button.title = config.words.home;
  button.setAttribute("aria-label", config.words.home);
  button.textContent = "⌂";
  const control = L.control({ position: "topright" });
  control.onAdd = () => button;
  control.addTo(map);
  L.DomEvent.disableClickPropagation(button);
  button.addEventListener("click", () => map.fitBounds(home, ROOM));
}

// The name and value of the unit under the pointer; a click or tap opens its page.
function followPointer(layer, geometry) {
  const flag = L.DomUtil.create("div", "flag", map.getContainer());
  flag.hidden = true;
  const find = (event) => {
    const view = layer.view();
    const point = event.containerPoint;
    const unit = unitAt(geometry.units, view.left + point.x / view.scale, view.top + point.y / view.scale, 8 / view.scale);
    const { province } = layer.state;
    return unit && (!province || unit.province === province) ? unit : undefined;
  };
  const show = (unit, point) => {
    flag.hidden = !unit;
    map.getContainer().classList.toggle("on-unit", Boolean(unit));
    if (unit) {
      flag.replaceChildren(...flagLines(unit, layer.state));
      L.DomUtil.setPosition(flag, point);
      flag.classList.toggle("flag--left", point.x > map.getSize().x / 2);
    }
    if (layer.state.marked !== unit) {
      layer.state.marked = unit;
      layer.plan();
    }
  };
  map.on("mousemove", (event) => show(find(event), event.containerPoint));
  map.on("mouseout", () => show(undefined));
  map.on("click", (event) => {
    const unit = find(event);
    if (unit) location.assign(config.unit + unit.id);
  });
}

function flagLines(unit, state) {
  const name = document.createElement("b");
  name.textContent = titleOf(unit.name);
  const value = state.values.get(unit.id);
  const words = [value ? config.steps[state.scale][value.step] : config.words.unvisited];
  if (state.scale === "sc" && value?.score != null) words.unshift(inWords(value.score));
  if (value?.low) words.push(config.words.low);
  if (value?.fictitious) words.push(config.words.fictitious);
  const line = document.createElement("span");
  line.textContent = words.join(" · ");
  return [name, line];
}

const placesOf = (province) => config.places
  .filter(({ always }) => always || !province)
  .map(({ text, latitude, longitude }) => ({ text, x: worldX(longitude), y: worldY(latitude) }));

async function start() {
  const [geometry, values] = await Promise.all([sources.geometry, sources.values]);
  const { province } = config;
  for (const unit of geometry.units) unit.label = bare(unit.name);
  const chosen = geometry.provinces.find(({ id }) => id === province);
  // The far islands of a province are reached by moving the map.
  const home = bounds(chosen ? chosen.main : wholeCountry(geometry));
  map.fitBounds(home, ROOM);
  const state = {
    values: readValues(values), scale: values.scale, province, bars: config.bars,
    places: placesOf(province), marked: undefined,
  };
  const layer = new CellLayer((canvas) => new Painter(canvas, geometry), state).addTo(map);
  addButtons(home);
  followPointer(layer, geometry);
  if (chosen) showInset(geometry, layer.painter.colours);
  requestAnimationFrame(() => {
    performance.mark("ready");
    root.dataset.ready = "1";
  });
  document.fonts.ready.then(() => layer.plan());
  new MutationObserver(() => {
    layer.painter.readColours();
    layer.plan();
  }).observe(root, { attributeFilter: ["data-sun"] });
}

start().catch((error) => {
  const notice = L.DomUtil.create("p", "failed", map.getContainer());
  notice.setAttribute("role", "alert");
  notice.textContent = config.words.failed;
  console.error(error);
});
