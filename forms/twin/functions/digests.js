// Digests of texts: MD5 (RFC 1321), SHA-1, SHA-384 and SHA-512 (FIPS 180-4). The twin of functions/digests.py.
import { base64 } from "./base64.js";
import { f } from "./library.js";
import { sha256 } from "./sha256.js";

export const digests = (() => {
  const turned = (word, by) => (word << by) | (word >>> (32 - by));
  const sines = Array.from({ length: 64 }, (_, n) => Math.floor(Math.abs(Math.sin(n + 1)) * 2 ** 32) | 0);
  const turns = [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]];
  const swapped = (word) => ((word & 255) << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24);

  function md5(bytes) {
    const message = sha256.words(bytes);
    const size = message.length;
    [message[size - 2], message[size - 1]] = [swapped(message[size - 1]), swapped(message[size - 2])];
    const state = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476);
    for (let at = 0; at < size; at += 16) {
      let [a, b, c, d] = state;
      for (let n = 0; n < 64; n += 1) {
        const round = n >> 4;
        const mixed = [(b & c) | (~b & d), (d & b) | (~d & c), b ^ c ^ d, c ^ (b | ~d)][round];
        const place = [n, 5 * n + 1, 3 * n + 5, 7 * n][round] % 16;
        const sum = (a + mixed + sines[n] + swapped(message[at + place])) | 0;
        [a, b, c, d] = [d, (b + turned(sum, turns[round][n % 4])) | 0, b, c];
      }
      [a, b, c, d].forEach((word, n) => { state[n] += word; });
    }
    return sha256.bytesOf(state.map(swapped));
  }

  function sha1(bytes) {
    const message = sha256.words(bytes);
    const state = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0);
    const w = new Int32Array(80);
    for (let at = 0; at < message.length; at += 16) {
      let [a, b, c, d, e] = state;
      for (let n = 0; n < 80; n += 1) {
        w[n] = n < 16 ? message[at + n] : turned(w[n - 3] ^ w[n - 8] ^ w[n - 14] ^ w[n - 16], 1);
        const round = Math.floor(n / 20);
        const mixed = [(b & c) | (~b & d), b ^ c ^ d, (b & c) | (b & d) | (c & d), b ^ c ^ d][round];
        const constant = [0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6][round];
        [a, b, c, d, e] = [(turned(a, 5) + mixed + e + constant + w[n]) | 0, a, turned(b, 30), c, d];
      }
      [a, b, c, d, e].forEach((word, n) => { state[n] += word; });
    }
    return sha256.bytesOf(state);
  }

  const mask = (1n << 64n) - 1n;

  // The whole root of a number of up to 200 bits, from below by halves.
  function root(number, power) {
    let [low, high] = [0n, 1n << 80n];
    while (high - low > 1n) {
      const middle = (low + high) >> 1n;
      if (middle ** power <= number) low = middle;
      else high = middle;
    }
    return low;
  }

  const halves = (number) => [Number(number >> 32n) | 0, Number(number & 0xffffffffn) | 0];
  let tables = null;

  // 64 bits of the fractions of roots of primes: of cubes for the rounds, of squares for the starts (SHA-384: from the ninth prime).
  function roots() {
    const list = sha256.primes(80).map(BigInt);
    const squares = list.slice(0, 16).map((prime) => root(prime << 128n, 2n) & mask);
    tables ??= {
      rounds: list.map((prime) => root(prime << 192n, 3n) & mask).flatMap(halves),
      "SHA-512": squares.slice(0, 8).flatMap(halves),
      "SHA-384": squares.slice(8).flatMap(halves),
    };
    return tables;
  }

  // Numbers of 64 bits are two words, the high one first: BigInt would take fifty times as long.
  function sha512(bytes, name) {
    const { rounds, [name]: start } = tables ?? roots();
    const message = sha256.words(bytes, 32);
    const state = Int32Array.from(start);
    const w = new Int32Array(160);
    const v = new Int32Array(16);
    for (let at = 0; at < message.length; at += 32) {
      w.set(message.subarray(at, at + 32));
      for (let n = 32; n < 160; n += 2) schedule(w, n);
      v.set(state);
      for (let n = 0; n < 160; n += 2) turn(v, w, rounds, n);
      for (let n = 0; n < 16; n += 2) add(state, n, [state[n], v[n]], [state[n + 1], v[n + 1]]);
    }
    return sha256.bytesOf(state).slice(0, name === "SHA-384" ? 48 : 64);
  }

  function add(target, place, highs, lows) {
    const low = lows.reduce((sum, word) => sum + (word >>> 0), 0);
    target[place + 1] = low;
    target[place] = highs.reduce((sum, word) => sum + word, Math.floor(low / 2 ** 32));
  }

  // The high word of a number turned right; by 32 and more the halves change places.
  const right = (high, low, by) => (by < 32 ? (high >>> by) | (low << (32 - by)) : (low >>> (by - 32)) | (high << (64 - by)));

  function schedule(w, n) {
    const [a, b, c, d] = [w[n - 30], w[n - 29], w[n - 4], w[n - 3]];
    const early = [right(a, b, 1) ^ right(a, b, 8) ^ (a >>> 7), right(b, a, 1) ^ right(b, a, 8) ^ right(b, a, 7)];
    const late = [right(c, d, 19) ^ right(c, d, 61) ^ (c >>> 6), right(d, c, 19) ^ right(d, c, 61) ^ right(d, c, 6)];
    add(w, n, [w[n - 32], early[0], w[n - 14], late[0]], [w[n - 31], early[1], w[n - 13], late[1]]);
  }

  const sums = new Int32Array(4);

  function turn(v, w, rounds, n) {
    const [a, b, e, g] = [v[0], v[1], v[8], v[9]];
    const highs = [v[14], right(e, g, 14) ^ right(e, g, 18) ^ right(e, g, 41), (e & v[10]) ^ (~e & v[12]), rounds[n], w[n]];
    const lows = [v[15], right(g, e, 14) ^ right(g, e, 18) ^ right(g, e, 41), (g & v[11]) ^ (~g & v[13]), rounds[n + 1], w[n + 1]];
    add(sums, 0, highs, lows);
    const most = [right(a, b, 28) ^ right(a, b, 34) ^ right(a, b, 39), (a & v[2]) ^ (a & v[4]) ^ (v[2] & v[4])];
    const least = [right(b, a, 28) ^ right(b, a, 34) ^ right(b, a, 39), (b & v[3]) ^ (b & v[5]) ^ (v[3] & v[5])];
    add(sums, 2, [sums[0], ...most], [sums[1], ...least]);
    v.copyWithin(2, 0, 14);
    add(v, 8, [v[8], sums[0]], [v[9], sums[1]]);
    [v[0], v[1]] = [sums[2], sums[3]];
  }

  const algorithms = { "MD5": md5, "SHA-1": sha1, "SHA-256": sha256.hash, "SHA-384": sha512, "SHA-512": sha512 };
  const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

  function digest(value, algorithm, encoding = "base64") {
    const [name, spelling] = [algorithm.toUpperCase(), encoding.toLowerCase()];
    if (!Object.hasOwn(algorithms, name) || (spelling !== "hex" && spelling !== "base64")) return "";
    const bytes = algorithms[name](sha256.utf8(value), name);
    return spelling === "hex" ? hex(bytes) : base64.encode(bytes);
  }

  return { digest };
})();

f.digest = digests.digest;
