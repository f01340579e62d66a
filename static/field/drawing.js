// A picture that is drawn on the tablet, on white or on a photo: kept like any other picture of the answer.
import { find, part } from "./dom.js";
import { Pad } from "./pad.js";
import { say } from "./words.js";

const paint = (canvas, photo) => {
  const factor = Math.min(1, 1600 / Math.max(photo.width, photo.height));
  canvas.width = Math.round(photo.width * factor);
  canvas.height = Math.round(photo.height * factor);
};

/** Serve a control with its pad; `keep`, `keeping` and `scale` are those of the page that has the store. */
export const serveDrawing = (element, answer, current, { keep, keeping, scale }) => {
  const dialog = find("dialog", element);
  const canvas = find("canvas", dialog);
  let pad = null;
  const open = (photo = null) => {
    if (photo) paint(canvas, photo);
    pad ??= new Pad(canvas);
    pad.background = photo;
    pad.clear();
    dialog.showModal();
  };
  const keepDrawing = () => keeping(element, async () => {
    const drawn = await pad.picture();
    dialog.close();
    const hash = await keep(pad.background ? await scale(drawn) : drawn);
    answer([...new Set([...(current() ?? []), hash])]);
  });
  const press = { open, close: () => dialog.close(), clear: () => pad.clear(), keep: () => (pad.isEmpty ? dialog.close() : keepDrawing()) };
  element.addEventListener("click", (event) => {
    const action = event.target.closest("[data-draw]")?.dataset.draw;
    if (action) press[action]();
  });
  find("input[type=file]", element)?.addEventListener("change", async ({ target }) => {
    const [file] = target.files;
    target.value = "";
    const photo = file && await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null);
    part(element, "sending").textContent = file && !photo ? say("no_picture") : "";
    if (photo) open(photo);
  });
};
