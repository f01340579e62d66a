// Another layer or period on the map that is there: new values are painted at once, what stands around them follows.
import { caption, heatOf, panesOf, statesOf } from "./state.js";
import { fetchJson } from "./sources.js";

const PIECES = ["map-bar", "map-legend", "map-side"];

async function fetchAround(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

function replaceAround(page) {
  for (const id of PIECES) document.getElementById(id).replaceWith(page.getElementById(id));
  const told = document.querySelector("#map-legend .legendary__h");
  document.getElementById("map-told").textContent = told.textContent;
}

// Listens for what the filters ask for ("map:asked" with the query); whatever fails is opened as a page of its own.
export function followChanges({ map, config, layer, geometry, goHome }) {
  let asked = 0;
  const change = async (query) => {
    const mine = (asked += 1);
    const values = await fetchJson(`${config.values.split("?")[0]}?${query}`);
    const heat = await heatOf(values);
    if (mine !== asked) return;
    config.bars = new URLSearchParams(query).get("bars") === "1";
    const states = statesOf(values, config, heat);
    const [count, panes] = [layer.panes.length, reuse(layer.panes, states, geometry)];
    layer.show(panes);
    caption(map.getContainer(), states);
    if (count !== panes.length) goHome();
    requestAnimationFrame(() => setTimeout(() => performance.mark("changed"))); // once it is seen
    const page = await fetchAround(`${config.around}?${query}`); // not before: the map comes first
    if (mine === asked) replaceAround(page);
  };
  document.addEventListener("map:asked", ({ detail: query }) => {
    change(query).catch(() => location.assign(`${config.page}?${query}`));
  });
  document.documentElement.dataset.changes = "1";
}

// A pane keeps its canvas: making one anew costs a slow tablet a tenth of a second.
function reuse(panes, states, geometry) {
  if (panes.length !== states.length) return panesOf(states, geometry);
  return panes.map(({ painter }, n) => ({ painter, state: states[n] }));
}
