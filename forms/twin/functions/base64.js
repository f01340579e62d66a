// Base64 with UTF-8. The twin of base64_decode in functions/digests.py.
import { f } from "./library.js";

export const base64 = (() => {
  const signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const values = new Map(Array.from(signs, (sign, value) => [sign, value]));

  function encode(bytes) {
    let found = "";
    for (let at = 0; at < bytes.length; at += 3) {
      const three = (bytes[at] << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
      const four = [18, 12, 6, 0].map((shift) => signs[(three >> shift) & 63]);
      found += four.slice(0, Math.min(bytes.length - at, 3) + 1).join("").padEnd(4, "=");
    }
    return found;
  }

  function decode(text) {
    const plain = text.replace(/[ \t\r\n]+/g, "");
    const bare = plain.replace(/=+$/, "");
    const isForm = /^[A-Za-z0-9+/]*={0,2}$/.test(plain);
    if (!isForm || bare.length % 4 === 1 || (bare.length < plain.length && plain.length % 4)) return "";
    const bytes = new Uint8Array(Math.floor((bare.length * 3) / 4));
    for (let at = 0, bits = 0, held = 0, place = 0; at < bare.length; at += 1) {
      held = ((held << 6) | values.get(bare[at])) & 0xffff;
      bits += 6;
      if (bits >= 8) bytes[place++] = held >> (bits -= 8);
    }
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      return "";
    }
  }

  return { encode, decode };
})();

f["base64-decode"] = base64.decode;
