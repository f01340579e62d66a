// A control to choose files tells what was chosen in the language of the page; the browser's own words lie under it.
const serve = (input) => {
  const told = input.parentElement.querySelector(".filed__n");
  const show = () => { told.textContent = [...input.files].map(({ name }) => name).join(", ") || told.dataset.none; };
  input.addEventListener("change", show);
  show();
};

document.querySelectorAll(".filed input").forEach(serve);
