// The geometry of the map: units as rings in Web Mercator pixels of zoom 0, ready to be drawn at any scale.
// Points stand in flat arrays x, y, x, y …; thousands of small objects would cost a slow tablet half a second.
export const worldX = (longitude) => ((longitude + 180) / 360) * 256;
export const worldY = (latitude) => {
  const angle = (latitude * Math.PI) / 180;
  return (0.5 - Math.log(Math.tan(angle) + 1 / Math.cos(angle)) / (2 * Math.PI)) * 256;
};

// The file of the geometry as `reports.map.packed` writes it: a head in JSON, then columns of numbers, all little-endian.
function readFile(file) {
  const [size] = new Uint32Array(file, 0, 1);
  const head = JSON.parse(new TextDecoder().decode(new Uint8Array(file, 4, size)));
  let at = 4 + size;
  const column = (Kind, length) => {
    const found = new Kind(file, at, length);
    at += found.byteLength;
    return found;
  };
  const columns = Object.fromEntries(Object.entries(head.columns).map(([name, length]) => [name, column(Int32Array, length)]));
  return { ...head, ...columns, points: column(Uint16Array, (file.byteLength - at) / 2) };
}

// The arcs of the geometry, each once: all points in one array, in steps from the corner; where each arc ends, and the
// box around each. Whole numbers, as a browser reckons with them at once while fractions cost it memory at first.
class Arcs {
  constructor({ points, lengths, steps, corner }) {
    this.points = points;
    this.steps = steps; // in a pixel of zoom 0
    this.left = corner[0] / steps;
    this.top = corner[1] / steps;
    this.ends = new Uint32Array(lengths.length);
    this.boxes = new Uint16Array(4 * lengths.length);
    for (let arc = 0, n = 0; arc < lengths.length; arc += 1) {
      const end = n + 2 * lengths[arc];
      let x0 = 65535;
      let y0 = 65535;
      let x1 = 0;
      let y1 = 0;
      for (; n < end; n += 2) {
        const x = points[n];
        const y = points[n + 1];
        if (x < x0) x0 = x;
        if (y < y0) y0 = y;
        if (x > x1) x1 = x;
        if (y > y1) y1 = y;
      }
      this.ends[arc] = end;
      this.boxes[4 * arc] = x0;
      this.boxes[4 * arc + 1] = y0;
      this.boxes[4 * arc + 2] = x1;
      this.boxes[4 * arc + 3] = y1;
    }
  }

  startOf(arc) {
    return arc ? this.ends[arc - 1] : 0;
  }

  // The box around a ring, from the numbers of its arcs; a negative number is an arc walked backwards.
  boxOf(numbers, start, end) {
    const { boxes } = this;
    let x0 = 65535;
    let y0 = 65535;
    let x1 = 0;
    let y1 = 0;
    for (let at = start; at < end; at += 1) {
      const n = 4 * (numbers[at] < 0 ? ~numbers[at] : numbers[at]);
      if (boxes[n] < x0) x0 = boxes[n];
      if (boxes[n + 1] < y0) y0 = boxes[n + 1];
      if (boxes[n + 2] > x1) x1 = boxes[n + 2];
      if (boxes[n + 3] > y1) y1 = boxes[n + 3];
    }
    return [this.left + x0 / this.steps, this.top + y0 / this.steps, this.left + x1 / this.steps, this.top + y1 / this.steps];
  }

  // A ring is made of arcs end to end; the point where one arc meets the next is taken once.
  ringOf(numbers) {
    const ring = [];
    const add = (n) => ring.push(this.left + this.points[n] / this.steps, this.top + this.points[n + 1] / this.steps);
    for (const number of numbers) {
      const arc = number < 0 ? ~number : number;
      const start = this.startOf(arc);
      const end = this.ends[arc];
      if (number < 0) for (let n = end - 2; n > start; n -= 2) add(n);
      else for (let n = start; n < end - 2; n += 2) add(n);
    }
    return ring;
  }
}

