// The map of a trip on the home screen: its units as they were drawn beforehand, with where each visit stands today.
import { all, find, make, part, refill } from "./dom.js";
import { day, page, say } from "./words.js";

/** Where a visit stands: "planned", "begun" (something is only on this tablet), "sent" or "submitted". */
export const standing = ({ facts, summary }, waiting) => {
  if (waiting) return "begun";
  if (facts.state !== "draft") return "submitted";
  return summary?.begun ? "sent" : "planned";
};

const sign = (state) => {
  const shown = find(`#trip-${state}`).content.firstElementChild.cloneNode(true);
  return shown;
};

const known = (last) => (last ? say("trip_last", { day: day(last.day), level: last.level }) : say("trip_first"));

const line = ({ visit, number, state, last, address }) => make("li", {},
  make("a", { class: "tripl__a", href: address },
    make("b", { class: "tripl__n num" }, String(number)), sign(state),
    make("span", {}, make("b", {}, visit.facts.unit_title), make("span", { class: "sub num" },
      `${say(`trip_${state}`)} · ${day(visit.facts.planned_on)}`), make("span", { class: "sub num" }, known(last)))));

/** The drawing of the server with number and state of each visit; a tap on or near a unit opens its visit. */
const drawn = (svg, entries) => {
  const drawing = document.importNode(new DOMParser().parseFromString(svg, "image/svg+xml").documentElement, true);
  for (const { visit, number, state } of entries) {
    for (const shape of all(`[data-code="${CSS.escape(visit.facts.unit_code)}"]`, drawing)) {
      shape.classList.add(`is-${state}`);
      if (shape.matches("path")) shape.setAttribute("fill", `url(#trip-fill-${state})`);
      else find("text", shape).textContent = String(number);
    }
  }
  drawing.addEventListener("click", (event) => {
    const near = nearest(drawing, event);
    const entry = entries.find(({ visit }) => visit.facts.unit_code === near);
    if (entry) location.href = entry.address;
  });
  return drawing;
};

const FINGER = 48;

const nearest = (drawing, { target, clientX, clientY }) => {
  const away = (mark) => {
    const box = find("circle", mark).getBoundingClientRect();
    return Math.hypot(box.x + box.width / 2 - clientX, box.y + box.height / 2 - clientY);
  };
  const marks = all("g[data-code]", drawing).map((mark) => ({ code: mark.dataset.code, away: away(mark) }));
  const best = marks.sort((a, b) => a.away - b.away)[0];
  return best?.away < FINGER ? best.code : target.closest("[data-code]")?.dataset.code;
};

const chooser = (trips, chosen, choose) => make("select", { class: "select", "aria-label": say("trip_choose"), onchange: (event) => choose(event.target.value) },
  ...trips.map(({ id, title }) => make("option", { value: id, selected: id === chosen }, title)));

let wanted = null;

/** Show the trip that was chosen, else the one that goes on; `visits` in their order, each with `waiting` and `address`. */
export const showTripMap = (box, kept, visits) => {
  const trips = (kept?.trips ?? []).filter(({ id }) => visits.some(({ visit }) => visit.facts.trip.id === id));
  const trip = trips.find(({ id }) => id === wanted) ?? trips[0];
  box.hidden = visits.length === 0;
  const own = trip ? visits.filter(({ visit }) => visit.facts.trip.id === trip.id) : [];
  const entries = own.map(({ visit, waiting, address }, index) =>
    ({ visit, address, number: index + 1, state: standing(visit, waiting), last: trip.units[visit.facts.unit_code] ?? visit.facts.earlier }));
  const key = JSON.stringify([trip?.id, trip?.svg.length, page.language, entries.map(({ visit, state, address, last }) => [visit.id, state, address, last])]);
  refill(part(box, "trip-choice"), `${trips.map(({ id }) => id)} ${trip?.id}`, () => (trips.length > 1 ? [chooser(trips, trip.id, (id) => {
    wanted = id;
    showTripMap(box, kept, visits);
  })] : []));
  refill(part(box, "trip-map"), key, () => (trip?.svg ? [drawn(trip.svg, entries)] : [make("p", { class: "sub" }, say("trip_no_map"))]));
  refill(part(box, "trip-list"), key, () => entries.map(line));
  part(box, "trip-legend").hidden = !trip?.svg;
  part(box, "trip-schematic").hidden = !trip?.svg || !trip.schematic;
};

/** The units of these visits that the kept maps do not show yet. */
export const missingOnMap = (kept, visits) => {
  const shown = new Set((kept?.trips ?? []).flatMap(({ id, units }) => Object.keys(units).map((code) => `${id} ${code}`)));
  return visits.filter(({ facts }) => !shown.has(`${facts.trip.id} ${facts.unit_code}`)).map(({ facts }) => facts.unit_code);
};

const FRESH = 6 * 60 * 60 * 1000;

/** Whether the maps lack a unit of these visits, or what they say of results was fetched long ago. */
export const isMapStale = (kept, visits) => !kept || Date.now() - kept.at > FRESH || missingOnMap(kept, visits).length > 0;

/** Bring the maps of the trips onto this tablet. */
export const takeTripMaps = async (store) => {
  const answer = await fetch(page.urls.trips, { headers: { Accept: "application/json" }, credentials: "same-origin" });
  if (!answer.ok || answer.redirected) throw new Error(page.urls.trips);
  await store.keep("trips", { ...(await answer.json()), at: Date.now() });
};
