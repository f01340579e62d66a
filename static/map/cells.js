// The geometry of the map: units as rings in Web Mercator pixels of zoom 0, ready to be drawn at any scale.
// Rings are flat arrays x, y, x, y …; thousands of small objects would cost a slow tablet half a second.
export const worldX = (longitude) => ((longitude + 180) / 360) * 256;
export const worldY = (latitude) => {
  const angle = (latitude * Math.PI) / 180;
  return (0.5 - Math.log(Math.tan(angle) + 1 / Math.cos(angle)) / (2 * Math.PI)) * 256;
};

// The arcs of a topology, decoded and projected, each once.
function readArcs({ arcs, transform: { scale, translate } }) {
  return arcs.map((arc) => {
    const flat = new Float64Array(arc.length * 2);
    let [x, y] = [0, 0];
    arc.forEach(([dx, dy], n) => {
      x += dx;
      y += dy;
      flat[2 * n] = worldX(x * scale[0] + translate[0]);
      flat[2 * n + 1] = worldY(y * scale[1] + translate[1]);
    });
    return flat;
  });
}

// A ring is made of arcs end to end; a negative number is an arc walked backwards.
function ringOf(numbers, arcs) {
  const ring = [];
  for (const number of numbers) {
    const arc = arcs[number < 0 ? ~number : number];
    if (number < 0) for (let n = arc.length - 2; n >= 2; n -= 2) ring.push(arc[n], arc[n + 1]);
    else for (let n = 0; n < arc.length - 2; n += 2) ring.push(arc[n], arc[n + 1]);
  }
  return ring;
}

function boxOf(rings) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const ring of rings) {
    for (let n = 0; n < ring.length; n += 2) {
      if (ring[n] < box[0]) box[0] = ring[n];
      if (ring[n] > box[2]) box[2] = ring[n];
      if (ring[n + 1] < box[1]) box[1] = ring[n + 1];
      if (ring[n + 1] > box[3]) box[3] = ring[n + 1];
    }
  }
  return box;
}

const area = (box) => (box[2] - box[0]) * (box[3] - box[1]);

// The centre of gravity of a ring, where the name of a unit stands.
export function middleOf(ring) {
  let [sum, x, y] = [0, 0, 0];
  const [x0, y0] = ring; // near the ring, so that small rings keep their digits
  for (let n = 0; n < ring.length; n += 2) {
    const next = (n + 2) % ring.length;
    const [ax, ay, bx, by] = [ring[n] - x0, ring[n + 1] - y0, ring[next] - x0, ring[next + 1] - y0];
    const cross = ax * by - bx * ay;
    sum += cross;
    x += (ax + bx) * cross;
    y += (ay + by) * cross;
  }
  return sum ? [x0 + x / (3 * sum), y0 + y / (3 * sum)] : [x0, y0];
}

// {id, name, province, rings, box around all, outer ring and box of the largest part, boxes of the islands}
function readShape({ id, properties, type, arcs: parts }, arcs) {
  const polygons = type === "Polygon" ? [parts] : parts;
  const outers = polygons.map(([outer]) => ringOf(outer, arcs));
  const boxes = outers.map((outer) => boxOf([outer]));
  const largest = boxes.reduce((best, box, n) => (area(box) > area(boxes[best]) ? n : best), 0);
  const holes = polygons.flatMap((polygon) => polygon.slice(1).map((hole) => ringOf(hole, arcs)));
  return {
    id, ...properties, rings: [...outers, ...holes], box: boxes.length > 1 ? boxOf(outers) : boxes[0],
    outer: outers[largest], main: boxes[largest],
    islands: boxes.filter((_, n) => polygons[n][0].length === 1), // one closed arc meets no other unit
  };
}

// Units and provinces as shapes, and the arcs of all units and of the provinces for drawing borders once.
export function readGeometry(topology) {
  const arcs = readArcs(topology);
  const { units, provinces } = topology.objects;
  const used = new Set(provinces.geometries.flatMap((one) => one.arcs.flat(Infinity)).map((n) => (n < 0 ? ~n : n)));
  return {
    units: units.geometries.map((one) => readShape(one, arcs)),
    provinces: provinces.geometries.map((one) => readShape(one, arcs)),
    unitBorders: arcs,
    provinceBorders: [...used].map((n) => arcs[n]),
  };
}

const inside = ([x0, y0, x1, y1], x, y, near) => x >= x0 - near && x <= x1 + near && y >= y0 - near && y <= y1 + near;

// Even-odd rule over all rings: holes count out by themselves.
function holds(rings, x, y) {
  let found = false;
  for (const ring of rings) {
    for (let n = 0, last = ring.length - 2; n < ring.length; last = n, n += 2) {
      const [ax, ay, bx, by] = [ring[n], ring[n + 1], ring[last], ring[last + 1]];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) found = !found;
    }
  }
  return found;
}

// The unit at a point of the world, or an island within `near` of it: islets are too small to be hit exactly.
export function unitAt(units, x, y, near) {
  const exact = units.find((unit) => inside(unit.box, x, y, 0) && holds(unit.rings, x, y));
  const small = near * near * 4;
  return exact ?? units.find((unit) => unit.islands.some((box) => area(box) < small && inside(box, x, y, near)));
}
