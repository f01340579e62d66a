// The types that few checklists have: what their answers may be, and how they read. The twin of answers.py and wording.py.
import { WrongValueError, checks } from "./answers.js";
import { wording } from "./wording.js";

export const rare = (() => {
  const { byType } = checks;
  const clock = /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-](0\d|1[0-4]):[0-5]\d)?$/;

  function refuse(code, vi, en) {
    throw new WrongValueError(code, { vi, en });
  }

  function time(value) {
    if (!clock.test(byType.text(value))) refuse("time", "Cần giờ có thật, dạng 10:30.", "Must be a time as 10:30.");
    return value;
  }

  function moment(value) {
    const [day, ...rest] = byType.text(value).split("T");
    byType.date(day);
    time(rest.join("T"));
    return value;
  }

  function acknowledged(value) {
    if (value !== "OK") refuse("text", "Chỉ nhận OK.", "Must be OK.");
    return value;
  }

  Object.assign(byType, {
    time,
    dateTime: moment,
    range: byType.decimal,
    rank: byType.select_multiple,
    acknowledge: acknowledged,
    video: byType.file,
    "start-geopoint": byType.geopoint,
    start: moment,
    end: moment,
    username: byType.text,
    deviceid: byType.text,
  });

  const dayForm = /^(\d{4})-(\d{2})-(\d{2})$/;
  const momentForm = /^(\d{4})-(\d{2})-(\d{2})(?:T|$)/;

  const inOrder = (parts, language) => (language === "vi" ? [...parts].reverse().join("/") : parts.join("-"));

  const dated = (parts) => (value, language) => {
    const found = dayForm.exec(value);
    return found ? inOrder(found.slice(1, 1 + parts), language) : value;
  };

  function whole(value, language) {
    const found = momentForm.exec(value);
    if (!found) return value;
    const both = [inOrder(found.slice(1), language), value.slice(11, 16)].filter(Boolean);
    return (language === "vi" ? both.reverse() : both).join(" ");
  }

  const clockOf = (value) => (/^\d{2}:\d{2}/.test(value) ? value.slice(0, 5) : value);
  const said = { year: dated(1), month: dated(2), time: clockOf, dateTime: whole, start: whole, end: whole };
  for (const [kind, say] of Object.entries(said)) {
    wording.byKind[kind] = (value, language) => (typeof value === "string" ? say(value, language) : "");
  }

  // Whether a number lies beside the steps of its slider.
  function isOff([start, end, step], value) {
    const steps = (value - start) / step;
    return typeof value !== "number" || value < start || value > end || Math.abs(steps - Math.round(steps)) > 1e-6;
  }

  return { isOff };
})();
