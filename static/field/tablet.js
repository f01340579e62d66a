// This tablet: its name, who works on it, and how far its clock is off. Small things that every page needs at once.
import { makeId } from "./log.js";

const DEVICE = "satcanh.device";
const PERSON = "satcanh.person";
const LATEST = "satcanh.latest";
const CLOCK = "satcanh.clock";

const read = (name) => {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
};

const write = (name, value) => {
  try {
    localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // No room left: it holds until the page closes.
  }
};

let made;

/** The name of this tablet, made once. */
export const deviceName = () => {
  if (made) return made;
  made = read(DEVICE) ?? `t-${makeId()}`;
  write(DEVICE, made);
  return made;
};

/** Who works on this tablet, {id, name, initials, colour, role}: the person who signed in last and has not signed out. */
export const personHere = () => read(PERSON);

export const setPerson = (person) => (person ? write(PERSON, person) : localStorage.removeItem(PERSON));

/** A kept page does not know who has just signed in; the address names the person, and nobody else's visits are opened. */
export const noteArrival = () => {
  const address = new URL(location.href);
  const arrived = address.searchParams.get("as");
  if (!arrived) return;
  if (personHere()?.id !== arrived) setPerson(null);
  address.searchParams.delete("as");
  history.replaceState(null, "", address);
};

let latest = 0;

/** For the id of a change: ids of one tablet sort as they were made, also when its clock has been set back. */
export const idMoment = () => {
  latest = Math.max(Date.now(), latest + 1, (read(LATEST) ?? 0) + 1);
  return latest;
};

/** Let the other pages of this tablet know how far ids have come: writing takes longer than reading. */
export const noteMoment = () => write(LATEST, latest);

/** Milliseconds by which the server is ahead of this tablet, as it was seen last. */
export const clockOffset = () => read(CLOCK) ?? 0;

export const noteServerTime = (text, began) => {
  const now = Date.now();
  // Half of the way there and back is the best guess of when the server looked at its clock.
  write(CLOCK, Math.round(Date.parse(text) - (now + Math.min(began, now)) / 2));
};
