// The small map in the corner of a province: where the province lies in the country, both archipelagos included.
export function drawInset(canvas, geometry, province, colours, words) {
  const pen = canvas.getContext("2d");
  const boxes = geometry.provinces.flatMap(({ islands, main }) => [main, ...islands]);
  const left = Math.min(...boxes.map((box) => box[0]));
  const top = Math.min(...boxes.map((box) => box[1]));
  const right = Math.max(...boxes.map((box) => box[2]));
  const bottom = Math.max(...boxes.map((box) => box[3]));
  const ratio = Math.ceil(devicePixelRatio);
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  const scale = Math.min((width - 12) / (right - left), (height - 12) / (bottom - top));
  const place = (x, y) => [6 + (x - left) * scale, 6 + (y - top) * scale];
  pen.setTransform(ratio * scale, 0, 0, ratio * scale, ratio * (6 - left * scale), ratio * (6 - top * scale));
  for (const one of geometry.provinces) {
    pen.fillStyle = one.id === province ? colours.cham : colours.line;
    pen.beginPath();
    for (const ring of one.rings) {
      pen.moveTo(ring[0], ring[1]);
      for (let n = 2; n < ring.length; n += 2) pen.lineTo(ring[n], ring[n + 1]);
    }
    pen.fill();
  }
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.fillStyle = colours.ink;
  for (const box of boxes.filter((part) => part[0] > left + (right - left) * 0.5 && (part[2] - part[0]) * scale < 3)) {
    pen.beginPath();
    pen.arc(...place((box[0] + box[2]) / 2, (box[1] + box[3]) / 2), 0.9, 0, 7);
    pen.fill();
  }
  pen.font = `600 11px ${getComputedStyle(canvas).fontFamily}`;
  pen.textAlign = "right";
  for (const { text, y } of words) pen.fillText(text, width - 4, place(0, y)[1]);
}
