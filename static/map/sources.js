// Geometry and values of the map, on their way as soon as this file is read.
import { readGeometry } from "./cells.js";

export const config = JSON.parse(document.getElementById("map-config").textContent);

async function fetchFile(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer;
}

export const fetchJson = async (address) => (await fetchFile(address)).json();

export const geometry = fetchFile(config.geometry).then((answer) => answer.arrayBuffer()).then(readGeometry);
export const values = fetchJson(config.values);

for (const one of [geometry, values]) one.catch(() => {}); // whoever draws the map tells the reader
