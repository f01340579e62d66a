// Dates and date-times as a count of days. The twin of the first half of functions/dates.py, entry by entry.

export const dates = (() => {
  const dayMs = 86_400_000;
  const numberForm = /^[ \t\r\n]*(-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+))[ \t\r\n]*$/;
  const dateForm = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/;
  const momentForm =
    /^([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]+))?)?(Z|[+-][0-9]{2}:[0-9]{2})?$/;
  const timeForm = /^([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]+))?)?(?:Z|[+-][0-9]{2}:[0-9]{2})?$/;
  const whole = (left, right) => Math.floor(left / right);


  function dayNumber(year, month, day) {
    const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
    const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    if (year < 1 || month < 1 || month > 12 || day < 1 || day > lengths[month - 1]) return null;
    const before = year - 1;
    const ofYear = lengths.slice(0, month - 1).reduce((sum, length) => sum + length, 0) + day;
    return before * 365 + whole(before, 4) - whole(before, 100) + whole(before, 400) + ofYear - 719_163;
  }

  function milliseconds(hour, minute, second, fraction) {
    const [hours, minutes, seconds] = [Number(hour), Number(minute), Number(second ?? 0)];
    if (hours > 23 || minutes > 59 || seconds > 59) return null;
    const ms = Number(((fraction ?? "") + "000").slice(0, 3));
    return hours * 3_600_000 + minutes * 60_000 + seconds * 1_000 + ms;
  }

  function moment(value) {
    const date = dateForm.exec(value);
    if (date) {
      const day = dayNumber(Number(date[1]), Number(date[2]), Number(date[3]));
      return day === null ? null : [day, 0, 0];
    }
    const match = momentForm.exec(value);
    if (!match) return null;
    const day = dayNumber(Number(match[1]), Number(match[2]), Number(match[3]));
    const clock = milliseconds(match[4], match[5], match[6], match[7]);
    const zone = match[8] ?? "Z";
    const minutes = zone === "Z" ? 0 : Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4));
    return day === null || clock === null ? null : [day, clock, zone[0] === "-" ? -minutes : minutes];
  }

  function daysOf(value) {
    if (value.length < 10 || value[4] !== "-") return NaN;
    const found = moment(value);
    if (found === null) return NaN;
    const [day, clock, offset] = found;
    return day + (clock - offset * 60_000) / dayMs;
  }

  return { dayMs, numberForm, momentForm, timeForm, whole, milliseconds, moment, daysOf };
})();
