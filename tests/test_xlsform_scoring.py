"""Choices, sections, levels, rules and expressions of XLSForms: what they need to be assessed by."""

from textwrap import dedent

import pytest

from forms.checklist import Section
from forms.engine import compile_checklist
from forms.faults import ChecklistError
from tests.written_forms import SCORED, SETTINGS, faults, read, survey_faults


def test_choices_are_checked_one_by_one():
    assert faults(
        """
    | survey |
    | | type          | name | label |
    | | select_one yn | a    | A     |
    | choices |
    | | list_name | name   | label | score | tên tỉnh |
    | | yn        | yes    | Có    | 2     | a |
    | | yn        | yes    | Có    |       |   |
    | | yn        | no way | Không |       |   |
    | |           | na     | Khác  |       |   |
    """
        + SETTINGS
    ) == [
        ("field_name_invalid", "choices", 1),
        ("choice_score_invalid", "choices", 2),
        ("choice_twice", "choices", 3),
        ("choice_name_spaced", "choices", 4),
        ("list_name_missing", "choices", 5),
    ]


def test_every_weighted_item_needs_a_score():
    assert faults(
        """
    | survey |
    | | type               | name | label | weight |
    | | begin_group        | B    | B     |        |
    | | integer            | a    | A     | 1      |
    | | select_one half    | b    | B     | 1      |
    | | select_multiple yn | c    | C     | 1      |
    | | select_one yn      | d    | D     | 1      |
    | | end_group          |      |       |        |
    """
        + SCORED.replace(
            "| choices |",
            "| choices |\n| | list_name | name | label | score |\n| | half | one | Một | 1 |\n| | half | two | Hai | |",
            1,
        ).replace("    | | list_name | name | label | score   |\n", "", 1)
        + SETTINGS
    ) == [("score_missing", "survey", 3), ("score_missing", "survey", 5), ("choice_without_score", "choices", 3)]


PLAIN = """
    | survey |
    | | type             | name | label   | weight |
    | | select_one rate  | pc   | PCs     | 2      |
    | | begin_group      | net  | Network |        |
    | | select_one rate  | lan  | LAN     | 1      |
    | | select_one rate  | wan  | WAN     | 3      |
    | | end_group        |      |         |        |
    | | begin_group      | more | Remarks |        |
    | | text             | word | Remark  |        |
    | | end_group        |      |         |        |
    | choices |
    | | list_name | name | label | score |
    | | rate      | 0    | None  | 0     |
    | | rate      | 3    | Full  | 1     |
    | | rate      | na   | N/A   | na    |
"""


def test_without_sections_every_item_counts_by_its_own_weight():
    checklist, _ = read(PLAIN + SETTINGS)
    title = checklist.title
    assert checklist.sections == [
        Section(name="f", label=title, weight=2), Section(name="net", label={"vi": "Network"}, weight=4),
        Section(name="more", label={"vi": "Remarks"}),
    ]  # fmt: skip
    assert [[node.name for node in checklist.nodes_of(section.name)] for section in checklist.sections] == [
        ["pc"],
        ["lan", "wan"],
        ["word"],
    ]
    answers = {"pc": "3", "lan": "0", "wan": "3"}
    assert compile_checklist(checklist).open(answers, "2025-08-19").assessment().total == pytest.approx(100 * 5 / 6)


def test_with_sections_an_item_in_none_is_refused():
    sections = "| sections |\n| | name | weight |\n| | net | 100 |\n"
    assert survey_faults(PLAIN, SETTINGS + sections) == [("weight_without_section", 2)]


