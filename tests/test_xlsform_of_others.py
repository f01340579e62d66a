"""What authors write for other tools, and what XLSForm's documentation allows: read alike, or refused with the repair."""

from __future__ import annotations

from io import BytesIO
from textwrap import dedent

import openpyxl
import pytest

from forms.faults import ChecklistError
from forms.xlsform.excel_values import date_text
from forms.xlsform.reader import read_checklist
from tests.written_forms import CHOICES, SETTINGS, read, survey_faults


def question(type_name: str, column: str, text: str, more: str = SETTINGS):
    """The node of one question with a text in one column."""
    form = f"| survey |\n| | type | name | label | {column} |\n| | {type_name} | a | A | {text} |\n"
    return read(form + dedent(more))[0].nodes[0]


def refused(column: str, text: str, type_name: str = "calculate", more: str = SETTINGS) -> tuple[str, int, str]:
    """The code of the only fault of such a question, the character, and the words in English."""
    with pytest.raises(ChecklistError) as caught:
        question(type_name, column, text, more)
    [fault] = caught.value.faults
    return fault.code, fault.character, fault.text["en"]


@pytest.mark.parametrize(
    ("text", "expected"), [("yes", "true()"), ("TRUE", "true()"), ("No", "false()"), ("false", "false()")]
)
@pytest.mark.parametrize("column", ["relevant", "constraint", "calculation", "required"])
def test_truth_may_be_written_as_a_word_in_every_column_of_logic(column, text, expected):
    found = getattr(question("text", column, text), column)
    assert found == (None if (column, expected) == ("required", "false()") else expected)


def test_a_hint_alone_is_the_question():
    form = "| survey |\n| | type | name | label | hint |\n| | text | a | | Họ tên |\n" + dedent(SETTINGS)
    checklist, warnings = read(form)
    assert (checklist.nodes[0].label, checklist.nodes[0].hint) == ({"vi": "Họ tên"}, {})
    assert [(one.code, one.row) for one in warnings] == [("label_from_hint", 2)]


def test_a_picture_alone_is_a_question_that_goes_by_its_name():
    form = "| survey |\n| | type | name | media::image |\n| | note | so_do | a.png |\n" + dedent(SETTINGS)
    checklist, warnings = read_checklist(form.encode(), "phieu.md", files={"a.png": b""})
    assert checklist.nodes[0].label == {"vi": "so_do"}
    assert [(one.code, one.row) for one in warnings] == [("label_from_name", 2)]


def test_a_choice_without_words_goes_by_its_name():
    form = "| survey |\n| | type | name | label |\n| | select_one l | a | A |\n| choices |\n| | list_name | name | label |\n"
    checklist, warnings = read(form + "| | l | x | X |\n| | l | y | |\n" + dedent(SETTINGS))
    assert [one.label for one in checklist.choices["l"]] == [{"vi": "X"}, {"vi": "y"}]
    assert ("label_from_name", 3) in [(one.code, one.row) for one in warnings]


def test_a_text_of_several_rows_is_one_of_several_lines():
    assert question("text", "parameters", "rows=5").appearance == "multiline"


@pytest.mark.parametrize(
    ("type_name", "text", "expected"),
    [("dateTime", "2025-08-19 07:30:00", "'2025-08-19T07:30:00'"), ("time", "07:30:00", "'07:30:00'")],
)
def test_moments_as_spreadsheets_show_them_are_defaults(type_name, text, expected):
    assert question(type_name, "default", text).default == expected


@pytest.mark.parametrize(
    ("count", "expected"), [("0.3125", "07:30:00"), ("45888", "2025-08-19"), ("45888.3125", "2025-08-19 07:30:00")]
)
def test_a_cell_with_a_time_alone_has_no_day(count, expected):
    assert date_text(count, since_1904=False) == expected


def test_truths_numbers_and_times_in_the_cells_of_a_workbook_are_read_as_meant():
    book, out = openpyxl.Workbook(), BytesIO()
    sheet = book.active
    sheet.title = "Survey "
    for row in (["Type", "Name ", "LABEL", "Relevant", "default"], ["integer", "a", 2025.0, True, 3.0]):
        sheet.append(row)
    book.save(out)
    [node] = read_checklist(out.getvalue(), "Phiếu 1.xlsx")[0].nodes
    assert (node.label, node.relevant, node.default) == ({"vi": "2025"}, "true()", "3")


def test_the_name_of_a_file_gives_the_id_without_accents():
    form = "| survey |\n| | type | name | label |\n| | text | a | A |\n"
    assert read_checklist(form.encode(), "Phiếu điều tra.md")[0].id == "Phieu_dieu_tra"


