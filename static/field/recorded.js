// What the log itself says about a visit, by question: when, by whom and on which tablet it was begun. The twin of recorded.py.
import { page } from "./words.js";

const isBefore = (a, b) => a.at < b.at || (a.at === b.at && a.id < b.id);

const HOURS = 7;

/** A moment of the log as clocks in Vietnam show it: "2025-08-19T09:00:01.000+07:00". */
const onTheWall = (at) => new Date(Date.parse(at) + HOURS * 3_600_000).toISOString().replace("Z", "+07:00");

/** The values of the questions that `page.recorded` names by path with their type; none as long as nothing is written. */
export const recordedIn = (log, people = page.people) => {
  const asked = Object.entries(page.recorded ?? {});
  const places = asked.map(([path]) => path);
  const changes = log.changes().filter(({ question }) => !places.includes(question));
  if (!asked.length || !changes.length) return {};
  const first = changes.reduce((one, other) => (isBefore(other, one) ? other : one));
  const last = changes.reduce((one, other) => (isBefore(one, other) ? other : one));
  const found = { start: onTheWall(first.at), end: onTheWall(last.at), username: people?.[first.author] ?? first.author, deviceid: first.device };
  return Object.fromEntries(asked.filter(([, type]) => type in found).map(([path, type]) => [path, found[type]]));
};

/** The answers of a log with what it says itself. */
export const answersOf = (log) => ({ ...log.answers(), ...recordedIn(log) });
