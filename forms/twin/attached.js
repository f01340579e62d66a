// Attached files as tables: rows as objects, found by the text of a column through an index; choices that are rows of
// them. Only checklists with files carry this. The twin of tables.py.

export const attached = (() => {
  class Table {
    constructor({ columns, rows }) {
      this.columns = columns;
      this.cells = rows;
      this.indexes = new Map();
    }

    get rows() {
      this.records ??= this.cells.map((row) => Object.fromEntries(row.map((cell, place) => [this.columns[place], cell])));
      return this.records;
    }

    // The numbers of the rows with this text in a column, in the order of the file.
    rowsWith(column, text) {
      if (!this.indexes.has(column)) this.indexes.set(column, this.#index(this.columns.indexOf(column)));
      return this.indexes.get(column).get(text) ?? [];
    }

    #index(place) {
      const index = new Map();
      this.cells.forEach((row, number) => {
        if (index.has(row[place])) index.get(row[place]).push(number);
        else index.set(row[place], [number]);
      });
      return index;
    }
  }

  // Tables come with the module, or by themselves when they are large.
  function attach(plan, tables) {
    plan.tables ??= new Map();
    for (const [name, table] of Object.entries(tables)) plan.tables.set(name, new Table(table));
    for (const [list, { table, value, label }] of Object.entries(plan.checklist.lists ?? {})) {
      if (Object.hasOwn(tables, table)) plan.choices.set(list, choicesIn(plan.tables.get(table), value, label));
    }
  }

  function choicesIn({ columns, cells }, value, label) {
    const name = columns.indexOf(value);
    const words = Object.entries(label).map(([language, column]) => [language, columns.indexOf(column)]);
    const choice = (row) => ({
      name: row[name],
      label: Object.fromEntries(words.map(([language, place]) => [language, row[place]]).filter(([, text]) => text)),
    });
    return new Map(cells.map((row) => [row[name], choice(row)]));
  }

  // The names of the rows that a choice filter lets through; `key` are the column and the text that all of them have.
  function filter(state, list, run, key, f) {
    const { table, value } = state.plan.checklist.lists[list];
    const found = state.plan.tables.get(table);
    return (keys) => {
      const rows = key ? found.rowsWith(key[0], key[1](state, keys, f)).map((number) => found.rows[number]) : found.rows;
      return rows.filter((row) => run(state, keys, f, row)).map((row) => row[value]);
    };
  }

  return { attach, filter };
})();
