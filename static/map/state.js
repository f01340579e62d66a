// What the panes show, from the values that the server sends.
import { worldX, worldY } from "./cells.js";
import { Painter } from "./painter.js";

// {units: [code…], step: […], score: […], low: [0|1…], fictitious: [0|1…]} as a Map by code.
const byCode = ({ units, step, score, low, fictitious }) => new Map(units.map((code, n) => [
  code, { step: step[n], score: score[n], low: Boolean(low[n]), fictitious: Boolean(fictitious[n]) },
]));

function provincesOf({ provinces }) {
  if (!provinces) return undefined;
  const found = byCode(provinces);
  provinces.units.forEach((code, n) => Object.assign(found.get(code), { visited: provinces.visited[n], all: provinces.all[n] }));
  return found;
}

const placesOf = (config, values) => config.places
  .filter(({ always }) => always || !(config.province || values.provinces))
  .map(({ text, latitude, longitude }) => ({ text, x: worldX(longitude), y: worldY(latitude) }));

// The module of the heat is fetched when it is asked for: few maps show it.
export const heatOf = async ({ weight }) => (weight ? (await import("./heat.js")).heatImage : undefined);

// One state, or two where an earlier period stands before the chosen one.
export function statesOf(values, config, heatImage) {
  const { ramp, words, digits, pattern, signed, weight, units, captions = [""] } = values;
  const spoken = { ramp, words, digits, pattern, signed };
  const shared = { ...spoken, province: config.province, places: placesOf(config, values), provinces: provincesOf(values) };
  const first = { ...shared, bars: config.bars && ramp === "lv", values: byCode(values), caption: captions[0] };
  if (heatImage) Object.assign(first, { heatImage, weights: new Map(units.map((code, n) => [code, weight[n]])) });
  if (!values.other) return [first];
  return [{ ...first, values: byCode(values.other), provinces: provincesOf(values.other), caption: captions[1] }, first];
}

export function panesOf(states, geometry) {
  return states.map((state) => {
    const canvas = Object.assign(document.createElement("canvas"), { className: "cells" });
    return { painter: new Painter(canvas, geometry), state };
  });
}

// Above two panes stands which period each shows.
export function caption(container, states) {
  for (const old of container.querySelectorAll(".pane")) old.remove();
  if (states.length < 2) return;
  states.forEach((state, n) => {
    const words = Object.assign(document.createElement("p"), { className: `pane pane--${n}`, textContent: state.caption });
    container.append(words);
  });
}
