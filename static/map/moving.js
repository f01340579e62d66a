// What one does with a painted map: move it, point at a unit, open its page. Leaflet is there when this is called.
/* global L */
import { unitAt, worldY } from "./cells.js";
import { followChanges } from "./changing.js";
import { paneLayer } from "./layer.js";
import { paneAt, worldAt } from "./panes.js";

const decimals = new Map(); // made when a value is first shown: the browser loads its table of numbers for it
const inWords = (score, { digits, pattern, signed }, language) => {
  const key = `${digits} ${signed}`;
  const form = { minimumFractionDigits: digits, maximumFractionDigits: digits, signDisplay: signed ? "exceptZero" : "auto" };
  if (!decimals.has(key)) decimals.set(key, new Intl.NumberFormat(language, form));
  return pattern.replace("{n}", decimals.get(key).format(score));
};

async function showInset(map, config, geometry, colours) {
  const { drawInset } = await import("./inset.js");
  const canvas = document.createElement("canvas");
  canvas.className = "inset";
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", config.words.inset);
  map.getContainer().append(canvas);
  const words = config.archipelagos.map(({ short, latitude }) => ({ text: short, y: worldY(latitude) }));
  drawInset(canvas, geometry, config.province, colours, words);
}

function addButtons(map, words, goHome) {
  L.control.zoom({ position: "topright", zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);
  const button = L.DomUtil.create("button", "home");
  button.type = "button";
  button.title = words.home;
  button.setAttribute("aria-label", words.home);
  button.textContent = "⌂";
  const control = L.control({ position: "topright" });
  control.onAdd = () => button;
  control.addTo(map);
  L.DomEvent.disableClickPropagation(button);
  button.addEventListener("click", goHome);
}

// The name and value of the unit, or province, under the pointer; a click or tap opens its page.
function followPointer(map, config, layer, geometry) {
  const flag = L.DomUtil.create("div", "flag", map.getContainer());
  flag.hidden = true;
  const find = (point) => {
    const [view, count] = [layer.view(), layer.panes.length];
    const { state } = layer.panes[paneAt(view, count, point.x)];
    const shapes = state.provinces ? geometry.provinces : geometry.units;
    const unit = unitAt(shapes, ...worldAt(view, count, point), 8 / view.scale);
    return { state, unit: unit && (!state.province || unit.province === state.province) ? unit : undefined };
  };
  const mark = (unit) => {
    if (layer.panes[0].state.marked === unit) return;
    for (const { state } of layer.panes) state.marked = unit;
    layer.plan();
  };
  const show = ({ unit, state }, point) => {
    flag.hidden = !unit;
    map.getContainer().classList.toggle("on-unit", Boolean(unit));
    if (unit) {
      flag.replaceChildren(...flagLines(unit, state, config));
      L.DomUtil.setPosition(flag, point);
      flag.classList.toggle("flag--left", point.x > map.getSize().x / 2);
    }
    mark(unit);
  };
  map.on("mousemove", (event) => show(find(event.containerPoint), event.containerPoint));
  map.on("mouseout", () => show({}));
  map.on("click", (event) => {
    const { unit, state } = find(event.containerPoint);
    if (unit) location.assign(state.provinces ? provincePage(unit.id) : config.unit + unit.id);
  });
}

// The same view of one province.
function provincePage(code) {
  const here = new URL(location.href);
  here.searchParams.delete("shade");
  here.searchParams.set("province", code);
  return here.href;
}

// "xã Hà Trung" as "Xã Hà Trung", or as "Hà Trung Commune" where the language puts the kind behind.
function titleOf({ name, kind, label }, kinds) {
  const word = kinds[kind];
  return word ? `${label} ${word}` : name[0].toUpperCase() + name.slice(1);
}

const filled = (pattern, facts) => pattern.replace(/\{(\w+)\}/g, (_, name) => facts[name]);

function flagLines(unit, state, config) {
  const name = document.createElement("b");
  name.textContent = titleOf(unit, config.kinds);
  const line = document.createElement("span");
  const value = (state.provinces ?? state.values).get(unit.id);
  line.textContent = (value ? toldOf(value, state, config) : [config.words.unvisited])
    .concat(unit.isSchematic ? [config.words.schematic] : []).join(" · ");
  return [name, line];
}

function toldOf(value, state, { words, language }) {
  const told = [state.words[value.step]];
  if (value.score != null) {
    const number = inWords(value.score, state.provinces ? { ...state, digits: Math.max(1, state.digits) } : state, language);
    if (state.provinces) told.unshift(filled(words.mean, { n: number }));
    else if (state.ramp !== "lv" && state.ramp !== "yn") told.unshift(number);
  }
  if (value.all) told.push(filled(words.visited, { visited: value.visited, units: value.all }));
  if (value.low) told.push(words.low);
  if (value.fictitious) told.push(words.fictitious);
  return told;
}

export function makeMovable(map, config, { geometry, panes, home }) {
  const layer = paneLayer(panes);
  const goHome = () => {
    const { zoom, x, y } = home(layer.panes.length);
    map.setView(map.unproject([x, y], 0), zoom, { animate: false });
  };
  goHome();
  layer.addTo(map);
  addButtons(map, config.words, goHome);
  followPointer(map, config, layer, geometry);
  if (config.province) showInset(map, config, geometry, panes[0].painter.colours);
  document.fonts.ready.then(() => layer.plan());
  followChanges({ map, config, layer, geometry, goHome });
  new MutationObserver(() => {
    for (const { painter } of layer.panes) painter.readColours();
    layer.plan();
  }).observe(document.documentElement, { attributeFilter: ["data-sun"] });
}
