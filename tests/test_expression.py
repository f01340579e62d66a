"""Reading expressions: the tree that comes out, and what an author is told when none does."""

from __future__ import annotations

import pytest

from forms.xpath.expression import (
    Call,
    ExpressionError,
    Negation,
    Number,
    Operation,
    Path,
    Reference,
    Step,
    String,
    parse,
    references,
)


def fault(source: str) -> tuple[str, int]:
    with pytest.raises(ExpressionError) as caught:
        parse(source)
    return caught.value.code, caught.value.character


def child(name: str, at: int, *predicates) -> Step:
    return Step("child", name, predicates, at)


def test_multiplication_binds_closer_than_addition_and_comparison():
    product = Operation("*", (Number(2.0, 5), Number(3.0, 9)), 7)
    total = Operation("+", (Number(1.0, 1), product), 3)
    assert parse("1 + 2 * 3 > 4") == Operation(">", (total, Number(4.0, 13)), 11)


def test_and_binds_closer_than_or_and_chains_are_flat():
    a, b, c, d = (Reference(name, at) for name, at in [("a", 1), ("b", 9), ("c", 18), ("d", 27)])
    assert parse("${a} or ${b} and ${c} and ${d}") == Operation("or", (a, Operation("and", (b, c, d), 14)), 6)


def test_minus_belongs_to_a_name_unless_it_stands_alone():
    name, less = Path("context", (child("a-b", 1),), (), 1), Path("context", (child("a", 1),), (), 1)
    other = Path("context", (child("b", 5),), (), 5)
    assert [parse("a-b"), parse("a - b")] == [name, Operation("-", (less, other), 3)]


def test_operator_names_are_names_where_an_operand_stands():
    left, right = Path("context", (child("div", 1),), (), 1), Path("context", (child("mod", 9),), (), 9)
    assert parse("div div mod") == Operation("div", (left, right), 5)


def test_paths_keep_their_start_steps_and_predicates():
    relative = Path("context", (Step("parent", "", (), 1), child("x", 4, Number(1.0, 6))), (), 1)
    absolute = Path("root", (child("data", 2), child("x", 7)), (), 1)
    current = Path(Call("current", (), 1), (Step("parent", "", (), 11), child("x", 14)), (), 1)
    filtered = Path(Reference("r", 1), (child("x", 9),), (Number(2.0, 6),), 1)
    written = ["../x[1]", "/data/x", "current()/../x", "${r}[2]/x"]
    assert [parse(source) for source in written] == [relative, absolute, current, filtered]


def test_calls_strings_and_negation():
    inner = Call("jr:choice-name", (Reference("a", 17), String("${a}", 23)), 2)
    assert parse("-jr:choice-name(${a}, '${a}')") == Negation(inner, 1)


def test_references_are_found_everywhere():
    found = references(parse("if(${a}[${b} > 1]/x, ../y[. = ${c}], ${ d })"))
    assert [reference.name for reference in found] == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    ("source", "code", "character"),
    [
        ("", "expression-empty", 0),
        ("1 +", "syntax", 3),
        ("1 2", "syntax", 3),
        ("1 == 2", "syntax", 4),
        ("${a} && ${b}", "syntax", 6),
        ("${a} = ‘x’", "syntax", 8),
        ("$a = 1", "syntax", 1),
        ("a//b", "syntax", 3),
        ("f(1; 2)", "syntax", 4),
        ("(1", "bracket-open", 1),
        ("f((1)", "bracket-open", 2),
        ("1)", "bracket-stray", 2),
        ("a[1)", "bracket-stray", 4),
        ("'x", "quote-open", 1),
        ("1" * 20_001, "expression-too-long", 0),
        ("-" * 200 + "1", "expression-too-deep", 101),
        ("(" * 5_000 + "1" + ")" * 5_000 + " +", "syntax", 10_003),
    ],
)
def test_a_fault_has_a_code_and_a_place(source, code, character):
    assert fault(source) == (code, character)


def test_the_message_says_the_repair_in_both_languages():
    with pytest.raises(ExpressionError) as caught:
        parse("${a} = ‘x’")
    assert caught.value.text == {
        "vi": "Không hiểu “‘” ở đây. Dùng dấu nháy thẳng ' hoặc \" thay cho dấu nháy cong.",
        "en": "Cannot read “‘” here. Use straight quotes ' or \", not curly ones.",
    }
