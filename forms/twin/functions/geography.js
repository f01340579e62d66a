// Areas and distances on a sphere. The twin of functions/geography.py, entry by entry.
import { coercion } from "./coercion.js";
import { f } from "./library.js";
import { numbers } from "./numbers.js";

export const geography = (() => {
  const radius = 6_378_100;
  const trimmed = (text) => text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, "");

  function pointsOf(texts) {
    const found = texts.flatMap((text) => trimmed(text).replace(/;+$/, "").split(";")).map((part) => pointOf(trimmed(part)));
    return found.includes(null) ? null : found;
  }

  function pointOf(text) {
    const written = text.split(/[ \t\r\n]+/).map(coercion.textNumber);
    if (written.length < 2 || written.length > 4 || written.some(Number.isNaN)) return null;
    const [latitude, longitude] = written;
    if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return null;
    return [(latitude * Math.PI) / 180, (longitude * Math.PI) / 180];
  }

  function area(...parts) {
    const points = pointsOf(parts.flat());
    if (points === null || points.length < 2) return NaN;
    let total = 0;
    points.forEach(([latitude, longitude], place) => {
      const [other, along] = points[(place + 1) % points.length];
      total += (along - longitude) * (2 + Math.sin(latitude) + Math.sin(other));
    });
    return numbers.roundHalfUp((Math.abs(total) * radius * radius) / 2, 2);
  }

  function distance(...parts) {
    const points = pointsOf(parts.flat());
    if (points === null || points.length < 2) return NaN;
    let total = 0;
    for (let place = 1; place < points.length; place += 1) total += angle(points[place - 1], points[place]);
    return numbers.roundHalfUp(total * radius, 2);
  }

  function angle([latitude, longitude], [near, along]) {
    let half = Math.sin((near - latitude) / 2) ** 2;
    half += Math.cos(latitude) * Math.cos(near) * Math.sin((along - longitude) / 2) ** 2;
    return 2 * Math.asin(Math.sqrt(Math.min(1, half)));
  }

  return { area, distance };
})();

Object.assign(f, geography);
