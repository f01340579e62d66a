// Ready for the field: item by item what this tablet has and what it lacks, and why. Nothing is called ready on trust.
import { freeRoom } from "./files.js";
import { hasPack, hasPlace, isInstalled, mendApp, takePack, takePlace } from "./installing.js";
import { clockOffset } from "./tablet.js";
import { missingOnMap, takeTripMaps } from "./tripmap.js";
import { clock, day, number, page, say } from "./words.js";

const LEAST_ROOM = 300 * 1024 * 1024;
const MOST_OFFSET = 120_000;

const item = (name, ok, why) => ({ name: say(`ready_${name}`), ok, why });

const unique = (values, keyOf) => [...new Map(values.map((value) => [keyOf(value), value])).values()];

const checklistsOf = (visits) => unique(visits.map(({ facts }) => facts.checklist), ({ id, version, scope }) => `${id} ${version} ${scope}`);

const unitsOf = (visits) => unique(visits.map(({ facts }) => facts.unit_code), (code) => code);

const countMissing = async (values, has) => {
  const found = await Promise.all(values.map(has));
  return found.filter((here) => !here).length;
};

const app = async (listed) => {
  if (!(await isInstalled())) return item("app", false, say("ready_app_missing"));
  if (listed && listed.app !== page.app) return item("app", false, say("ready_app_old"));
  return item("app", true, say("ready_version", { version: page.app.slice(0, 6) }));
};

const checklists = async (visits) => {
  const wanted = checklistsOf(visits);
  const missing = await countMissing(wanted, hasPack);
  const names = wanted.map(({ id, version }) => `${id} ${version}`).join(", ");
  return item("checklists", !missing, missing ? say("ready_missing", { n: missing, all: wanted.length }) : names);
};

const logs = (visits) => {
  const missing = visits.filter(({ hasLog }) => !hasLog).length;
  return item("logs", !missing, missing ? say("ready_missing", { n: missing, all: visits.length }) : say("ready_visits", { n: visits.length }));
};

const earlier = (visits) => {
  const missing = visits.filter(({ facts }) => facts.earlier === undefined).length;
  const found = visits.filter(({ facts }) => facts.earlier).length;
  return item("earlier", !missing, say("ready_earlier_n", { n: found, all: visits.length }));
};

const units = (kept) => item("units", Boolean(kept?.units?.length), kept ? say("ready_units_n", { n: number(kept.units.length), day: day(kept.day) }) : say("ready_none"));

const places = async (visits, trips) => {
  const codes = unitsOf(visits);
  const onMap = new Set(missingOnMap(trips, visits));
  const missing = await countMissing(codes, async (code) => !onMap.has(code) && hasPlace(code));
  return item("map", !missing, missing ? say("ready_missing", { n: missing, all: codes.length }) : say("ready_places", { n: codes.length }));
};

const persisted = async () => {
  const is = (await navigator.storage?.persisted?.()) ?? false;
  return item("persisted", is, say(is ? "ready_persisted_yes" : "ready_persisted_no"));
};

const room = async () => {
  const free = await freeRoom();
  if (free === null) return item("room", false, say("ready_room_unknown"));
  return item("room", free >= LEAST_ROOM, say("ready_room_n", { n: number(free / 2 ** 30, 1), photos: number(Math.floor(free / 600_000)) }));
};

const session = (listed) => {
  const until = Date.parse(listed?.until ?? 0);
  const valid = until > Date.now() + clockOffset();
  return item("session", valid, valid ? say("ready_until", { time: clock(until) }) : say("trouble_signed_out"));
};

const time = (listed) => {
  const off = Math.abs(clockOffset());
  if (!listed) return item("clock", false, say("ready_clock_unknown"));
  return item("clock", off <= MOST_OFFSET, say("ready_clock_n", { n: number(off / 1000) }));
};

/** [{name, ok, why}] for the visits of this tablet. */
export const checkReady = async (store) => {
  const [all, listed, kept, trips] = await Promise.all([store.visits(), store.kept("listed"), store.kept("units"), store.kept("trips")]);
  const visits = all.filter(({ facts }) => facts.state === "draft");
  return [
    await app(listed), await checklists(visits), logs(visits), units(kept), earlier(visits), await places(visits, trips),
    session(listed), time(listed), await persisted(), await room(),
  ];
};

/** Download everything that the visits of this tablet need; `told(words)` says what is under way. */
export const makeReady = async (store, told) => {
  await navigator.storage?.persist?.();
  const visits = (await store.visits()).filter(({ facts }) => facts.state === "draft");
  const listed = await fetch(page.urls.units, { headers: { Accept: "application/json" } });
  if (!listed.ok) throw new Error(page.urls.units);
  await store.keep("units", await listed.json());
  await mendApp();
  for (const checklist of checklistsOf(visits))
    await takePack(checklist, (done, of) => told(say("taking_checklist", { id: checklist.id, done, of })));
  for (const code of unitsOf(visits)) await takePlace(code);
  await takeTripMaps(store);
};
