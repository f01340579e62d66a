// Saving a copy: one visit's whole log with its files as one file on this tablet, without a network.
import { deviceName } from "./tablet.js";
import { zip } from "./zip.js";

const two = (value) => String(value).padStart(2, "0");

const nameOf = (facts, now) => {
  const day = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`;
  return `satcanh-${facts.unit_code}-${facts.planned_on}-${day}${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}.zip`;
};

const described = (facts, person, changes, files) => ({
  format: "satcanh-copy", version: 1, made_at: new Date().toISOString(), device: deviceName(),
  person: { id: person.id, name: person.name },
  visit: {
    id: facts.id, unit_code: facts.unit_code, unit_title: facts.unit_title, planned_on: facts.planned_on,
    checklist_id: facts.checklist.id, checklist_version: facts.checklist.version,
  },
  changes: changes.length,
  attachments: files.map(({ hash, type, blob }) => ({ sha256: hash, media_type: type, size: blob.size })),
});

/** The copy of one visit: {name, blob}. Files that were made small after they had been sent stay out: the server has them. */
export const copyOf = async (store, visit, person) => {
  const { visit: entry, changes } = await store.load(visit);
  const unkept = [...store.unkept.values()].filter((change) => change.visit === visit);
  const log = [...changes, ...unkept];
  const files = (await store.files(visit)).filter(({ sent, blob, size }) => !sent || blob.size === size);
  const lines = log.map((change) => JSON.stringify(change)).join("\n");
  const parts = [
    ["copy.json", new Blob([JSON.stringify(described(entry.facts, person, log, files), null, 1)])],
    ["changes.jsonl", new Blob([lines])],
    ...files.map(({ hash, blob }) => [`attachments/${hash}`, blob]),
  ];
  const now = new Date();
  return { name: nameOf(entry.facts, now), blob: await zip(parts, now) };
};

/** Hand a file to the tablet's downloads. */
export const handOver = ({ name, blob }) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
};
