// Rows of tables: what compiled paths after instance() call. The twin of rows_reader in reading.py.
import { f } from "./library.js";

export const tables = (() => {
  // Tests get the keys grown by the row, its position and the count of the rows.
  function rows(state, table, keys, tests) {
    let found = state.rows(table);
    for (const test of tests) {
      const size = found.length;
      found = found.filter((row, place) => test(state, [...keys, row, place + 1, size]));
    }
    return found;
  }

  const cells = (found, column) => found.map((row) => row[column] ?? "");

  return { rows, cells };
})();

Object.assign(f, tables);
