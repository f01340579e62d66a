"""Generated expressions give the same result in both languages, and the compiled text is direct where types are known."""

from __future__ import annotations

import re

import pytest
from expression_world import bound, run_javascript, run_python
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from javascript import find_node, run_in_chromium, run_in_node

from forms.xpath.expression import ExpressionError
from forms.xpath.javascript import library_files, library_names, to_javascript

texts = st.sampled_from(
    ["", " ", "a", "12", "-3.50", "2025-08-19", "2024-02-29T10:00:00+07:00", "Hà", "😀b", "a c", "true"]
)
numbers = st.one_of(
    st.integers(-1000, 1000),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from([0, 0.5, -2.5, 1e21, 1e-7, 123456789012345680000]),
)
leaves = {
    "text": st.sampled_from(
        ["${t}", "${u}", "${e}", "${d}", "${c}", "${m}", "${k}", "today()", "now()", "'a b'", "'12'", "''"]
    ),
    "number": st.sampled_from(
        ["${i}", "${j}", "${x}", "${n}", "0", "1", "2.5", "count(${r})", "position(..)", "item-level(${c})"]
    ),
    "truth": st.sampled_from(["true()", "false()", "${e}", "selected(${m}, 'c')", "${age} > 40", "${name} = ${t}"]),
    "nodes": st.sampled_from(["${age}", "${w}", "${name}", "${i}", "${r}[position() > 1]/age", "${i} | ${x}"]),
}
shapes = {
    "text": ["concat({text}, {number})", "substr({text}, {number}, {number})", "substring({text}, {number})", "string({number})",
             "substring-before({text}, {text})", "substring-after({text}, {text})", "translate({text}, {text}, {text})",
             "normalize-space({text})", "if({truth}, {text}, {text})", "coalesce({text}, {text})", "join({text}, {nodes}, {text})",
             "selected-at({text}, {number})", "date({number})", "format-date({text}, '%d-%n-%y %H:%3 %a %b')", "date-time({text})",
             "digest({text}, 'MD5')", "base64-decode({text})", "uuid({number})", "join('-', randomize({nodes}, {number}))",
             "join('-', randomize({nodes}, {text}))", "join('-', randomize({nodes}))", "format-date-time({text}, '%H:%M:%S')"],
    "number": ["({number} + {number})", "({number} - {number})", "({number} * {number})", "({number} div {number})", "({number} mod {number})",
               "-{number}", "number({text})", "round({number}, {number})", "round({number})", "int({number})", "floor({number})", "ceiling({number})",
               "abs({number})", "pow({number}, 3)", "string-length({text})", "sum({nodes})", "min({nodes}, {number})", "max({nodes})",
               "count-selected({text})", "if({truth}, {number}, {number})", "decimal-date-time({text})", "count-non-empty({nodes})",
               "(random() * {number})", "distance({text}, {text})", "area({nodes})", "decimal-time({text})"],
    "truth": ["({text} = {text})", "({text} != {number})", "({number} < {number})", "({number} >= {text})", "({truth} and {truth})",
              "({truth} or {truth} or {truth})", "not({truth})", "contains({text}, {text})", "starts-with({text}, {text})", "selected({text}, {text})",
              "({nodes} = {number})", "({nodes} > {text})", "({nodes} != {nodes})", "(if({truth}, {text}, {number}) = if({truth}, {number}, {truth}))",
              "checklist(1, {number}, {text}, {nodes})", "boolean({text})", "regex({text}, '^[\\w ]+$')"],
    "nodes": ["instance('tinh')/root/item[dan > {number}]/ma", "instance('tinh')/root/item[ma = {text}]/dan", "${{r}}[{number}]/name", "${{r}}[age > {number}]/age", "${{age}}[. > {number}]"],
}  # fmt: skip


@st.composite
def expressions(draw: st.DrawFn, kind: str, depth: int) -> str:
    """An expression of a kind; each hole of a shape is another one, so only what is needed is drawn."""
    shape = draw(st.sampled_from(shapes[kind])) if depth and draw(st.integers(0, 4)) else draw(leaves[kind])
    while depth and (hole := re.search(r"\{(text|number|truth|nodes)\}", shape)):
        shape = shape[: hole.start()] + draw(expressions(hole[1], depth - 1)) + shape[hole.end() :]
    return shape.replace("{{", "{").replace("}}", "}")


cases = st.lists(
    st.tuples(
        st.one_of(*[expressions(kind, 3) for kind in leaves]),
        st.fixed_dictionaries({}, optional={"/t": texts, "/u": texts, "/d": texts, "/x": numbers, "/k": st.one_of(texts, numbers), "/r[1]/age": st.integers(-5, 60)}),
    ),
    min_size=20, max_size=20,
)  # fmt: skip


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases)
def test_both_languages_agree(drawn):
    trees = [(source, bound(source, "/r/age"), changed) for source, changed in drawn]
    found = run_javascript([(tree, ("1",), changed) for _, tree, changed in trees])
    expected = [run_python(source, "/r/age", ("1",), changed) for source, _, changed in trees]
    assert list(zip(drawn, found, strict=True)) == list(zip(drawn, expected, strict=True))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("${t} = 'x' and ${i} > 3", '((s.value("/t",k)==="x")&&((s.value("/i",k)??NaN)>3))'),
        ("selected(${m}, 'a')", '(s.value("/m",k)??f.none).includes("a")'),
        ("${i} = 3", '(s.value("/i",k)===3)'),
        ("'</script>\u2028'", '"</script>\\u2028"'),
        ("-1 - ${x}", '((-1)-(s.value("/x",k)??NaN))'),
    ],
)
def test_known_types_give_direct_code(source, expected):
    assert to_javascript(bound(source)) == expected


def test_a_group_has_no_value_to_store():
    with pytest.raises(ExpressionError) as caught:
        bound("${g}")
    assert (caught.value.code, caught.value.character) == ("group-without-value", 1)


def test_a_module_carries_the_rare_functions_that_it_calls_and_no_others():
    always = tuple(f"functions/{name}" for name in library_names)
    assert library_files(to_javascript(bound("${t} = 'x'"))) == always
    assert library_files(to_javascript(bound("instance('list')/root/item[1]/label"))) == (
        *always,
        "functions/tables.js",
    )


def test_a_module_runs_in_node_and_in_the_browser():
    text = 'export const result = JSON.stringify(["Hà", 1]);\n'
    node = find_node()
    assert [run_in_chromium(text), run_in_node(text, node) if node else '["Hà",1]'] == ['["Hà",1]'] * 2
