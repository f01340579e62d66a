// SHA-256 (FIPS 180-4) of bytes, at once: what is drawn by lot, and digests, build on it.

export const sha256 = (() => {
  function primes(count) {
    const found = [2];
    for (let number = 3; found.length < count; number += 2) if (found.every((prime) => number % prime)) found.push(number);
    return found;
  }

  const fraction = (root) => (root - Math.floor(root)) * 2 ** 32 >>> 0;
  const constants = primes(64).map((prime) => fraction(Math.cbrt(prime)));
  const start = primes(8).map((prime) => fraction(Math.sqrt(prime)));
  const turned = (word, by) => (word >>> by) | (word << (32 - by));

  // The message with a one, zeros and its length in bits, as words of 32 bits; blocks of 16 words, or of 32.
  function words(bytes, block = 16) {
    const size = Math.ceil((bytes.length + 1 + block / 2) / (block * 4)) * block;
    const found = new Int32Array(size);
    bytes.forEach((byte, place) => { found[place >> 2] |= byte << (24 - (place % 4) * 8); });
    found[bytes.length >> 2] |= 128 << (24 - (bytes.length % 4) * 8);
    found[size - 2] = bytes.length / 2 ** 29;
    found[size - 1] = bytes.length << 3;
    return found;
  }

  function bytesOf(state) {
    return Uint8Array.from({ length: state.length * 4 }, (_, place) => state[place >> 2] >>> (24 - (place % 4) * 8));
  }

  function hash(bytes) {
    const message = words(bytes);
    const state = Int32Array.from(start);
    const w = new Int32Array(64);
    for (let at = 0; at < message.length; at += 16) {
      for (let n = 0; n < 64; n += 1) w[n] = n < 16 ? message[at + n] : scheduled(w, n);
      let [a, b, c, d, e, f, g, h] = state;
      for (let n = 0; n < 64; n += 1) {
        const one = (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + constants[n] + w[n]) | 0;
        const two = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        [a, b, c, d, e, f, g, h] = [(one + two) | 0, a, b, c, (d + one) | 0, e, f, g];
      }
      [a, b, c, d, e, f, g, h].forEach((word, n) => { state[n] += word; });
    }
    return bytesOf(state);
  }

  function scheduled(w, n) {
    const [early, late] = [w[n - 15], w[n - 2]];
    const one = turned(early, 7) ^ turned(early, 18) ^ (early >>> 3);
    return (w[n - 16] + one + w[n - 7] + (turned(late, 17) ^ turned(late, 19) ^ (late >>> 10))) | 0;
  }

  return { hash, words, bytesOf, primes, utf8: (text) => new TextEncoder().encode(text) };
})();
