"""The case file that both twins must pass, one test for each of its groups."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from expression_world import World, bound, run_javascript, run_python

from forms.checklist import Checklist, Choice, Node
from forms.xpath.binding import Names, bind
from forms.xpath.closures import to_closure, to_filter
from forms.xpath.expression import parse
from forms.xpath.javascript import to_javascript

CASES: dict[str, list[list[Any]]] = json.loads((Path(__file__).parent / "cases/expressions.json").read_text("utf-8"))


def context(case: list[Any]) -> tuple[str, tuple[str, ...]]:
    return (case[2], tuple(case[3])) if len(case) > 2 else ("", ())


@pytest.mark.parametrize("group", CASES)
def test_python_passes_the_cases(group):
    found = [[case[0], run_python(case[0], *context(case))] for case in CASES[group]]
    assert found == [case[:2] for case in CASES[group]]


def test_javascript_passes_the_cases():
    cases = [case for group in CASES.values() for case in group]
    found = run_javascript([(bound(case[0], context(case)[0]), context(case)[1], {}) for case in cases])
    assert [[case[0], result] for case, result in zip(cases, found, strict=True)] == [case[:2] for case in cases]


@pytest.mark.parametrize(
    ("source", "wanted", "expected"),
    [
        ("${i} + 0.5", "answer", 3.5),
        ("${i} + 1", "answer", 4),
        ("0 div 0", "answer", None),
        ("1 div 0", "answer", "Infinity"),
        ("1 = 1", "answer", "true"),
        ("''", "answer", None),
        ("${m}", "answer", "a c"),
        ("${n}", "answer", None),
        ("${n}", "boolean", False),
        ("${i}", "string", "3"),
        ("${u}", "number", 12.0),
    ],
)
def test_result_comes_in_the_form_that_is_wanted(source, wanted, expected):
    tree = bound(source)
    found = to_closure(tree, wanted)(World(), ())
    assert (found, type(found)) == (expected, type(expected))


def test_choice_filter_reads_columns_and_answers():
    fields = {"name", "label", "province"}
    node = Node(type="select_one", name="unit", path="/unit", row=2, choices="units")
    where = Node(type="text", name="where", path="/where", row=3)
    checklist = Checklist(
        id="c", version="1", title={}, languages=["vi"], nodes=[node, where], sections=[],
        choices={"units": [Choice(name="15271", label={"vi": "Hà Trung"}, fields={"province": "38"})]},
    )  # fmt: skip
    tree = bind(parse("province = ${where} and name != ''"), Names.of(checklist), "/unit", fields=fields)

    class Answered:
        def value(self, path, keys):
            return {"/where": "38"}[path]

    chosen = [to_filter(tree)(Answered(), (), {"name": "1", "province": province}) for province in ("38", "1")]
    assert chosen == [True, False]
    assert to_javascript(tree) == '(((c["province"]??"")===(s.value("/where",f.none)??""))&&((c["name"]??"")!==""))'