def test_sections_levels_and_rules_are_checked():
    assert faults(
        """
    | survey |
    | | type        | name | label |
    | | begin_group | A    | A     |
    | | text        | a1   | Một   |
    | | end_group   |      |       |
    | sections |
    | | name | weight |
    | | A    | nhiều  |
    | | Z    | 10     |
    | levels |
    | | name | rank | label | when   |
    | | ok   | 1    | Đạt   | true() |
    | | good | 2    | Tốt   |        |
    | | best | 9    | Nhất  | true() |
    | recommendations |
    | | code | questions | when   | text             | due    | priority |
    | | R1   | a1        | true() | Làm {he_thong}.  | T+3w   | high     |
    | | R1   | a2        | true() | Làm.             | 3 ngày | urgent   |
    """
        + SETTINGS
    ) == [
        ("not_a_number", "sections", 2),
        ("section_without_group", "sections", 3),
        ("rank_not_descending", "levels", 3),
        ("when_missing", "levels", 3),
        ("rank_invalid", "levels", 4),
        ("placeholder_unknown", "recommendations", 2),
        ("due_invalid", "recommendations", 3),
        ("rule_question_unknown", "recommendations", 3),
        ("priority_unknown", "recommendations", 3),
        ("rule_twice", "recommendations", 3),
    ]


def test_warnings_do_not_forbid_publishing():
    assert faults(
        """
    | survey |
    | | type          | name | label::vi | label::en |
    | | begin_group   | B    | Phần      | Part      |
    | | select_one yn | b    | Có?       |           |
    | | end_group     |      |           |           |
    | choices |
    | | list_name | name | label::vi | label::en | score |
    | | yn        | yes  | Có        | Yes       | 1     |
    | | more      | x    | X         | X         |       |
    | sections |
    | | name | weight |
    | | B    | 60     |
    | settings |
    | | form_id | version | form_title | translated_title::en | auto_send |
    | | f       | 1       | Phiếu      | List                 | yes |
    """
    ) == [
        ("setting_not_used", "settings", 1),
        ("translation_missing", "survey", 3),
        ("choice_score_unused", "choices", 2),
        ("list_unused", "choices", 3),
        ("section_without_items", "sections", 0),
        ("weights_not_100", "sections", 2),
    ]


@pytest.mark.parametrize(
    ("column", "source"),
    [
        ("relevant", "${nothing} = 1"),
        ("constraint", "1 +"),
        ("calculation", "unheard-of(1)"),
        ("required", "(${b}"),
        ("score", "total() div 100"),
        ("default", "concat('a', ${nothing})"),
    ],
)
def test_expressions_that_cannot_run_are_refused_where_they_stand(column, source):
    with pytest.raises(ChecklistError) as error:
        read(
            f"| survey |\n| | type | name | label | {column} |\n| | text | b | B | |\n| | text | a | A | {source} |\n"
            + dedent(SETTINGS)
        )
    assert [(fault.sheet, fault.row, fault.column) for fault in error.value.faults] == [("survey", 3, column)]


def test_circular_logic_names_the_way_round():
    with pytest.raises(ChecklistError) as error:
        read(
            """
    | survey |
    | | type      | name | label | relevant  | calculation | constraint |
    | | integer   | a    | A     | ${c} > 1  |             | . < 5      |
    | | calculate | b    |       |           | ${a} + 1    |            |
    | | calculate | c    |       |           | ${b} * 2    |            |
    """
            + SETTINGS
        )
    fault = error.value.faults[0]
    way = "${a} (survey:2 relevant) → ${c} (survey:4 calculation) → ${b} (survey:3 calculation) → ${a}"
    assert (fault.code, fault.row, fault.column, way in fault.text["en"]) == ("logic_circular", 2, "relevant", True)


def test_of_a_long_circle_the_first_steps_and_the_last_are_told():
    rows = "".join(f"| | calculate | q{n} | ${{q{(n + 1) % 500}}} + 1 |\n" for n in range(500))
    with pytest.raises(ChecklistError) as error:
        read("| survey |\n| | type | name | calculation |\n" + rows + SETTINGS)
    steps = error.value.faults[0].text["en"].split(" → ")
    last = "${q0}. Remove one of the dependencies."
    assert steps[10:] == ["${q10} (survey:12 calculation)", "…", "${q499} (survey:501 calculation)", last]


def test_a_calculation_of_itself_is_circular():
    form = "| survey |\n| | type | name | label | calculation |\n| | integer | a | A | ${a} + 1 |\n"
    assert survey_faults(form) == [("logic_circular", 2)]
