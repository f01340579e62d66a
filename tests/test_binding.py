"""Names, functions and arguments at their place: what an expression depends on, and what is refused."""

from __future__ import annotations

import pytest
from expression_world import bound, names, run_javascript, run_python

from forms.xpath.binding import bind
from forms.xpath.bound import Span
from forms.xpath.expression import ExpressionError, parse


def refuse(source: str, context: str = "", **options) -> ExpressionError:
    with pytest.raises(ExpressionError) as caught:
        bind(parse(source), names, context, **options)
    return caught.value


@pytest.mark.parametrize(
    ("source", "context", "references"),
    [
        ("${i} + ${t}", "", {"/i", "/t"}),
        ("sum(${age})", "", {"/r", "/r/age"}),
        ("${age}", "/r/name", {"/r/age"}),
        ("count(${s})", "", {"/r", "/r/s"}),
        ("position(..)", "/r/age", {"/r"}),
        ("${r}[age > ${i}]/name", "", {"/r", "/r/age", "/i", "/r/name"}),
        ("once(${i})", "/t", {"/i"}),
        (". > 3", "/i", {"/i"}),
        ("item-level(${c})", "", {"/c"}),
        ("selected(${m}, 'a')", "", {"/m"}),
        ("jr:choice-name('a', '${m}')", "", set()),
        ("instance('tinh')/root/item[ma = ${t}]/label", "", {"/t"}),
    ],
)
def test_references_are_what_the_result_depends_on(source, context, references):
    assert bound(source, context).references == references


def test_what_else_a_result_depends_on_is_known():
    found = [bound(source) for source in ("total() > 1", "today()", "item-score(${c})", "1")]
    assert [(tree.uses_assessment, tree.uses_clock, tree.scores) for tree in found] == [
        (True, False, frozenset()),
        (False, True, frozenset()),
        (False, False, frozenset({"/c"})),
        (False, False, frozenset()),
    ]


def test_types_are_known_before_running():
    written = ["${i}", "${i} + 1", "${i} = 1", "string(${i})", "if(${i}, 1, 'x')", "if(${i}, 1, 2)", "1 div 0"]
    types = ["nodeset", "number", "boolean", "string", "any", "number", "number"]
    assert [bound(source).type for source in written] == types


def test_a_reference_in_a_repeat_stays_in_the_instance():
    tree = bound("${name}", "/r/s/w")
    assert (tree.root.location.span, tree.root.location.levels, tree.depth) == (Span(0, 1, False), (), 2)


@pytest.mark.parametrize(
    ("source", "code", "character"),
    [
        ("1 + ${ghost}", "name-unknown", 5),
        ("/data/ghost", "name-unknown", 7),
        ("../x", "path-above-form", 1),
        ("${last-saved#i}", "reference-unsupported", 1),
        ("ghost()", "function-unknown", 1),
        ("pulldata('a', 'b', 'c', 'd')", "instance-unknown", 10),
        ("not()", "function-arguments", 1),
        ("substr('a')", "function-arguments", 1),
        ("weighted-checklist(1, 2, 3, 4, 5)", "function-arguments", 1),
        ("count('a')", "nodeset-expected", 1),
        ("sum(3)", "nodeset-expected", 1),
        ("1 | ${i}", "nodeset-expected", 3),
        ("${g} = 1", "group-without-value", 6),
        ("concat('a', ${r})", "group-without-value", 13),
        ("position()", "position-alone", 1),
        ("last()", "last-alone", 1),
        ("position(${r})", "position-of-many", 1),
        ("indexed-repeat(${i}, ${r}, 1)", "repeat-expected", 22),
        ("regex(${t}, ${u})", "regex-not-constant", 13),
        ("regex(${t}, '(a')", "regex-unsupported", 13),
        ("regex(${t}, '\\p{L}')", "regex-unsupported", 13),
        ("jr:choice-name('a', 'b c')", "syntax", 24),
        ("jr:choice-name('a', '${i}')", "choices-unknown", 21),
        ("item-score(${g})", "question-expected", 1),
        ("today()/x", "path-unsupported", 1),
        ("/data/../i", "path-unsupported", 7),
        ("instance('tin')/root/item[1]/ma", "instance-unknown", 10),
        ("instance(${t})/root/item[1]/ma", "instance-name", 1),
        ("count(instance('tinh'))", "instance-path", 7),
        ("instance('tinh')/root/ma", "instance-path", 1),
        ("instance('tinh')/root/item[mas = 1]/ma", "column-unknown", 28),
        ("instance('tinh')/root/item[1]/mas", "column-unknown", 31),
        ("instance('tinh')/root/item[ma = ../t]/ma", "row-without-name", 33),
        ("concat('a', instance('tinh')/root/item[1])", "row-without-value", 13),
        ("digest(${t}, 'SHA-3')", "digest-word", 14),
        ("digest(${t}, 'MD5', 'hexx')", "digest-word", 21),
        ("//ghost", "name-unknown", 3),
        ("//../t", "path-unsupported", 3),
        ("${r}//name", "syntax", 6),
        ("randomize('a')", "nodeset-expected", 1),
        ("join(' ', randomize(${r}))", "group-without-value", 11),
        ("jr:itext('a')", "function-unsupported", 1),
        ("${t} | instance('tinh')/root/item/ma", "nodeset-expected", 6),
        ("${r}/..", "path-unsupported", 6),
    ],
)
def test_what_cannot_be_bound_is_refused_with_its_place(source, code, character):
    error = refuse(source)
    assert (error.code, error.character) == (code, character)


def test_close_names_and_functions_are_offered():
    texts = [refuse("${nam}").text["en"], refuse("selectd(${m}, 1)").text["vi"]]
    assert texts == [
        "No question is named “nam”. Did you mean ${name}?",
        "Không có hàm selectd(). Có phải selected(), selected-at(), count-selected()?",
    ]


def test_a_bare_word_is_told_what_it_lacks():
    texts = [refuse(source).text["en"] for source in ("${c} = yes", "true", "nam")]
    assert texts == [
        "No question is named “yes”. A text needs quotes: 'yes'.",
        "Write true() with brackets.",
        "No question is named “nam”. Did you mean ${name}?",
    ]


def test_the_deepest_tree_allowed_binds_and_compiles():
    source = "if(${i} > 1, " * 98 + "1" + ", 0)" * 98
    assert (run_python(source), run_javascript([(bound(source), (), {})])) == (1, [1])


def test_figures_of_the_assessment_belong_to_levels_and_recommendations():
    assert [refuse(f"{name}() > 1", assessment=False).code for name in ("total", "lowest-section", "gates-failed")] == [
        "assessment-here"
    ] * 3


def test_a_choice_filter_knows_only_the_columns_of_its_list():
    error = refuse("provnce = 1", "/c", fields={"name", "province"})
    assert (error.code, error.character) == ("column-unknown", 1)
