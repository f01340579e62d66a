"""Forms of our own making with what large forms of the field use: each is answered step by step on both twins.

Beside each form stands a list of steps: answers that are set, and what is seen after them. `q` is a value, `q?` whether
it is asked, `q!` whether it is valid, `q*` whether it is required, `q%` its message, `q~` its label, `q=` its answer in
words, `q=x` the words of its choice x, `q[]` its choices, `path#` the instances of a repeat, `=name` and the like the whole.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pyxform.xls2xform import convert

from forms.checklist import Checklist
from forms.engine import Engine, compile_checklist
from forms.evaluation import evaluate
from forms.logic.state import State
from forms.module import module_of
from forms.recommendation import recommend
from forms.xlsform.reader import read_checklist
from forms.xlsform.spreadsheet import export_xlsx
from survey.database import Database
from survey.store import checklists
from survey.store.people import Person
from tests.javascript import run_module

FOLDER = Path(__file__).parent / "forms_of_the_field"
FILES = {path.name: path.read_bytes() for path in sorted((FOLDER / "files").iterdir())}
NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))
TODAY = "2025-08-19"
NOW = f"{TODAY}T10:00:00.000+07:00"
SIGN = re.compile(r"([?!*%~#]|\[\]|=\w*)$")

WATCH = """
const shown = (live, key) => {
  const sign = /([?!*%~#]|\\[\\]|=\\w*)$/.exec(key)?.[1] ?? "";
  const place = key.slice(0, key.length - sign.length);
  if (!place) return { "=name": () => live.instanceName(), "=total": () => rounded(live.assessment().total),
    "=level": () => live.assessment().level, "=recommended": () => live.recommendations().map(({ code }) => code) }[sign]();
  const found = sign === "#" || live.question(place);
  const words = (text) => (text ? text[Object.keys(text)[0]] : null);
  return { "": () => found.value ?? null, "?": () => found.relevant, "!": () => found.valid, "*": () => found.required,
    "%": () => words(found.message), "~": () => words(live.wording(place).label), "[]": () => live.choices(place),
    "#": () => live.instances(place), "=": () => live.label(place),
  }[sign]?.() ?? (sign.length > 1 && sign !== "[]" ? words(live.wording(place)[`choice:${sign.slice(1)}`]) : null);
};
const rounded = (number) => (number === null ? null : Math.round(number * 100) / 100);
const run = (open, steps) => {
  const live = open({ answers: {}, today: TODAY, now: NOW });
  return steps.map(({ set, see }) => {
    for (const [place, value] of Object.entries(set)) { live.set(place, value); live.follow(place); }
    return Object.fromEntries(Object.keys(see).map((key) => [key, shown(live, key)]));
  });
};
"""


@cache
def checklist_of(name: str) -> Checklist:
    return read_checklist((FOLDER / f"{name}.md").read_bytes(), f"{name}.md", files=FILES)[0]


@cache
def engine_of(name: str) -> Engine:
    return compile_checklist(checklist_of(name))


def steps_of(name: str) -> list[dict[str, Any]]:
    steps: list[dict[str, Any]] = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return steps


def whole(state: State) -> dict[str, Any]:
    assessment = state.assessment().to_json()
    total = assessment["total"]
    return {
        "=name": state.instance_name(),
        "=total": None if total is None else round(total, 2),
        "=level": assessment["level"],
        "=recommended": [one["code"] for one in recommend(state)],
    }


def shown(state: State, key: str) -> Any:
    """What stands in the state under a key of "see"."""
    sign = found[1] if (found := SIGN.search(key)) else ""
    place = key.removesuffix(sign)
    if not place:
        return whole(state)[sign]
    if sign == "#":
        return instances_of(state, place)
    if sign == "[]":
        return state.choices(place)
    if sign == "~":
        return first(state.wording(place)[0])
    if sign.startswith("="):
        return words_of(state, place, sign[1:])
    seen = state.question(place)
    part = seen[{"": "value", "?": "relevant", "!": "valid", "*": "required", "%": "message"}[sign]]
    return first(part) if sign == "%" else part


def words_of(state: State, reference: str, choice: str) -> str | None:
    place = state.engine.locate(reference)
    if not choice:
        return state.label(place.path, place.keys)
    return first(state.result(place.path, "label", place.keys)[f"choice:{choice}"])


def instances_of(state: State, reference: str) -> list[str]:
    keys = tuple(re.findall(r"\[([^\]]+)\]", reference))
    path = re.sub(r"\[[^\]]+\]", "", reference)
    return [state.engine.items[path].instance_path(own) for own in state.instances(path, keys)]


def first(text: dict[str, str] | None) -> str | None:
    return next(iter(text.values())) if text else None


@pytest.fixture(scope="module")
def in_javascript() -> dict[str, list[dict[str, Any]]]:
    """What every form shows after each of its steps, from one run of JavaScript."""
    modules = (re.sub(r"^export ", "", module_of(engine_of(name)), flags=re.MULTILINE) for name in NAMES)
    opened = ",\n".join(
        f"{json.dumps(name)}: (() => {{\n{text}\nreturn open;\n}})()" for name, text in zip(NAMES, modules, strict=True)
    )
    steps = json.dumps({name: steps_of(name) for name in NAMES})
    script = f"const TODAY = {json.dumps(TODAY)}, NOW = {json.dumps(NOW)};{WATCH}\nconst forms = {{{opened}}};\nconst steps = {steps};"
    found: dict[str, Any] = run_module(
        script, "Object.fromEntries(Object.entries(steps).map(([name, all]) => [name, run(forms[name], all)]))"
    )
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_form_of_the_field_is_as_written_down_after_every_answer(name: str):
    state = engine_of(name).open({}, TODAY, now=NOW)
    seen = []
    for step in steps_of(name):
        for place, value in step["set"].items():
            state.set(place, value)
            state.follow(place)
        seen.append({key: shown(state, key) for key in step["see"]})
    assert seen == [step["see"] for step in steps_of(name)]


@pytest.mark.parametrize("name", NAMES)
def test_a_tablet_shows_the_same(name: str, in_javascript: dict[str, list[dict[str, Any]]]):
    assert in_javascript[name] == [step["see"] for step in steps_of(name)]


def test_both_twins_say_what_the_answers_call_a_visit_as_a_whole():
    engine, request = engine_of("school"), {"answers": {"school": "Kim Đồng"}, "today": TODAY}
    assert evaluate(engine, request)["instance_name"] == "Kim Đồng"
    assert run_module(module_of(engine), f"evaluate({json.dumps(request)})")["instance_name"] == "Kim Đồng"


@pytest.mark.parametrize("name", [*NAMES, "appearances"])
def test_other_tools_take_the_exported_workbook(name: str, tmp_path: Path):
    workbook = tmp_path / f"{name}.xlsx"
    workbook.write_bytes(export_xlsx((FOLDER / f"{name}.md").read_bytes(), f"{name}.md"))
    form = convert(workbook).xform
    asked = [node.name for node in checklist_of(name).walk() if node.type not in ("group", "repeat", "note")]
    assert [one for one in asked if f"<{one}" not in form] == []


def test_forms_of_the_field_are_published_with_their_files(db: Database, cast: dict[str, Person], tmp_path: Path):
    published = [
        checklists.publish(db, (FOLDER / f"{name}.md").read_bytes(), f"{name}.md", by=cast["quan"].id, files=FILES, folder=tmp_path)
        for name in NAMES
    ]  # fmt: skip
    kept = [checklists.definition_of(db, version.id, version.version) for version in published]
    assert [one.model_dump() for one in kept] == [checklist_of(name).model_dump() for name in NAMES]
