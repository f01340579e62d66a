// A drawn signature as it stands on the paper: in ink on nothing, without the empty paper around it. The twin of ink.py.

const darkness = ([red, green, blue]) => 255 - Math.round((red * 299 + green * 587 + blue * 114) / 1000);

const pictureFrom = async (address) => {
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, 0, 0);
  return pen.getImageData(0, 0, canvas.width, canvas.height);
};

/** How dark each point is, and the edges of what is drawn; null when nothing is. */
const strokes = ({ data, width, height }, paper) => {
  const dark = new Uint8Array(width * height);
  const edges = { left: width, top: height, right: 0, bottom: 0, most: 0 };
  for (let at = 0; at < dark.length; at += 1) {
    dark[at] = darkness(data.subarray(4 * at, 4 * at + 3));
    if (dark[at] <= paper) continue;
    const [x, y] = [at % width, Math.floor(at / width)];
    Object.assign(edges, { left: Math.min(edges.left, x), top: Math.min(edges.top, y), right: Math.max(edges.right, x + 1), bottom: Math.max(edges.bottom, y + 1) });
    edges.most = Math.max(edges.most, dark[at]);
  }
  return edges.most ? { dark, width, edges } : null;
};

const coloured = ({ dark, width, edges: { left, top, right, bottom, most } }, colour) => {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [right - left, bottom - top];
  const picture = new ImageData(canvas.width, canvas.height);
  for (let y = top; y < bottom; y += 1) {
    for (let x = left; x < right; x += 1) picture.data.set([...colour, Math.round((dark[y * width + x] * 255) / most)], 4 * ((y - top) * canvas.width + x - left));
  }
  canvas.getContext("2d").putImageData(picture, 0, 0);
  return new Promise((done) => canvas.toBlob((blob) => done(URL.createObjectURL(blob)), "image/png"));
};

/** The address of the drawing at an address, in ink; null when nothing is drawn or it is no picture. `ink` is the plan's. */
export const inked = async (address, { colour, paper }) => {
  const drawn = await pictureFrom(address).then((picture) => strokes(picture, paper)).catch(() => null);
  return drawn && coloured(drawn, colour);
};