function widen(box, other) {
  if (other[0] < box[0]) box[0] = other[0];
  if (other[1] < box[1]) box[1] = other[1];
  if (other[2] > box[2]) box[2] = other[2];
  if (other[3] > box[3]) box[3] = other[3];
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

// Counts as places: what belongs to one begins where it stands and ends where the next begins.
function placesOf(counts) {
  const places = new Uint32Array(counts.length + 1);
  for (let n = 0; n < counts.length; n += 1) places[n + 1] = places[n] + counts[n];
  return places;
}

// Which polygons a unit has, which rings a polygon, which arcs a ring.
class Outlines {
  constructor({ polygons, rings, arcs, numbers }) {
    this.polygons = placesOf(polygons);
    this.rings = placesOf(rings);
    this.arcs = placesOf(arcs);
    this.numbers = numbers;
  }

  // The numbers of the arcs of a ring.
  ring(n) {
    return this.numbers.subarray(this.arcs[n], this.arcs[n + 1]);
  }
}

// A unit or province: the box around all of it, the box of its largest part, the boxes of its islands. Its rings are
// put together when they are first asked for: most units of a map of the country are never drawn one by one.
// `place` is its place in the outlines, where the provinces stand behind the units; from `start` to `end` stand the
// arcs of all its rings among the numbers.
class Shape {
  constructor({ id, name, province }, n, place, isSchematic, outlines, arcs) {
    this.id = id[n];
    this.isSchematic = isSchematic;
    this.name = name[n];
    this.province = province[n];
    this.outlines = outlines;
    this.arcs = arcs;
    this.first = outlines.polygons[place];
    this.last = outlines.polygons[place + 1];
    this.start = outlines.arcs[outlines.rings[this.first]];
    this.end = outlines.arcs[outlines.rings[this.last]];
    this.islands = [];
    this.findBoxes();
  }

  // One closed arc meets no other unit. The islets of a unit of the mainland need no dots: that unit is seen anyhow.
  findBoxes() {
    const { outlines, arcs, islands } = this;
    for (let polygon = this.first; polygon < this.last; polygon += 1) {
      const outer = outlines.rings[polygon];
      const start = outlines.arcs[outer];
      const end = outlines.arcs[outer + 1];
      const box = arcs.boxOf(outlines.numbers, start, end);
      if (polygon === this.first) this.box = [...box];
      else widen(this.box, box);
      if (end - start === 1) islands.push(box);
      if (this.main && area(box) <= area(this.main)) continue;
      this.main = box;
      this.mainRing = outer;
    }
    if (!islands.includes(this.main)) this.islands = [];
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
    if (this.made) return this.made;
    const { rings } = this.outlines;
    this.made = [];
    for (let n = rings[this.first]; n < rings[this.last]; n += 1) this.made.push(this.arcs.ringOf(this.outlines.ring(n)));
    return this.made;
  }

  get middle() {
    this.centre ??= middleOf(this.arcs.ringOf(this.outlines.ring(this.mainRing)));
    return this.centre;
  }
}

// Units and provinces as shapes, and the lines between all units and between the provinces, each once.
export function readGeometry(file) {
  const read = readFile(file);
  const { units, provinces } = read;
  const [arcs, outlines, schematic] = [new Arcs(read), new Outlines(read), new Set(units.schematic)];
  const all = units.id.length;
  const found = provinces.id.map((_, n) => new Shape(provinces, n, all + n, false, outlines, arcs));
  const used = new Set();
  for (const { start, end } of found) {
    for (const number of outlines.numbers.subarray(start, end)) used.add(number < 0 ? ~number : number);
  }
  return {
    units: units.id.map((_, n) => new Shape(units, n, n, schematic.has(n), outlines, arcs)),
    provinces: found,
    arcs,
    outlines,
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
