// The function library of expressions: names of the table in functions/__init__.py, then what compiled expressions call
// for the language itself. What few checklists call stands in files of its own, which add it. No clock, page or network.
import { coercion } from "./coercion.js";
import { dates } from "./dates.js";
import { nodes } from "./nodes.js";
import { numbers } from "./numbers.js";
import { texts } from "./texts.js";

export const f = {
  "concat": texts.concat,
  "join": texts.join,
  "string-length": texts.stringLength,
  "contains": texts.contains,
  "starts-with": texts.startsWith,
  "ends-with": texts.endsWith,
  "selected": texts.selected,
  "selected-at": texts.selectedAt,
  "count-selected": texts.countSelected,
  "boolean-from-string": (value) => value === "true" || value === "1",
  "int": numbers.whole,
  "round": numbers.roundHalfUp,
  "floor": numbers.floor,
  "ceiling": numbers.ceiling,
  "abs": Math.abs,
  "sum": numbers.total,
  "min": numbers.least,
  "max": numbers.greatest,
  "count-non-empty": numbers.countNonEmpty,
  "decimal-date-time": dates.daysOf,
  ...coercion,
  ...nodes,
  matches: texts.matches,
  itemLevel: numbers.itemLevel,
};
