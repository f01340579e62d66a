// What stands around a visit: its name and place in the head, links that stay with the visit, and why it may not open.
import { all, find, icon, make, part, setText } from "./dom.js";
import { page, say } from "./words.js";

const fill = (name, text) => all(`[data-part="${name}"]`).forEach((element) => setText(element, text));

/** Links of the page know the checklist only; here they get the visit. */
const keepVisit = (id) => {
  for (const link of all("a[data-visit]")) {
    const address = new URL(link.href);
    address.searchParams.set("visit", id);
    link.href = address.pathname + address.search + address.hash;
  }
};

export const showFrame = ({ visit: { facts }, locked }) => {
  document.title = `${document.title} · ${facts.unit_title}`;
  fill("unit", facts.unit_title);
  fill("province", facts.province_name);
  fill("code", facts.unit_code);
  all('[data-part="fictitious"]').forEach((element) => { element.hidden = !facts.fictitious; });
  all('[data-part="office"]').forEach((element) => { element.href = page.urls.office + encodeURIComponent(facts.id); });
  keepVisit(facts.id);
  const closed = facts.read_only || locked;
  if (closed) part(document, "notices").append(make("p", { class: "notice" }, icon("lock"), make("span", {}, closed)));
};

/** One way out instead of an empty page. */
export const showUnopened = (error) => {
  document.documentElement.dataset.ready = "1";
  const words = error.link ? error.message : say("cannot_keep", { why: error.message });
  if (!error.link) console.error(error);
  all(".fbar, .rail, .fhead__t > *, .fhead__end a, [data-part=undo]").forEach((element) => element.remove());
  find("#main").replaceChildren(make("div", { class: "sheet empty" }, make("h1", {}, words),
    make("p", { class: "acts" }, make("a", { class: "btn btn--go", href: error.link ?? page.urls.home }, say("go_on")))));
};
