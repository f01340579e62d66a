"""A small form with answers, in Python and in JavaScript, on which expressions are tried."""

from __future__ import annotations

import json
from typing import Any

from javascript import function_library, run_module

from forms.checklist import Checklist, Choice, Node
from forms.xpath.binding import Names, bind
from forms.xpath.bound import Bound
from forms.xpath.closures import Keys, Value, to_closure
from forms.xpath.expression import parse
from forms.xpath.functions.coercion import number_text
from forms.xpath.javascript import to_javascript
from forms.xpath.names import Table

types = {
    "/t": "text", "/u": "text", "/e": "text", "/d": "date", "/c": "select_one", "/i": "integer", "/j": "integer",
    "/x": "decimal", "/n": "decimal", "/m": "select_multiple", "/p": "image", "/k": "calculate", "/o": "geopoint", "/g": "group",
    "/g/a": "integer", "/r": "repeat", "/r/name": "text", "/r/age": "integer", "/r/s": "repeat", "/r/s/w": "decimal",
    "/r/in": "group", "/r/in/q": "text", "/z": "repeat", "/z/v": "integer",
}  # fmt: skip

answers: dict[str, Value] = {
    "/t": "Hà Trung", "/u": "12", "/d": "2025-08-19", "/c": "yes", "/i": 3, "/j": 0, "/x": 2.5, "/m": ["a", "c"],
    "/k": "7", "/g/a": 4, "/r[1]/name": "An", "/r[1]/age": 30, "/r[2]/name": "Bình", "/r[3]/name": "Chi",
    "/r[3]/age": 50, "/r[1]/s[x]/w": 1.5, "/r[1]/s[y]/w": 2.0, "/r[3]/s[x]/w": 4.0, "/r[2]/in/q": "trong",
}  # fmt: skip

instances = {"/r": ["1", "2", "3"], "/r[1]/s": ["x", "y"], "/r[3]/s": ["x"]}
scores: dict[str, Any] = {"/c": 2 / 3, "/i": None, "/x": "na", "/j": 1.0}
tables = {
    "list": [{"name": "yes", "label": "Có"}, {"name": "a", "label": "Chữ a"}, {"name": "c", "label": "Chữ c"}],
    "tinh": [
        {"ma": "01", "label": "Hà Nội", "dan": "8500000", "vung": "bac"},
        {"ma": "48", "label": "Đà Nẵng", "dan": "3000000", "vung": "trung"},
        {"ma": "79", "label": "TP. Hồ Chí Minh", "dan": "14000000", "vung": ""},
    ],
}
figures: dict[str, Any] = {"total": 66.5, "lowest_section": None, "gates_failed": 2}


def checklist() -> Checklist:
    """The form as a checklist."""

    def node(path: str) -> Node:
        children = [node(inner) for inner in types if inner.rpartition("/")[0] == path]
        choices = "list" if types[path].startswith("select") else None
        name = path.rpartition("/")[2]
        return Node(type=types[path], name=name, path=path, row=1, choices=choices, children=children)  # type: ignore[arg-type]

    choices = [
        Choice(name="yes", label={"vi": "Có", "en": "Yes"}),
        Choice(name="a", label={"vi": "Chữ a", "en": "Letter a"}),
        Choice(name="c", label={"vi": "Chữ c", "en": "Letter c"}),
    ]
    nodes = [node(path) for path in types if path.count("/") == 1]
    return Checklist(
        id="world", version="1", title={"vi": "Thế giới"}, languages=["vi", "en"], nodes=nodes,
        choices={"list": choices}, sections=[],
    )  # fmt: skip


names = Names.of(checklist())
names.tables["tinh"] = Table(frozenset({"ma", "label", "dan", "vung"}))


def at(path: str, keys: Keys) -> str:
    """An instance path: keys in brackets behind their repeats."""
    found, rest = "", list(keys)
    for part in path.split("/")[1:]:
        found += f"/{part}"
        if rest and types.get(found_path(found)) == "repeat":
            found += f"[{rest.pop(0)}]"
    return found


def found_path(path: str) -> str:
    return "".join(f"/{part.partition('[')[0]}" for part in path.split("/")[1:])


