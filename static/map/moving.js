// What one does with a painted map: move it, point at a unit, open its page. Leaflet is there when this is called.
/* global L */
import { unitAt, worldY } from "./cells.js";
import { cellLayer } from "./layer.js";

let decimal; // made when a score is first shown: the browser loads its table of numbers for it
const inWords = (score, language) => {
  decimal ??= new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return decimal.format(score);
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

// The name and value of the unit under the pointer; a click or tap opens its page.
function followPointer(map, config, layer, geometry) {
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
      flag.replaceChildren(...flagLines(unit, layer.state, config));
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

// "xã Hà Trung" as "Xã Hà Trung", or as "Hà Trung Commune" where the language puts the kind behind.
function titleOf({ name, kind, label }, kinds) {
  const word = kinds[kind];
  return word ? `${label} ${word}` : name[0].toUpperCase() + name.slice(1);
}

function flagLines(unit, state, { kinds, steps, words, language }) {
  const name = document.createElement("b");
  name.textContent = titleOf(unit, kinds);
  const value = state.values.get(unit.id);
  const told = [value ? steps[state.scale][value.step] : words.unvisited];
  if (state.scale === "sc" && value?.score != null) told.unshift(inWords(value.score, language));
  if (value?.low) told.push(words.low);
  if (value?.fictitious) told.push(words.fictitious);
  if (unit.isSchematic) told.push(words.schematic);
  const line = document.createElement("span");
  line.textContent = told.join(" · ");
  return [name, line];
}

export function makeMovable(map, config, { geometry, painter, state, home }) {
  const goHome = () => {
    const { zoom, x, y } = home();
    map.setView(map.unproject([x, y], 0), zoom, { animate: false });
  };
  goHome();
  const layer = cellLayer(painter, state).addTo(map);
  addButtons(map, config.words, goHome);
  followPointer(map, config, layer, geometry);
  if (config.province) showInset(map, config, geometry, painter.colours);
  document.fonts.ready.then(() => layer.plan());
  new MutationObserver(() => {
    painter.readColours();
    layer.plan();
  }).observe(document.documentElement, { attributeFilter: ["data-sun"] });
}
