// Where a visit was begun: the first tablet that writes asks for its place once; of several the earliest counts.
import { same } from "./log.js";

const LONGEST_SEARCH = 60_000;

const isBefore = (a, b) => a.at < b.at || (a.at === b.at && a.id < b.id);
const asked = new Set();

const located = ({ coords }) =>
  [coords.latitude.toFixed(6), coords.longitude.toFixed(6), (coords.altitude ?? 0).toFixed(1), coords.accuracy.toFixed(0)].join(" ");

/** Two tablets that began apart both wrote their place: whoever sees both writes the earlier once more. */
const settle = (path, log, save) => {
  const standing = log.current(path);
  if (standing.some((change) => !same(change.value, standing[0].value))) save(path, standing.reduce((one, other) => (isBefore(other, one) ? other : one)).value);
};

const locate = (path, log, save) => {
  if (asked.has(path) || !navigator.geolocation) return;
  asked.add(path);
  const found = (position) => { if (!log.current(path).length) save(path, located(position)); };
  navigator.geolocation.getCurrentPosition(found, () => {}, { enableHighAccuracy: true, timeout: LONGEST_SEARCH });
};

/** Once something was written: ask where the tablet is, or settle between two places. */
export const beginHere = (recorded, log, save) => {
  for (const [path, type] of Object.entries(recorded)) {
    if (type !== "start-geopoint") continue;
    if (log.current(path).length) settle(path, log, save);
    else if (log.changes().length) locate(path, log, save);
  }
};
