"""XLSForms become checklists; what is wrong with them is said by sheet, row and code."""

from textwrap import dedent

import pytest

from forms.checklist import Checklist, Choice, Level, Node, Rule, Section
from forms.xlsform.fault_texts import TEXTS
from forms.xlsform.reader import read_checklist
from tests.written_forms import CHOICES, SETTINGS, faults, read, survey_faults


def test_a_whole_checklist():
    checklist, warnings = read("""
        | survey |
        | | type           | name | label::Tiếng Việt (vi) | label::English (en) | weight | gate | relevant | required | core | score |
        | | begin_group    | B    | Dữ liệu                | Data                |        |      |          |          |      |       |
        | | integer        | B01  | Số máy                 | Computers           | 2      |      |          | yes      | yes  | min(. div 4, 1) |
        | | select_one yn  | B02  | Có mạng?               | Is there a network? | 1      | yes  | ${B01} > 0 |        |      |       |
        | | end_group      |      |                        |                     |        |      |          |          |      |       |
        | choices |
        | | list_name | name | label::Tiếng Việt (vi) | label::English (en) | score | kind |
        | | yn        | yes  | Có                     | Yes                 | 1     | xa   |
        | | yn        | no   | Không                  | No                  | 1/3   |      |
        | | yn        | na   | Không áp dụng          | Not applicable      | na    |      |
        | settings |
        | | form_id | version | form_title | translated_title::English (en) | default_language | unit_kinds |
        | | f       | 2025.1  | Phiếu      | Checklist                      | Tiếng Việt (vi)  | xa phuong  |
        | sections |
        | | name | weight |
        | | B    | 100    |
        | levels |
        | | name | rank | label::Tiếng Việt (vi) | label::English (en) | when          |
        | | good | 2    | Tốt                    | Good                | total() >= 50 |
        | | poor | 1    | Yếu                    | Poor                | true()        |
        | recommendations |
        | | code | questions | when                    | text::Tiếng Việt (vi)  | text::English (en) | due   | priority |
        | | R1   | B01 B02   | item-level(${B02}) <= 1 | Nối mạng cho {don_vi}. | Connect {don_vi}.  | T + 15 | high    |
    """)
    computers = Node(
        type="integer", name="B01", path="/B/B01", row=3, label={"vi": "Số máy", "en": "Computers"},
        required="true()", score="min(. div 4, 1)", weight=2, section="B", core=True,
    )  # fmt: skip
    network = Node(
        type="select_one", name="B02", path="/B/B02", row=4, label={"vi": "Có mạng?", "en": "Is there a network?"},
        choices="yn", relevant="${B01} > 0", weight=1, gate=2 / 3, section="B",
    )  # fmt: skip
    data = {"vi": "Dữ liệu", "en": "Data"}
    assert (checklist, warnings) == (
        Checklist(
            id="f",
            version="2025.1",
            title={"vi": "Phiếu", "en": "Checklist"},
            languages=["vi", "en"],
            unit_kinds=["xa", "phuong"],
            nodes=[Node(type="group", name="B", path="/B", row=2, label=data, children=[computers, network])],
            choices={
                "yn": [
                    Choice(name="yes", label={"vi": "Có", "en": "Yes"}, score=1, fields={"kind": "xa"}, row=2),
                    Choice(name="no", label={"vi": "Không", "en": "No"}, score=1 / 3, row=3),
                    Choice(name="na", label={"vi": "Không áp dụng", "en": "Not applicable"}, score="na", row=4),
                ]
            },
            sections=[Section(name="B", label=data, weight=100)],
            levels=[
                Level(name="good", label={"vi": "Tốt", "en": "Good"}, rank=2, when="total() >= 50", row=2),
                Level(name="poor", label={"vi": "Yếu", "en": "Poor"}, rank=1, when="true()", row=3),
            ],
            rules=[
                Rule(
                    code="R1", questions=["B01", "B02"], when="item-level(${B02}) <= 1", due="T+15", priority="high",
                    text={"vi": "Nối mạng cho {don_vi}.", "en": "Connect {don_vi}."}, row=2,
                )
            ],
        ),
        [],
    )  # fmt: skip


