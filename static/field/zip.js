// A ZIP file of parts as they are (stored, not compressed): photos do not shrink, and a tablet should not wait.

const TABLE = Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  return sum >>> 0;
});

/** The checksum of PKZIP (ISO 3309) over the bytes. */
export const crc32 = (bytes) => {
  let sum = 0xffffffff;
  for (const byte of bytes) sum = TABLE[(sum ^ byte) & 0xff] ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
};

const record = (fields) => {
  const bytes = new Uint8Array(fields.reduce((length, [size]) => length + size, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [size, value] of fields) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += size;
  }
  return bytes;
};

const stamp = (moment) => [
  (moment.getHours() << 11) | (moment.getMinutes() << 5) | (moment.getSeconds() >> 1),
  ((moment.getFullYear() - 1980) << 9) | ((moment.getMonth() + 1) << 5) | moment.getDate(),
];

/** `parts`: [[name, Blob]] in the order in which they come to stand; gives the file as a Blob. */
export const zip = async (parts, moment = new Date()) => {
  const [time, day] = stamp(moment);
  const [pieces, index] = [[], []];
  let at = 0;
  for (const [name, blob] of parts) {
    const title = new TextEncoder().encode(name);
    const sum = crc32(new Uint8Array(await blob.arrayBuffer()));
    // Version 2.0, names in UTF-8, stored.
    const shared = [[2, 20], [2, 0x0800], [2, 0], [2, time], [2, day], [4, sum], [4, blob.size], [4, blob.size], [2, title.length], [2, 0]];
    const head = record([[4, 0x04034b50], ...shared]);
    index.push(record([[4, 0x02014b50], [2, 20], ...shared, [2, 0], [2, 0], [2, 0], [4, 0], [4, at]]), title);
    pieces.push(head, title, blob);
    at += head.length + title.length + blob.size;
  }
  const size = index.reduce((length, bytes) => length + bytes.length, 0);
  const end = record([[4, 0x06054b50], [2, 0], [2, 0], [2, parts.length], [2, parts.length], [4, size], [4, at], [2, 0]]);
  return new Blob([...pieces, ...index, end], { type: "application/zip" });
};
