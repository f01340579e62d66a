// The map. It is painted as soon as geometry and values are there; what moves it, Leaflet above all, comes after that:
// on a slow tablet the picture is there a quarter of a second sooner.
import { viewOfPane } from "./panes.js";
import { caption, heatOf, panesOf, statesOf } from "./state.js";
import { config, geometry as geometryOnItsWay, values as valuesOnTheirWay } from "./sources.js";

const root = document.documentElement;
const container = document.getElementById(config.map);
root.dataset.drawing = "1"; // the list beside the map is laid out after the map (map_view.css)
const ROOM = { left: 12, top: 44, right: 12, bottom: 12 }; // the note stands above the land

function wholeCountry(geometry) {
  const boxes = geometry.provinces.map(({ box }) => box);
  return [0, 1].map((n) => Math.min(...boxes.map((box) => box[n])))
    .concat([2, 3].map((n) => Math.max(...boxes.map((box) => box[n]))));
}

// Where the middle of the map lies and at what zoom, one that Leaflet stops at, so that a box is seen as large as it fits.
function placeFor([x0, y0, x1, y1], count) {
  const { least, most, snap } = config.zoom;
  const width = container.clientWidth / count - ROOM.left - ROOM.right;
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
  const chosen = geometry.provinces.find(({ id }) => id === config.province);
  // The far islands of a province are reached by moving the map.
  const home = (count) => placeFor(chosen ? chosen.main : wholeCountry(geometry), count);
  const panes = panesOf(statesOf(values, config, await heatOf(values)), geometry);
  const view = viewOfPane(viewAt(home(panes.length)), panes.length);
  panes.forEach(({ painter, state }, n) => {
    container.append(painter.canvas);
    painter.canvas.style.transform = `translate(${n * view.width}px)`;
    painter.draw(view, state);
  });
  caption(container, panes.map(({ state }) => state));
  await afterFrame();
  performance.mark("painted");
  return { geometry, panes, home };
}

async function addMoves(painted) {
  const [{ makeMovable }] = await Promise.all([import("./moving.js"), loadScripts(config.leaflet, config.folium)]);
  makeMovable(globalThis[config.map], config, painted);
  await afterFrame();
  performance.mark("ready");
  root.dataset.ready = "1";
}

paint().finally(() => delete root.dataset.drawing).then(
  (painted) => addMoves(painted).catch((error) => tell(config.words.still, "failed failed--still", error)),
  (error) => tell(config.words.failed, "failed", error),
);