def test_header_spellings_of_other_tools_mean_the_same():
    checklist, _ = read("""
        | survey |
        | | Type | Name | label:vi | relevance | constraint message:vi | constraint | bind:required | calculate |
        | | text | a    | Tên      | 1 = 1     | Ngắn thôi             | . != ''    | yes           |           |
        | | calculate | b |        |           |                       |            |               | ${a}      |
        | settings |
        | | Form ID | version | title |
        | | f       | 1       | Phiếu |
    """)
    assert checklist.nodes == [
        Node(
            type="text", name="a", path="/a", row=2, label={"vi": "Tên"}, relevant="1 = 1", constraint=". != ''",
            constraint_message={"vi": "Ngắn thôi"}, required="true()",
        ),
        Node(type="calculate", name="b", path="/b", row=3, calculation="${a}"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("integer", {"type": "integer"}),
        ("int", {"type": "integer"}),
        ("select one yn", {"type": "select_one", "choices": "yn"}),
        ("select_multiple yn", {"type": "select_multiple", "choices": "yn"}),
        ("select_one_from_file dvhc.csv", {"type": "select_one_from_file", "file": "units.csv"}),
        ("photo", {"type": "image"}),
        ("audio", {"type": "audio"}),
        ("add file prompt", {"type": "file"}),
        ("barcode", {"type": "barcode"}),
        ("time", {"type": "time"}),
        ("add date time prompt", {"type": "dateTime"}),
        ("dateTime", {"type": "dateTime"}),
        ("rank yn", {"type": "rank", "choices": "yn"}),
        ("trigger", {"type": "acknowledge"}),
        ("q video", {"type": "video"}),
        ("get start time", {"type": "start"}),
        ("select_one yn or specify other", {"type": "select_one", "choices": "yn"}),
    ],
)
def test_question_types_and_their_other_names(written, expected):
    node = read(f"| survey |\n| | type | name | label |\n| | {written} | a | A |\n" + dedent(CHOICES + SETTINGS))[
        0
    ].nodes[0]
    assert {"type": node.type, "choices": node.choices, "file": node.file} == {"choices": None, "file": None} | expected


def test_an_image_signed_on_is_a_signature():
    checklist, _ = read(
        """
    | survey |
    | | type  | name | label  | appearance | parameters      |
    | | image | a    | Chữ ký | signature  | max-pixels=1024 |
    """
        + SETTINGS
    )
    assert (checklist.nodes[0].type, checklist.nodes[0].max_pixels) == ("signature", 1024)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("geoshape", "type_later"),
        ("geotrace", "type_later"),
        ("phonenumber", "type_phone"),
        ("background-audio", "type_unasked"),
        ("rank", "list_missing"),
        ("rank yn or_other", "type_unknown"),
        ("select_multiple_from_file a.csv", "file_missing"),
        ("begin_loop over yn", "type_later"),
        ("signature", "type_signature"),
        ("intger", "type_unknown"),
        ("select_one", "list_missing"),
        ("select_one ${b}", "list_of_answers"),
        ("select_one nothing", "list_unknown"),
        ("select_one_from_file schools.csv", "file_missing"),
    ],
)
def test_unsupported_types_are_refused(written, code):
    survey = f"| survey |\n| | type | name | label |\n| | text | b | B |\n| | {written} | a | A |\n"
    assert survey_faults(survey, CHOICES + SETTINGS) == [(code, 3)]


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        ("trigger", "a", "trigger_invalid"),
        ("parameters", "rows=3", "parameters_unsupported"),
        ("media::image", "a.png", "file_missing"),
        ("bind::jr:preload", "uid", "column_unsupported"),
        ("appearance", "ex:com.example.app", "appearance_external"),
        ("save_to", "name", "column_unsupported"),
        ("relevent", "1 = 1", "column_mistyped"),
        ("appearance", "search('units')", "search_unsupported"),
        ("choice_filter", "name = 'a'", "column_not_for_type"),
        ("repeat_count", "3", "column_not_for_type"),
        ("weight", "nặng", "not_a_number"),
        ("weight", "-1", "not_a_number"),
        ("weight", "2", "score_missing"),
        ("gate", "2", "gate_invalid"),
        ("gate", "yes", "gate_without_score"),
        ("core", "maybe", "not_yes_or_no"),
        ("section", "Z", "section_unknown"),
        ("default", "ba", "default_invalid"),
        ("hint", "Xem ${b}", "reference_unknown"),
        ("evidence", "Xem ${a}", "reference_not_filled"),
        ("rubric_0", "Kém", "rubric_incomplete"),
    ],
)
def test_cells_that_cannot_be_used_are_refused(column, text, code):
    survey = f"| survey |\n| | type | name | label | {column} |\n| | integer | a | A | {text} |\n"
    assert [found for found, _ in survey_faults(survey)] == [code]


