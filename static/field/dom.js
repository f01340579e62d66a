// Building and finding parts of the page.

export const find = (selector, root = document) => root.querySelector(selector);
export const all = (selector, root = document) => [...root.querySelectorAll(selector)];
export const part = (root, name) => root.querySelector(`[data-part="${name}"]`);

/** An element with attributes and children; null and false children are left out. */
export const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== false));
  return element;
};

/** A copy of what is inside a <template>. */
export const piece = (name) => document.getElementById(`piece-${name}`).content.firstElementChild.cloneNode(true);

export const icon = (name) => piece(`${name}-icon`);

/** Another text in the same node costs less than a node of its own. */
export const setText = (element, text) => {
  if (!element || element.textContent === text) return;
  const [only, ...others] = element.childNodes;
  if (only?.nodeType === Node.TEXT_NODE && !others.length) only.data = text;
  else element.textContent = text;
};

/** Writing the same again would have the element styled anew, and a drawing laid out and painted. */
export const setAttribute = (element, name, value) => {
  if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
};

export const hide = (element, isHidden) => {
  if (element.hidden !== isHidden) element.hidden = isHidden;
};

/** Replace the children only when something differs, so that a screen reader is not told the same twice. */
export const refill = (element, key, children) => {
  if (!element || element.dataset.key === key) return;
  element.dataset.key = key;
  element.replaceChildren(...children());
};

const going = { away: false };
window.addEventListener("beforeunload", () => { going.away = true; });
window.addEventListener("pageshow", () => { going.away = false; });

/** Load this page anew, unless somebody is on the way to another: a reload would take that step back. */
export const renew = () => {
  if (!going.away) location.reload();
};
