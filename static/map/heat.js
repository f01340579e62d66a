// Where weakness concentrates: the weights of units summed up around each place, in bands of growing darkness.
const RADIUS_KM = 30;
const KM_IN_PIXEL = 40075 / 256; // at the equator, zoom 0
const CELL = 4; // pixels of the screen to a cell of the sum
const BANDS = [0.05, 0.2, 0.4, 0.6, 0.8];

// Kernel of Epanechnikov: 1 in the middle, 0 at the radius and beyond.
function addKernel(sums, columns, rows, x, y, radius, weight) {
  const [left, right] = [Math.max(0, Math.ceil((x - radius) / CELL)), Math.min(columns - 1, Math.floor((x + radius) / CELL))];
  const [top, bottom] = [Math.max(0, Math.ceil((y - radius) / CELL)), Math.min(rows - 1, Math.floor((y + radius) / CELL))];
  for (let row = top; row <= bottom; row += 1) {
    for (let column = left; column <= right; column += 1) {
      const [dx, dy] = [(column * CELL - x) / radius, (row * CELL - y) / radius];
      const near = 1 - dx * dx - dy * dy;
      if (near > 0) sums[row * columns + column] += weight * near;
    }
  }
}

// The latitude narrows the world towards the pole: a kilometre takes more pixels there.
export function radiusAt(y, scale) {
  const latitude = Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / 256)));
  return (RADIUS_KM / (KM_IN_PIXEL * Math.cos(latitude))) * scale;
}

// The sums over a view, from points [x, y, weight] of the world: rows of cells, and the greatest sum seen.
export function sumUp(points, { width, height, left, top, scale }) {
  const [columns, rows] = [Math.ceil(width / CELL) + 1, Math.ceil(height / CELL) + 1];
  const sums = new Float32Array(columns * rows);
  for (const [x, y, weight] of points) {
    const radius = Math.max(CELL, radiusAt(y, scale));
    if (weight > 0) addKernel(sums, columns, rows, (x - left) * scale, (y - top) * scale, radius, weight);
  }
  return { columns, rows, sums, most: sums.reduce((most, sum) => Math.max(most, sum), 0) };
}

const rgb = (colour) => {
  const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  pen.fillStyle = colour;
  pen.fillRect(0, 0, 1, 1);
  return pen.getImageData(0, 0, 1, 1).data;
};

// An image of the sums, one pixel a cell, to be drawn CELL times as large.
export function heatImage(points, view, colour) {
  const { columns, rows, sums, most } = sumUp(points, view);
  const canvas = Object.assign(document.createElement("canvas"), { width: columns, height: rows });
  if (!most) return { canvas, cell: CELL };
  const pen = canvas.getContext("2d");
  const image = pen.createImageData(columns, rows);
  const [red, green, blue] = rgb(colour);
  for (let n = 0; n < sums.length; n += 1) {
    const band = BANDS.filter((limit) => sums[n] / most >= limit).length;
    if (band) image.data.set([red, green, blue, 40 + 38 * band], 4 * n);
  }
  pen.putImageData(image, 0, 0);
  return { canvas, cell: CELL };
}