def test_a_column_of_notes_is_mentioned_and_an_empty_column_is_not():
    survey = "| survey |\n| | type | name | label | trigger | remarks |\n| | text | a | A | | Hỏi kỹ |\n"
    assert survey_faults(survey) == [("column_not_read", 1)]


def test_names_and_nesting():
    assert survey_faults("""
        | survey |
        | | type        | name   | label |
        | | text        | số máy | A     |
        | | text        |        | B     |
        | | text        | c      | C     |
        | | text        | c      | D     |
        | | text        | meta   | E     |
        | | text        | f      |       |
        | | begin_group | g      | G     |
        | | text        | c      | H     |
        | | end_repeat  |        |       |
        | |             | i      | I     |
    """) == [
        ("name_invalid", 2),
        ("name_missing", 3),
        ("name_twice", 5),
        ("name_reserved", 6),
        ("label_missing", 7),
        ("begin_without_end", 8),
        ("end_without_begin", 10),
        ("row_without_type", 11),
    ]


def test_a_row_that_cannot_be_used_is_one_fault_only():
    assert survey_faults("""
        | survey |
        | | type  | name | label | relevant |
        | | osm   | a    | A     |          |
        | | text  | b    | B     | ${a} = 1 |
    """) == [("type_later", 2)]
    assert survey_faults("""
        | survey |
        | | type        | name | label | relevant |
        | | begin_group | g    | G     |          |
        | | text        | a    | A     |          |
        | | text        | b    | B     | ${a} = 1 |
    """) == [("begin_without_end", 2)]


@pytest.mark.parametrize("levels", [13, 2_000])
def test_thirteen_groups_deep_is_too_deep(levels):
    begins = "".join(f"| | begin_group | g{depth} | G |\n" for depth in range(levels))
    ends = "| | end_group | | |\n" * levels
    form = "| survey |\n| | type | name | label |\n" + begins + "| | text | a | A |\n" + ends
    assert survey_faults(form) == [("too_deep", 14)]


@pytest.mark.parametrize(
    ("type_name", "text", "expected"),
    [
        ("text", "Hà Trung", "'Hà Trung'"),
        ("integer", "5", "5"),
        ("decimal", "2,5", "2.5"),
        ("date", "2025-08-19", "'2025-08-19'"),
        ("date", "today()", "today()"),
        ("text", "it's", '"it\'s"'),
        ("integer", "1 + 2", "1 + 2"),
    ],
)
def test_a_default_is_kept_as_an_expression(type_name, text, expected):
    form = f"| survey |\n| | type | name | label | default |\n| | {type_name} | a | A | {text} |\n"
    assert read(form + dedent(SETTINGS))[0].nodes[0].default == expected


def test_confidential_groups_make_their_questions_confidential():
    checklist, _ = read(
        """
    | survey |
    | | type        | name | label | confidential | personal |
    | | begin_group | B    | B     | yes          |          |
    | | text        | a    | A     |              | yes      |
    | | end_group   |      |       |              |          |
    """
        + SETTINGS
    )
    assert [(node.name, node.confidential, node.personal) for node in checklist.walk()] == [
        ("B", True, False),
        ("a", True, True),
    ]


def test_without_a_survey_nothing_is_read():
    assert faults("| choices |\n| | list_name | name |\n| | a | b |\n") == [("survey_missing", "survey", 0)]


def test_without_settings_a_form_goes_by_the_name_of_its_file():
    form = "| survey |\n| | type | name | label |\n| | text | a | A |\n"
    checklist, warnings = read_checklist(form.encode(), "kho du lieu.md")
    assert (checklist.id, checklist.version, checklist.title) == ("kho_du_lieu", "1", {"vi": "kho du lieu"})
    assert [warning.code for warning in warnings] == ["settings_missing"]


def test_what_only_other_tools_refuse_is_told_too(monkeypatch):
    monkeypatch.setattr("forms.xlsform.reader.check_content", lambda *_: None)
    form = "| survey |\n| | type | name | label |\n| | text | a | Xem ${b} |\n" + dedent(SETTINGS)
    assert faults(form) == [("pyxform", "survey", 2)]


def test_every_wording_exists_in_both_languages():
    assert [code for code, (vi, en) in TEXTS.items() if not vi.strip() or not en.strip() or vi == en] == []
