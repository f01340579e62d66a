// Which unit each pixel of a view belongs to, as runs of pixels in rows, and their painting. A browser fills thousands of
// small paths far more slowly, and another layer needs no geometry at all: the same runs in other colours.
// No array is taken apart in the loops below: until a browser has compiled them that costs it more than all the rest.
const LONG = 32; // from this length on the browser's own filling of an array is faster

// A list of numbers that grows.
class Numbers {
  constructor(room) {
    this.found = new Int32Array(room);
    this.length = 0;
  }

  // Room for so many more.
  make(more) {
    if (this.length + more <= this.found.length) return;
    const larger = new Int32Array(2 * (this.length + more));
    larger.set(this.found);
    this.found = larger;
  }
}

// Where the arcs cross the middle lines of the rows: places in an array with one column more than the picture, so that
// what lies to the right of it has a place too. What lies to the left is put into the first column.
function crossingsOf({ points, ends, boxes, steps, left: west, top: north }, { columns, rows, scale, left, top }) {
  const crossings = new Numbers(points.length);
  const ended = new Uint32Array(ends.length);
  const stride = columns + 1;
  const zoom = scale / steps;
  const [x0, y0] = [(west - left) * scale - 0.5, (north - top) * scale - 0.5]; // the corner in the picture
  const [right, above, below] = [(columns - x0) / zoom, -y0 / zoom - 1, (rows - y0) / zoom]; // the picture in steps
  for (let arc = 0, n = 0; arc < ends.length; arc += 1) {
    const end = ends[arc];
    const box = 4 * arc;
    if (boxes[box] < right && boxes[box + 1] < below && boxes[box + 3] > above) {
      let x = x0 + points[n] * zoom;
      let y = y0 + points[n + 1] * zoom;
      for (n += 2; n < end; n += 2) {
        const fromX = x;
        const fromY = y;
        x = x0 + points[n] * zoom;
        y = y0 + points[n + 1] * zoom;
        const first = Math.max(0, Math.ceil(Math.min(fromY, y)));
        const last = Math.min(rows, Math.ceil(Math.max(fromY, y)));
        if (first >= last) continue;
        crossings.make(last - first);
        const slope = (x - fromX) / (y - fromY);
        for (let row = first; row < last; row += 1) {
          const column = Math.ceil(fromX + (row - fromY) * slope);
          crossings.found[crossings.length] = row * stride + (column < 0 ? 0 : column > columns ? columns : column);
          crossings.length += 1;
        }
      }
    }
    n = end;
    ended[arc] = crossings.length;
  }
  return { places: crossings.found, ends: ended };
}

// Runs of pixels: where each begins and ends in the picture, and the number of its unit. Between the first and the second
// crossing of a row lies the unit, and so on (even-odd rule, holes count out by themselves); a later unit lies above.
function runsOf({ units, arcs, outlines: { numbers } }, view) {
  const { columns, rows, scale, left, top } = view;
  const { places, ends } = crossingsOf(arcs, view);
  const stride = columns + 1;
  const crossed = new Uint8Array(stride * rows);
  const runs = new Numbers(6 * units.length);
  for (let n = 0; n < units.length; n += 1) {
    const { box, start, end: stop } = units[n];
    const x0 = Math.max(0, Math.floor((box[0] - left) * scale));
    const x1 = Math.min(columns, Math.ceil((box[2] - left) * scale));
    const y0 = Math.max(0, Math.floor((box[1] - top) * scale));
    const y1 = Math.min(rows, Math.ceil((box[3] - top) * scale));
    if (x0 >= x1 || y0 >= y1) continue;
    for (let at = start; at < stop; at += 1) {
      const arc = numbers[at] < 0 ? ~numbers[at] : numbers[at];
      for (let place = arc ? ends[arc - 1] : 0; place < ends[arc]; place += 1) crossed[places[place]] ^= 1;
    }
    for (let row = y0; row < y1; row += 1) {
      const end = row * stride + x1;
      let open = -1;
      for (let at = row * stride + x0; at <= end; at += 1) {
        if (!crossed[at]) continue;
        crossed[at] = 0;
        if (open >= 0) {
          add(runs, open - row, at - row, n);
          open = -1;
        } else open = at;
      }
      if (open >= 0) add(runs, open - row, end - row, n);
    }
  }
  return runs.found.subarray(0, runs.length);
}

// Without the column more of the rows before.
function add(runs, start, end, unit) {
  if (start === end) return;
  runs.make(3);
  runs.found[runs.length] = start;
  runs.found[runs.length + 1] = end;
  runs.found[runs.length + 2] = unit;
  runs.length += 3;
}

// The same picture, to a hundredth of a pixel: Leaflet reckons its places differently from the first painting.
export const isSame = (one, other) => other && one.columns === other.columns && one.rows === other.rows
  && Math.abs(one.scale / other.scale - 1) < 1e-6
  && Math.max(Math.abs(one.left - other.left), Math.abs(one.top - other.top)) * one.scale < 0.01;

export const inPixels = ({ width, height, ratio, scale, left, top }) => (
  { columns: Math.round(width * ratio), rows: Math.round(height * ratio), scale: scale * ratio, left, top });

export class Pixels {
  constructor(geometry) {
    this.geometry = geometry;
  }

  // Kept until the map is moved.
  runsAt(view) {
    if (!isSame(view, this.view)) [this.view, this.runs] = [view, runsOf(this.geometry, view)];
    return this.runs;
  }
}

// The colours of a picture are numbers of four bytes; an ink is one colour, or a tile that is repeated:
// {side, pixels: a number for each pixel of the tile}.
export function paintRuns(picture, columns, runs, inks) {
  for (let n = 0; n < runs.length; n += 3) {
    const start = runs[n];
    const end = runs[n + 1];
    const ink = inks[runs[n + 2]];
    if (typeof ink === "object") paintTile(picture, columns, start, end, ink);
    else if (end - start > LONG) picture.fill(ink, start, end);
    else for (let at = start; at < end; at += 1) picture[at] = ink;
  }
}

function paintTile(picture, columns, start, end, { side, pixels }) {
  const row = Math.floor(start / columns);
  const line = (row % side) * side;
  for (let at = start, column = start - row * columns; at < end; at += 1, column += 1) picture[at] = pixels[line + (column % side)];
}
