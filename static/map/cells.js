// The geometry of the map: units as shapes in Web Mercator pixels of zoom 0, ready to be drawn at any scale.
const { feature, mesh } = globalThis.topojson;

export const worldX = (longitude) => ((longitude + 180) / 360) * 256;
export const worldY = (latitude) => {
  const angle = (latitude * Math.PI) / 180;
  return (0.5 - Math.log(Math.tan(angle) + 1 / Math.cos(angle)) / (2 * Math.PI)) * 256;
};

// Arcs are projected once, before borders are shared out to units and provinces.
function projected(topology) {
  const { scale, translate } = topology.transform;
  const arcs = topology.arcs.map((arc) => {
    let x = 0;
    let y = 0;
    return arc.map(([dx, dy]) => {
      x += dx;
      y += dy;
      return [worldX(x * scale[0] + translate[0]), worldY(y * scale[1] + translate[1])];
    });
  });
  return { ...topology, transform: undefined, arcs };
}

const polygonsOf = (geometry) => (geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates);

function boxOf(rings) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of rings.flat()) {
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
  }
  return box;
}

const area = (box) => (box[2] - box[0]) * (box[3] - box[1]);

function pathOf(rings) {
  const path = new Path2D();
  for (const ring of rings) {
    ring.forEach(([x, y], n) => (n ? path.lineTo(x, y) : path.moveTo(x, y)));
    path.closePath();
  }
  return path;
}

function shape({ id, properties, geometry }) {
  const polygons = polygonsOf(geometry);
  const boxes = polygons.map(([outer]) => boxOf([outer]));
  const main = boxes.reduce((best, box) => (area(box) > area(best) ? box : best));
  const box = boxOf(polygons.map(([outer]) => outer));
  return { id, ...properties, path: pathOf(polygons.flat()), box, main, boxes };
}

function lines(geometry) {
  const path = new Path2D();
  for (const line of geometry.coordinates) line.forEach(([x, y], n) => (n ? path.lineTo(x, y) : path.moveTo(x, y)));
  return path;
}

// Units and provinces as shapes, and the borders between units and between provinces as one path each.
export function readGeometry(topology) {
  const flat = projected(topology);
  const { units, provinces } = flat.objects;
  return {
    units: feature(flat, units).features.map(shape),
    provinces: feature(flat, provinces).features.map(shape),
    unitBorders: lines(mesh(flat, units, (a, b) => a !== b)),
    provinceBorders: lines(mesh(flat, provinces)),
  };
}

const probe = document.createElement("canvas").getContext("2d");
const inside = ([x0, y0, x1, y1], x, y, near) => x >= x0 - near && x <= x1 + near && y >= y0 - near && y <= y1 + near;

// The unit at a point of the world, or one within `near` of it: islets are too small to be hit exactly.
export function unitAt(units, x, y, near) {
  const exact = units.find((unit) => inside(unit.box, x, y, 0) && probe.isPointInPath(unit.path, x, y));
  return exact ?? units.find((unit) => unit.boxes.some((box) => area(box) < near * near * 4 && inside(box, x, y, near)));
}
