// The map. It is painted as soon as geometry and values are there; what moves it, Leaflet above all, comes after that:
// on a slow tablet the picture is there a quarter of a second sooner.
import { worldX, worldY } from "./cells.js";
import { Painter } from "./painter.js";
import { config, geometry as geometryOnItsWay, values as valuesOnTheirWay } from "./sources.js";

const root = document.documentElement;
const container = document.getElementById(config.map);
const ROOM = { left: 12, top: 44, right: 12, bottom: 12 }; // the note stands above the land

// {units: [code…], step: […], score: […], low: [0|1…]} as a Map by code.
function readValues({ units, step, score, low, fictitious }) {
  return new Map(units.map((code, n) => [
    code, { step: step[n], score: score[n], low: Boolean(low[n]), fictitious: Boolean(fictitious[n]) },
  ]));
}

function wholeCountry(geometry) {
  const boxes = geometry.provinces.map(({ box }) => box);
  return [0, 1].map((n) => Math.min(...boxes.map((box) => box[n])))
    .concat([2, 3].map((n) => Math.max(...boxes.map((box) => box[n]))));
}

// Where the middle of the map lies and at what zoom, one that Leaflet stops at, so that a box is seen as large as it fits.
function placeFor([x0, y0, x1, y1]) {
  const { least, most, snap } = config.zoom;
  const width = container.clientWidth - ROOM.left - ROOM.right;
  const height = container.clientHeight - ROOM.top - ROOM.bottom;
  const fits = Math.log2(Math.min(width / (x1 - x0), height / (y1 - y0)));
  const zoom = Math.min(Math.max(Math.floor(fits / snap + 1e-9) * snap, least), most);
  const shift = 0.5 ** (zoom + 1);
  return { zoom, x: (x0 + x1) / 2 + (ROOM.right - ROOM.left) * shift, y: (y0 + y1) / 2 + (ROOM.bottom - ROOM.top) * shift };
}

function viewAt({ zoom, x, y }) {
  const { clientWidth: width, clientHeight: height } = container;
  const scale = 2 ** zoom;
  return { width, height, ratio: Math.ceil(devicePixelRatio), scale, left: x - width / 2 / scale, top: y - height / 2 / scale };
}

const placesOf = (province) => config.places
  .filter(({ always }) => always || !province)
  .map(({ text, latitude, longitude }) => ({ text, x: worldX(longitude), y: worldY(latitude) }));

// Leaflet and Folium's part in this order; both are fetched at once.
const loadScripts = (...addresses) => Promise.all(addresses.map((src) => new Promise((loaded, failed) => {
  const script = Object.assign(document.createElement("script"), { src, async: false, onload: loaded });
  script.onerror = () => failed(new Error(src));
  document.head.append(script);
})));

const afterFrame = () => new Promise((seen) => requestAnimationFrame(() => setTimeout(seen)));

function tell(words, look, error) {
  const notice = Object.assign(document.createElement("p"), { className: look, textContent: words });
  notice.setAttribute("role", "alert");
  container.append(notice);
  console.error(error);
}

async function paint() {
  const [geometry, values] = await Promise.all([geometryOnItsWay, valuesOnTheirWay]);
  const { province } = config;
  const chosen = geometry.provinces.find(({ id }) => id === province);
  const state = {
    values: readValues(values), scale: values.scale, province, bars: config.bars,
    places: placesOf(province), marked: undefined,
  };
  const canvas = Object.assign(document.createElement("canvas"), { className: "cells" });
  container.append(canvas);
  const painter = new Painter(canvas, geometry);
  // The far islands of a province are reached by moving the map.
  const home = () => placeFor(chosen ? chosen.main : wholeCountry(geometry));
  painter.draw(viewAt(home()), state);
  await afterFrame();
  performance.mark("painted");
  return { geometry, painter, state, home };
}

async function addMoves(painted) {
  const [{ makeMovable }] = await Promise.all([import("./moving.js"), loadScripts(config.leaflet, config.folium)]);
  makeMovable(globalThis[config.map], config, painted);
  await afterFrame();
  performance.mark("ready");
  root.dataset.ready = "1";
}

paint().then(
  (painted) => addMoves(painted).catch((error) => tell(config.words.still, "failed failed--still", error)),
  (error) => tell(config.words.failed, "failed", error),
);
