// A form that takes files also takes those that are dropped on it, and says at once when they are too large to be sent.
const MIB = 1024 * 1024;

const serve = (form) => {
  const input = form.querySelector("input[type=file]");
  const warning = form.querySelector("[data-part=too-large]");
  const isTooLarge = () => [...input.files].reduce((sum, { size }) => sum + size, 0) > Number(form.dataset.limit) * MIB;
  const look = () => { warning.hidden = !isTooLarge(); };
  const over = (is) => form.classList.toggle("is-over", is);
  input.addEventListener("change", look);
  form.addEventListener("submit", (event) => { if (isTooLarge()) event.preventDefault(); });
  form.addEventListener("dragover", (event) => { event.preventDefault(); over(true); });
  form.addEventListener("dragleave", ({ relatedTarget }) => { if (!form.contains(relatedTarget)) over(false); });
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    over(false);
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change"));
    form.requestSubmit();
  });
};

document.querySelectorAll(".js-drop").forEach(serve);