def test_a_version_as_kobotoolbox_writes_it_is_respelled():
    form = "| survey |\n| | type | name | label |\n| | text | a | A |\n| settings |\n| | form_id | version | form_title |\n"
    checklist, warnings = read(form + "| | f | 3 (2025-08-19 08:30:00) | F |\n")
    assert checklist.version == "3-2025-08-19-08-30-00"
    assert [one.code for one in warnings] == ["version_respelled"]


@pytest.mark.parametrize(
    "text", ["search('xa')", "minimal search('xa', 'matches', 'tinh', '01')", "quick search ('xa')"]
)
def test_choices_searched_in_a_file_are_refused_with_what_to_write(text):
    code, _, words = refused("appearance", text, "select_one yn", CHOICES + SETTINGS)
    assert code == "search_unsupported" and "select_one_from_file FILE.csv" in words


@pytest.mark.parametrize("written", ["begin_kobomatrix", "begin_score", "begin_rank", "rank__level", "score__row"])
def test_types_of_kobotoolbox_alone_are_refused_with_what_to_write(written):
    rows = f"| survey |\n| | type | name | label |\n| | {written} | a | A |\n"
    assert survey_faults(rows) == [("type_of_kobo", 2)]


def test_a_choice_that_stands_twice_is_refused_whatever_the_settings_say():
    form = """
        | survey |
        | | type | name | label |
        | | select_one l | a | A |
        | choices |
        | | list_name | name | label |
        | | l | x | X |
        | | l | x | Y |
        | settings |
        | | form_id | version | form_title | allow_choice_duplicates |
        | | f | 1 | F | yes |
    """
    with pytest.raises(ChecklistError) as caught:
        read(form)
    assert [(one.code, one.row) for one in caught.value.faults] == [("choice_twice", 3)]
    assert "hue_x" in caught.value.faults[0].text["en"]


@pytest.mark.parametrize(
    ("text", "at", "words"),
    [
        ("IF(1, 2, 3)", 1, "Did you mean if()?"),
        ("1 = 1 AND 2 = 2", 7, "Write it in small letters: and."),
        ("5 Div 2", 3, "Write it in small letters: div."),
        ("1 + child::b", 10, "Write ../name or ${name}; axes such as child:: are not read."),
        ("sum(/data/*)", 11, "several with | between: ${a} | ${b}."),
        ("string(@version)", 8, "the version of the form is version()."),
        ("jr:itext('yes')", 1, "words of a choice: jr:choice-name(${name}, '${name}')."),
        ("regex('a', today())", 12, "When it depends on an answer write each pattern"),
    ],
)
def test_what_an_expression_cannot_say_is_refused_at_its_character_with_what_to_write(text, at, words):
    found = refused("calculation", text)
    assert found[1] == at and words in found[2]


def test_words_that_quote_answers_are_read_by_jr_choice_name_alone():
    more = "| choices |\n| | list_name | name | label |\n| | l | x | ${b} |\n" + dedent(SETTINGS)
    form = "| survey |\n| | type | name | label | calculation |\n| | select_one l | a | A | |\n| | text | b | B | |\n"
    with pytest.raises(ChecklistError) as caught:
        read(form + "| | calculate | c | | instance('l')/root/item[1]/label |\n" + more)
    assert [(one.code, one.row, one.character) for one in caught.value.faults] == [("label-quotes", 4, 28)]


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ("label::English (en) | label::Français (fr)", ["en", "fr"]),
        ("label:Kinyarwanda | hint", ["kinyarwanda"]),
        ("label::English (en) | label::Tiếng Việt (vi)", ["vi", "en"]),
        ("label | label::English (en)", ["vi", "en"]),
    ],
)
def test_a_form_that_speaks_no_vietnamese_is_in_its_own_language(columns, expected):
    form = f"| survey |\n| | type | name | {columns} |\n| | text | a | A | B |\n" + dedent(SETTINGS)
    checklist, warnings = read(form)
    assert (checklist.languages, checklist.title) == (expected, {expected[0]: "Phiếu"})
    assert "translation_missing" not in {one.code for one in warnings if one.sheet == "survey"}


def test_a_group_that_is_read_only_makes_its_questions_so():
    form = "| survey |\n| | type | name | label | readonly |\n| | begin_group | g | G | yes |\n"
    rows = "| | text | a | A | |\n| | note | n | N | yes |\n| | end_group | | | |\n"
    assert [node.read_only for node in read(form + rows + dedent(SETTINGS))[0].walk()] == [True, True, True]


def test_an_appearance_may_be_written_in_capitals():
    assert question("select_one yn", "appearance", "Minimal W2", CHOICES + SETTINGS).appearance == "minimal w2"
