// The geometry of the map: units as rings in Web Mercator pixels of zoom 0, ready to be drawn at any scale.
// Points stand in flat arrays x, y, x, y …; thousands of small objects would cost a slow tablet half a second.
export const worldX = (longitude) => ((longitude + 180) / 360) * 256;
export const worldY = (latitude) => {
  const angle = (latitude * Math.PI) / 180;
  return (0.5 - Math.log(Math.tan(angle) + 1 / Math.cos(angle)) / (2 * Math.PI)) * 256;
};

// The arcs of the geometry, each once: all points in one array, where each arc ends, the box around each.
class Arcs {
  constructor({ points: steps, lengths, steps: inPixel }) {
    this.points = new Float64Array(steps.length);
    this.ends = new Uint32Array(lengths.length);
    this.boxes = new Float64Array(4 * lengths.length);
    let [n, x, y] = [0, 0, 0];
    for (let place = 0; place < lengths.length; place += 1) {
      const end = n + 2 * lengths[place];
      let [left, top, right, bottom] = emptyBox();
      for (; n < end; n += 2) {
        x += steps[n];
        y += steps[n + 1];
        if (x < left) left = x;
        if (y < top) top = y;
        if (x > right) right = x;
        if (y > bottom) bottom = y;
        this.points[n] = x / inPixel;
        this.points[n + 1] = y / inPixel;
      }
      this.ends[place] = end;
      this.boxes.set([left / inPixel, top / inPixel, right / inPixel, bottom / inPixel], 4 * place);
    }
  }

  startOf(place) {
    return place ? this.ends[place - 1] : 0;
  }

  // The box around a ring; a negative number is an arc walked backwards.
  boxOf(numbers) {
    const box = emptyBox();
    for (const number of numbers) {
      const n = 4 * (number < 0 ? ~number : number);
      widen(box, this.boxes[n], this.boxes[n + 1], this.boxes[n + 2], this.boxes[n + 3]);
    }
    return box;
  }

  // A ring is made of arcs end to end; the point where one arc meets the next is taken once.
  ringOf(numbers) {
    const ring = [];
    for (const number of numbers) {
      const place = number < 0 ? ~number : number;
      const start = this.startOf(place);
      const end = this.ends[place];
      if (number < 0) for (let n = end - 2; n > start; n -= 2) ring.push(this.points[n], this.points[n + 1]);
      else for (let n = start; n < end - 2; n += 2) ring.push(this.points[n], this.points[n + 1]);
    }
    return ring;
  }
}

const emptyBox = () => [Infinity, Infinity, -Infinity, -Infinity];

function widen(box, left, top, right, bottom) {
  if (left < box[0]) box[0] = left;
  if (top < box[1]) box[1] = top;
  if (right > box[2]) box[2] = right;
  if (bottom > box[3]) box[3] = bottom;
}

const area = (box) => (box[2] - box[0]) * (box[3] - box[1]);

// The centre of gravity of a ring, where the name of a unit stands.
function middleOf(ring) {
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

const KIND = /^(xã|phường|đặc khu) /;

// A unit or province: the box around all of it, the box of its largest part, the boxes of its islands. Its rings are
// put together when they are first asked for: most units of a map of the country are never drawn one by one.
class Shape {
  constructor({ id, name, province, polygons, schematic }, n, arcs) {
    this.id = id[n];
    this.isSchematic = schematic.includes(n);
    this.name = name[n];
    this.province = province[n];
    this.polygons = polygons[n];
    this.arcs = arcs;
    const boxes = this.polygons.map((polygon) => arcs.boxOf(polygon[0]));
    this.largest = boxes.reduce((best, box, n) => (area(box) > area(boxes[best]) ? n : best), 0);
    this.main = boxes[this.largest];
    // One closed arc meets no other unit. The islets of a unit of the mainland need no dots: that unit is seen anyhow.
    const isIsland = (n) => this.polygons[n][0].length === 1;
    this.islands = isIsland(this.largest) ? boxes.filter((_, n) => isIsland(n)) : [];
    this.box = emptyBox();
    for (const box of boxes) widen(this.box, box[0], box[1], box[2], box[3]);
  }

  get kind() {
    return KIND.exec(this.name)?.[1];
  }

  // The name without its kind.
  get label() {
    return this.name.replace(KIND, "");
  }

  // Outer rings and holes alike.
  get rings() {
    this.made ??= this.polygons.flatMap((polygon) => polygon.map((ring) => this.arcs.ringOf(ring)));
    return this.made;
  }

  get middle() {
    this.centre ??= middleOf(this.arcs.ringOf(this.polygons[this.largest][0]));
    return this.centre;
  }
}

// Units and provinces as shapes, and the lines between all units and between the provinces, each once.
export function readGeometry(geometry) {
  const arcs = new Arcs(geometry);
  const { units, provinces } = geometry;
  const used = new Set(provinces.polygons.flat(3).map((n) => (n < 0 ? ~n : n)));
  return {
    units: units.id.map((_, n) => new Shape(units, n, arcs)),
    provinces: provinces.id.map((_, n) => new Shape(provinces, n, arcs)),
    arcs,
    provinceArcs: [...used],
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

// The unit at a point of the world, the one painted last where a schematic shape lies under a true one; or an island
// within `near` of it: islets are too small to be hit exactly.
export function unitAt(units, x, y, near) {
  const exact = units.findLast((unit) => inside(unit.box, x, y, 0) && holds(unit.rings, x, y));
  const small = near * near * 4;
  return exact ?? units.find((unit) => unit.islands.some((box) => area(box) < small && inside(box, x, y, near)));
}
