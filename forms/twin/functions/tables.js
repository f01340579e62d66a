// Rows of tables: what compiled paths after instance() call. The twin of rows_reader in reading.py.
import { f } from "./library.js";

export const tables = (() => {
  // Tests get the keys grown by the row, its position and the count of the rows. With a column and its text the first
  // test is tried only on the rows that an index finds.
  function rows(state, table, keys, tests, column, text) {
    const attached = state.plan?.tables?.get(table);
    let found = attached?.rows ?? state.rows(table);
    if (attached && column !== undefined) {
      const [first, ...others] = tests;
      const [all, size] = [found, found.length];
      const near = attached.rowsWith(column, text([...keys, null, 0, size]));
      found = near.filter((number) => first(state, [...keys, all[number], number + 1, size])).map((number) => all[number]);
      tests = others;
    }
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
