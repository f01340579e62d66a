// Answers as they come from outside: where they belong and what they may be. The twin of answers.py.

export const FACETS = ["state", "reason", "evidence", "note"];

// Types whose value is a list of files, by their hash; each file may have a caption.
export const ATTACHED = ["image", "audio", "file", "video"];

export class WrongValueError extends Error {
  constructor(code, text) {
    super(text.en);
    this.code = code;
    this.text = text;
    this.question = "";
    this.more = [];
  }
}

export class UnknownNameError extends Error {
  constructor(names) {
    super(`The checklist has no question ${names.map((name) => `“${name}”`).join(", ")}.`);
    this.names = names;
  }
}

export const places = (() => {
  const caption = /^caption\.[0-9a-f]{64}$/;
  const step = /^([^[\]/# \t\r\n]+)(?:\[([0-9A-Za-z_-]{1,64})\])?$/;

  function parse(reference) {
    const [text, facet = "", ...more] = reference.split("#");
    const isFacet = FACETS.includes(facet) || caption.test(facet);
    if (more.length || (reference.includes("#") && !isFacet)) return null;
    const rooted = text.startsWith("/");
    const found = text.slice(rooted ? 1 : 0).split("/").map((part) => step.exec(part));
    if (!found.every(Boolean) || (!rooted && found.length > 1)) return null;
    const path = found.map((match) => match[1]).join("/");
    const keys = found.filter((match) => match[2] !== undefined).map((match) => match[2]);
    return { path: rooted ? `/${path}` : path, keys, facet };
  }

  // Captions only where files are.
  function takesFacet(node, facet) {
    return !facet.startsWith("caption.") || ATTACHED.includes(node.type);
  }

  // Numbers by size, then other keys as text: the same order on every machine.
  function compareKeys(one, other) {
    const [a, b] = [one, other].map((key) => (/^\d{1,15}$/.test(key) ? Number(key) : null));
    if (a !== null && b !== null && a !== b) return a - b;
    if ((a === null) !== (b === null)) return a === null ? 1 : -1;
    return one < other ? -1 : one > other ? 1 : 0;
  }

  return { parse, takesFacet, compareKeys };
})();

export const checks = (() => {
  const MAX_TEXT = 20_000;
  const MAX_ITEMS = 1_000;
  const number = /^-?\d{1,9}(\.\d{1,20})?$/;

  function refuse(code, vi, en) {
    throw new WrongValueError(code, { vi, en });
  }

  function text(value) {
    if (typeof value !== "string") refuse("type", "Cần một đoạn chữ.", "Must be text.");
    if (value.length > MAX_TEXT && [...value].length > MAX_TEXT) {
      refuse("text", `Dài quá ${MAX_TEXT} ký tự.`, `Longer than ${MAX_TEXT} characters.`);
    }
    if (/\0|\p{Surrogate}/u.test(value)) {
      refuse("text", "Có ký tự không hợp lệ.", "Holds characters that are not text.");
    }
    return value;
  }

  function decimal(value) {
    if (typeof value !== "number") refuse("type", "Cần một số.", "Must be a number.");
    if (!Number.isFinite(value)) refuse("number", "Số không hợp lệ.", "Not a finite number.");
    if (Math.abs(value) > Number.MAX_SAFE_INTEGER) refuse("number", "Số quá lớn.", "The number is too large.");
    return value === 0 ? 0 : value;
  }

  function integer(value) {
    if (!Number.isInteger(decimal(value))) refuse("number", "Cần một số nguyên.", "Must be a whole number.");
    return value === 0 ? 0 : value;
  }

  function date(value) {
    if (/^(?!0000)\d{4}-\d{2}-\d{2}$/.test(text(value))) {
      const day = new Date(`${value}T00:00:00Z`);
      if (!Number.isNaN(day.getTime()) && day.toISOString().startsWith(value)) return value;
    }
    return refuse("date", "Cần ngày có thật, dạng 2025-08-19.", "Must be a day as 2025-08-19.");
  }

  function list(value) {
    if (!Array.isArray(value) || value.length > MAX_ITEMS) {
      refuse("type", "Cần một danh sách lựa chọn.", "Must be a list of choices.");
    }
    value.forEach(text);
    if (value.some((item) => !item || /[ \t\r\n]/.test(item)) || new Set(value).size < value.length) {
      refuse("text", "Mỗi lựa chọn một lần, không có dấu cách.", "Each choice once, without spaces.");
    }
    return [...value];
  }

  function geopoint(value) {
    const parts = text(value).split(" ");
    const spelled = parts.length >= 2 && parts.length <= 4 && parts.every((part) => number.test(part));
    if (spelled && Math.abs(Number(parts[0])) <= 90 && Math.abs(Number(parts[1])) <= 180) return value;
    return refuse("place", "Cần vĩ độ và kinh độ.", "Must be “latitude longitude altitude accuracy”.");
  }

  function hash(value) {
    if (!/^[0-9a-f]{64}$/.test(text(value))) {
      refuse("hash", "Tệp đính kèm không hợp lệ.", "Must be the SHA-256 of an attachment.");
    }
    return value;
  }

  function hashes(value) {
    return list(value).map(hash);
  }

  function presence(value) {
    if (typeof value !== "boolean") refuse("type", "Cần true hoặc false.", "Must be true or false.");
    return value;
  }

  const byType = {
    text,
    integer,
    decimal,
    date,
    select_one: text,
    select_one_from_file: text,
    select_multiple: list,
    geopoint,
    barcode: text,
    image: hashes,
    audio: hashes,
    file: hashes,
    signature: hash,
    repeat: presence,
    computed: (given) => (typeof given === "number" ? decimal(given) : text(given)),
  };
  const facets = { state: ["na", "unknown"], evidence: ["seen", "photo", "document", "statement", "none"] };

  function value(type, given) {
    if (given === null || given === undefined || given === "" || (Array.isArray(given) && !given.length)) return null;
    if (!byType[type]) refuse("type", "Mục này không nhận câu trả lời.", "This item takes no answer.");
    return byType[type](given);
  }

  function facet(name, given) {
    if (given === null || given === undefined || given === "") return null;
    const allowed = facets[name];
    if (allowed && !allowed.includes(text(given))) {
      refuse("facet", `Chỉ nhận ${allowed.join(", ")}.`, `Must be one of ${allowed.join(", ")}.`);
    }
    return text(given);
  }

  return { value, facet, byType };
})();

export function readNumber(text) {
  return /^[ \t\r\n]*-?(\d+(\.\d*)?|\.\d+)[ \t\r\n]*$/.test(text) ? Number(text) : NaN;
}
