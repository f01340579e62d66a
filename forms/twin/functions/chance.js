// What is drawn by lot. The twin of functions/chance.py, entry by entry.
import { coercion } from "./coercion.js";
import { f } from "./library.js";
import { sha256 } from "./sha256.js";

export const chance = (() => {
  const [modulus, multiplier] = [2 ** 31 - 1, 16_807];
  const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  const longestName = 1_000;

  const lot = (seed, name, keys, step) => sha256.hash(sha256.utf8(`${seed}|${name}|${keys.join("/")}|${step}`));
  const high = (bytes, count) => bytes.slice(0, count).reduce((sum, byte) => sum * 256 + byte, 0);

  function randomNumber(seed, name, keys, step) {
    const drawn = lot(seed, name, keys, step);
    return (high(drawn, 6) * 32 + (drawn[6] >> 3)) / 2 ** 53;
  }

  function randomUuid(seed, name, keys, step) {
    const drawn = lot(seed, name, keys, step).slice(0, 16);
    drawn[6] = (drawn[6] & 15) | 64;
    drawn[8] = (drawn[8] & 63) | 128;
    const found = Array.from(drawn, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return found.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }

  function randomName(seed, name, keys, step, length) {
    const wanted = length > 0 ? Math.min(Math.trunc(length), longestName) : 0;
    let found = "";
    for (let block = 0; found.length < wanted; block += 1) {
      for (const byte of lot(seed, `${name}+${block}`, keys, step)) found += alphabet[byte % 62];
    }
    return found.slice(0, wanted);
  }

  function shuffle(values, seed) {
    let state = firstState(typeof seed === "string" ? seedOfText(seed) : seed);
    const found = [];
    for (const [place, value] of values.entries()) {
      state = (state * multiplier) % modulus;
      const other = Math.floor(((state - 1) / (modulus - 1)) * (place + 1));
      found.push(value);
      if (other !== place) [found[place], found[other]] = [found[other], value];
    }
    return found;
  }

  function firstState(seed) {
    const endless = seed > 0 ? 1 : -2; // 2**63 - 1 and -2**63 by the modulus
    const start = Math.trunc(Math.abs(seed) === Infinity ? endless : seed || 0) % modulus;
    return start > 0 ? start : start + modulus - 1;
  }

  function seedOfText(text) {
    const number = coercion.textNumber(text);
    if (number === number || !text) return number;
    const whole = new DataView(sha256.hash(sha256.utf8(text)).buffer).getBigInt64(0);
    return Number(whole % BigInt(modulus));
  }

  return { randomNumber, randomUuid, randomName, shuffle };
})();

Object.assign(f, chance);