class World:
    """The state protocol on fixed answers."""

    today = "2025-08-20"
    now = "2025-08-20T06:30:00.000+07:00"
    unit_code, unit_kind, seed = "15271", "xa", "v1"

    def __init__(self, changed: dict[str, Value] | None = None) -> None:
        self.answers = {**answers, **(changed or {})}

    def value(self, path: str, keys: Keys) -> Value:
        assert len(keys) == len(names.places[path].repeats), (path, keys)
        return self.answers.get(at(path, keys))

    answer = value

    def instances(self, repeat: str, keys: Keys) -> list[Keys]:
        place = at(repeat, keys)
        return [(*keys, key) for key in instances.get(place, [])]

    def position(self, repeat: str, keys: Keys) -> int:
        return self.instances(repeat, keys[:-1]).index(keys) + 1

    def rows(self, table: str) -> list[dict[str, str]]:
        return tables[table]

    def rows_with(self, table: str, column: str, text: str) -> list[int]:
        return [number for number, row in enumerate(tables[table]) if row.get(column, "") == text]

    def label(self, path: str, keys: Keys, language: str) -> str | None:
        value = self.value(path, keys)
        words = {choice.name: choice.label[language] for choice in checklist().choices["list"]}
        return ", ".join(words[name] for name in (value if isinstance(value, list) else [str(value)]))

    def item_score(self, path: str, keys: Keys) -> Any:
        return scores.get(at(path, keys))

    def total(self) -> Any:
        return figures["total"]

    def lowest_section(self) -> Any:
        return figures["lowest_section"]

    def gates_failed(self) -> Any:
        return figures["gates_failed"]


world_script = """
const types = TYPES, answers = ANSWERS, listed = INSTANCES, scores = SCORES, figures = FIGURES, labels = LABELS, sheets = TABLES;
const at = (path, keys) => {
  let [found, bare, rest] = ["", "", [...keys]];
  for (const part of path.split("/").slice(1)) {
    found += "/" + part; bare += "/" + part;
    if (rest.length && types[bare] === "repeat") found += `[${rest.shift()}]`;
  }
  return found;
};
const world = (changed) => {
  const held = {...answers, ...changed};
  const s = {
    today: "2025-08-20", now: "2025-08-20T06:30:00.000+07:00", unit_code: "15271", unit_kind: "xa", seed: "v1",
    value: (path, keys) => held[at(path, keys)] ?? null,
    answer: (path, keys) => s.value(path, keys),
    instances: (repeat, keys) => (listed[at(repeat, keys)] ?? []).map((key) => [...keys, key]),
    position: (repeat, keys) => s.instances(repeat, keys.slice(0, -1)).findIndex((k) => k.join() === keys.join()) + 1,
    rows: (table) => sheets[table],
    label: (path, keys, language) => [s.value(path, keys)].flat().map((name) => labels[name][language]).join(", "),
    itemScore: (path, keys) => scores[at(path, keys)] ?? null,
    total: () => figures.total, lowestSection: () => figures.lowest_section, gatesFailed: () => figures.gates_failed,
  };
  return s;
};
const shown = (value) => Array.isArray(value) ? value.map(shown)
  : typeof value === "number" && (!Number.isFinite(value) || Object.is(value, -0)) ? {number: Object.is(value, -0) ? "-0" : String(value)}
  : value;
"""


def shown(value: object) -> object:
    """A result as JSON can carry it. Whole numbers that are not exact as a double are floats on both sides."""
    if isinstance(value, list | tuple):
        return [shown(item) for item in value]
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    if value != value or abs(value) == float("inf"):
        return {"number": number_text(value)}
    if value == 0 and str(value).startswith("-"):
        return {"number": "-0"}
    return int(value) if abs(value) < 2**53 and value == int(value) else float(value)


def bound(source: str, context: str = "") -> Bound:
    return bind(parse(source), names, context)


def run_python(source: str, context: str = "", keys: Keys = (), changed: dict[str, Value] | None = None) -> object:
    return shown(to_closure(bound(source, context))(World(changed), keys))


def run_javascript(cases: list[tuple[Bound, Keys, dict[str, Value]]]) -> list[Any]:
    """The results of many bound expressions in one run."""
    labels = {choice.name: choice.label for choice in checklist().choices["list"]}
    script = world_script
    for word, data in [("TYPES", types), ("ANSWERS", answers), ("INSTANCES", instances), ("SCORES", scores),
                       ("FIGURES", figures), ("LABELS", labels), ("TABLES", tables)]:  # fmt: skip
        script = script.replace(word, json.dumps(data), 1)
    bodies = ",\n".join(f"(s,k)=>{to_javascript(tree)}" for tree, _, _ in cases)
    data = json.dumps([[keys, changed] for _, keys, changed in cases])
    source = f"{function_library()}\n{script}\nconst bodies = [{bodies}];\nconst data = {data};"
    results: list[Any] = run_module(source, "bodies.map((body, i) => shown(body(world(data[i][1]), data[i][0])))")
    return [shown(result) for result in results]
