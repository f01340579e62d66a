// What every page needs: the sun button, and menus that close like menus.
const root = document.documentElement;

// A page that the tablet has kept does not know how the sun looks today.
root.toggleAttribute("data-sun", /(^|; )sun=1/.test(document.cookie));

for (const button of document.querySelectorAll(".js-sun")) {
  const show = () => button.setAttribute("aria-pressed", String(root.hasAttribute("data-sun")));
  button.addEventListener("click", () => {
    const on = root.toggleAttribute("data-sun");
    // A cookie, so that the server writes the look into the page: a script for it would hold up the first picture.
    document.cookie = `sun=1; path=/; SameSite=Lax; max-age=${on ? 31536000 : 0}`;
    show();
  });
  show();
}

const closeMenus = (except) => {
  for (const menu of document.querySelectorAll(".js-menu[open]")) if (menu !== except) menu.open = false;
};
document.addEventListener("click", (event) => closeMenus(event.target.closest(".js-menu")));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.activeElement?.closest(".js-menu[open]");
  closeMenus();
  menu?.querySelector("summary").focus();
});

// Panels that are folded on a phone.
for (const panel of document.querySelectorAll("details[data-open-from]")) {
  const wide = matchMedia(`(min-width:${panel.dataset.openFrom}px)`);
  const fit = () => { panel.open = wide.matches; };
  wide.addEventListener("change", fit);
  fit();
}

// A form that its sender cannot undo asks first.
for (const form of document.querySelectorAll("form[data-dialog]")) {
  const dialog = document.getElementById(form.dataset.dialog);
  dialog?.querySelector("[data-close]")?.addEventListener("click", () => dialog.close());
}
for (const opener of document.querySelectorAll("[data-opens]")) {
  opener.addEventListener("click", () => document.getElementById(opener.dataset.opens)?.showModal());
}

// Whoever has signed in works on this tablet: the field app opens with that person's visits and nobody else's.
const person = document.querySelector("meta[name=person]")?.content;
if (person) localStorage.setItem("satcanh.person", person);
if (document.querySelector(".filed")) import("./filing.js");
const leaving = document.querySelector("form.js-leave");
if (leaving) import("./leaving.js").then(({ serveLeaving }) => serveLeaving(leaving));
