"""Reads the survey sheet: rows between `begin` and `end` become the tree of groups, repeats and questions."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from forms.answers import ACKNOWLEDGED, TIME
from forms.checklist import COMPUTED, RECORDED, Choice, Node
from forms.xlsform.attached_files import WantedFiles
from forms.xlsform.cells import parse_number, read_flag, read_name, read_number
from forms.xlsform.columns import Line, straight
from forms.xlsform.diagnosis import Diagnosis, suggestion
from forms.xlsform.other_choice import add_other, which_other
from forms.xlsform.parameters import read_parameters
from forms.xlsform.question_types import QuestionType, read_type, units_files
from forms.xlsform.showing import is_disabled, read_showing, searched
from forms.xlsform.type_parameters import read_type_parameters

deepest = 12
gate_level = 2 / 3
"""What "yes" in the gate column asks for: level 2 of 0 to 3."""

logic_columns = ("relevant", "constraint", "calculation")
expression_columns = ("choice_filter", "score")

not_a_question = ("group", "repeat", "note", *RECORDED)
columns_of_types = {
    "choice_filter": ("select_one", "select_multiple", "select_one_from_file", "rank"),
    "repeat_count": ("repeat",),
    "constraint": (
        "text", "integer", "decimal", "date", "select_one", "select_multiple", "select_one_from_file",
        "geopoint", "image", "signature", "audio", "file", "barcode", "time", "dateTime", "range", "rank",
        "acknowledge", "video",
    ),
    "default": (
        "text", "integer", "decimal", "date", "select_one", "select_multiple", "select_one_from_file",
        "geopoint", "barcode", "time", "dateTime", "range", "rank", "acknowledge", "hidden",
    ),
}  # fmt: skip
"""Columns that mean something only for these types; elsewhere a text in them is refused."""
columns_of_questions = ("required", "calculation", "weight", "gate", "score")


@dataclass
class Container:
    """A group or repeat whose end has not come yet; the form itself is the outermost one."""

    fields: dict[str, Any]
    children: list[Node] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class SurveyReader:
    """Turns survey rows into nodes; knows the choice lists and the weights of the sections.

    Without a sheet of sections (None) each top-level group is one, and `loose` is that of items in no group. `wanted`
    collects the files that the rows name.
    """

    choices: dict[str, list[Choice]]
    section_weights: dict[str, float] | None
    loose: str
    diagnosis: Diagnosis
    wanted: WantedFiles

    def read(self, lines: list[Line]) -> list[Node]:
        """The nodes of the form in the order of the sheet."""
        stack = [Container({})]
        for line in lines:
            if is_disabled(line):
                continue
            if not line.text("type"):
                self.report_row_without_type(line)
                continue
            kind = read_type(line.text("type"), line.number, line.header("type"), self.diagnosis)
            if kind is None:
                self.hold_place(stack, line)
            elif kind.part == "end":
                self.close(stack, kind, line)
            elif kind.part == "begin":
                self.open(stack, kind, line)
            else:
                fields = self.fields(stack, kind, line)
                if fields:
                    stack[-1].children += [Node(**fields), *self.other(stack, kind, fields, line)]
        while len(stack) > 1:
            left = stack[-1].fields
            self.diagnosis.refuse(
                "begin_without_end", "survey", left["row"], "type", type=left["type"], name=left["name"]
            )
            self.attach(stack)
        return stack[0].children

    def report_row_without_type(self, line: Line) -> None:
        """A row with a name must be a question; any other text beside the table is a remark."""
        add = self.diagnosis.refuse if line.text("name") or line.words("label") else self.diagnosis.warn
        add("row_without_type", "survey", line.number, line.header("type"))

    def hold_place(self, stack: list[Container], line: Line) -> None:
        """Keep the name of a row that cannot be used, so that expressions naming it are not faulty as well."""
        name = read_name(line, "name", self.diagnosis) if line.text("name") else ""
        if name:
            path = f"{stack[-1].fields.get('path', '')}/{name}"
            stack[-1].children.append(Node(type="text", name=name, path=path, row=line.number, label={"": name}))

    def open(self, stack: list[Container], kind: QuestionType, line: Line) -> None:
        """Begin a group or repeat. A faulty one is opened all the same, so that its end finds it."""
        if len(stack) == deepest + 1:
            self.diagnosis.refuse("too_deep", "survey", line.number, line.header("type"), most=deepest)
        fields = self.fields(stack, kind, line)
        stack.append(Container(fields or {"type": kind.name, "name": "", "row": line.number, "path": ""}))

    def close(self, stack: list[Container], kind: QuestionType, line: Line) -> None:
        """End the innermost group or repeat, which must be of the same kind."""
        if len(stack) == 1 or stack[-1].fields["type"] != kind.name:
            inner = " “{type} {name}”".format(**stack[-1].fields) if len(stack) > 1 else ""
            self.diagnosis.refuse("end_without_begin", "survey", line.number, line.header("type"), type=kind.name,
                                  open_vi=f" Đang mở:{inner}." if inner else "",
                                  open_en=f" Open here:{inner}." if inner else "")  # fmt: skip
            return
        if not stack[-1].children:
            empty = stack[-1].fields
            self.diagnosis.warn("group_empty", "survey", empty["row"], "type", name=empty["name"])
        self.attach(stack)

    def attach(self, stack: list[Container]) -> None:
        """Put the innermost group or repeat into the one around it.

        Without a usable name, or too deep, only what it holds: thousands of levels would not fit onto the call stack.
        """
        done = stack.pop()
        if done.fields["path"] and len(stack) <= deepest:
            stack[-1].children.append(Node(**done.fields, children=done.children))
        else:
            stack[-1].children += done.children

    def fields(self, stack: list[Container], kind: QuestionType, line: Line) -> dict[str, Any]:
        """The fields of the node of one row, {} when it has no usable name."""
        has_own_name = kind.name != "note" or line.text("name")
        name = read_name(line, "name", self.diagnosis) if has_own_name else f"generated_note_name_{line.number}"
        self.check_columns(stack, kind, line)
        if not name:
            return {}
        self.check_name_is_free(stack[-1], name, line)
        outer = stack[-1].fields
        fields = {
            "type": kind.name,
            "name": name,
            "path": f"{outer.get('path', '')}/{name}",
            "row": line.number,
            "choices": self.list_in_file(kind, line) if kind.file else self.known_list(kind, line),
            "file": kind.file,
            **self.wordings(line, kind),
            "media": line.media(),
            **{column: line.logic(column) or kind.implied.get(column) for column in logic_columns},
            **{column: line.expression(column) for column in expression_columns},
            "required": self.required(line),
            "default": self.default(kind, line),
            "repeat_count": line.expression("repeat_count"),
            "read_only": read_flag(line, "read_only", self.diagnosis) or outer.get("read_only", False),
            "appearance": line.looks,
            **read_type_parameters(kind, line, self.diagnosis),
            "weight": read_number(line, "weight", self.diagnosis, most=1_000) or 0.0,
            "gate": self.gate(line),
            "section": self.section(stack, name, kind, line),
            "core": read_flag(line, "core", self.diagnosis),
            "confidential": read_flag(line, "confidential", self.diagnosis) or outer.get("confidential", False),
            "personal": read_flag(line, "personal", self.diagnosis) or outer.get("personal", False),
            "legal_basis": line.text("legal_basis"),
            **read_showing(line, kind.name, self.diagnosis),
        }
        looks = line.looks.split()
        if kind.name == "image" and "signature" in looks:
            fields["type"] = "signature"
        if kind.name == "hidden":
            fields |= {"type": "calculate", "label": {}}
        fields["core"] = fields["core"] or kind.name in (*RECORDED, "start-geopoint")
        if kind.name == "date":
            fields["precision"] = "year" if "year" in looks else "month" if "month-year" in looks else ""
        return fields

    def other(self, stack: list[Container], kind: QuestionType, fields: dict[str, Any], line: Line) -> list[Node]:
        """The question that `or_other` adds behind a select."""
        if not kind.or_other:
            return []
        if line.text("choice_filter"):
            self.diagnosis.refuse("or_other_filtered", "survey", line.number, line.header("type"))
        add_other(self.choices.get(kind.choices or "", []))
        asked = which_other(fields)
        self.check_name_is_free(stack[-1], asked.name, line)
        return [asked]

    def wordings(self, line: Line, kind: QuestionType) -> dict[str, Any]:
        """The texts of a row in every language."""
        rubric = [line.words(f"rubric_{level}") for level in range(4)]
        if any(rubric) and not all(rubric):
            self.diagnosis.refuse("rubric_incomplete", "survey", line.number, "rubric_0 … rubric_3")
        columns = ("label", "hint", "evidence", "required_message", "constraint_message")
        found = {column: line.words(column) for column in columns}
        return {**found, "rubric": rubric if all(rubric) else [], **self.instead_of_label(found, line, kind)}

    def instead_of_label(self, found: dict[str, Any], line: Line, kind: QuestionType) -> dict[str, Any]:
        """Other tools ask a question with a hint or a picture alone: then the hint, or the name, is the question."""
        place = ("survey", line.number, line.header("label"))
        if found["label"] or kind.name in ("group", "repeat", *COMPUTED, *RECORDED, "hidden", "start-geopoint"):
            return {}
        if found["hint"]:
            self.diagnosis.warn("label_from_hint", *place, name=line.text("name"))
            return {"label": found["hint"], "hint": {}}
        if not line.media():
            return {}
        self.diagnosis.warn("label_from_name", *place, name=line.text("name"))
        return {"label": {line.columns.default_language: line.text("name") or "…"}}

    def check_columns(self, stack: list[Container], kind: QuestionType, line: Line) -> None:
        """Refuse texts in columns that mean nothing for the type of the row."""
        for column, types in columns_of_types.items():
            if line.text(column) and kind.name not in types:
                self.refuse_column(column, kind, line)
        for column in columns_of_questions:
            if kind.name in not_a_question and line.text(column).lower() not in ("", "no", "false", "false()", "0"):
                self.refuse_column(column, kind, line)
        if kind.name == "calculate" and not line.text("calculation") and not line.text("trigger"):
            self.diagnosis.refuse("calculation_missing", "survey", line.number, line.header("calculation"))
        if kind.name in RECORDED and any(outer.fields.get("type") == "repeat" for outer in stack):
            self.diagnosis.refuse("recorded_in_repeat", "survey", line.number, line.header("type"), type=kind.name)
        if searched.search(line.looks):
            self.diagnosis.refuse("search_unsupported", "survey", line.number, line.header("appearance"))

    def refuse_column(self, column: str, kind: QuestionType, line: Line) -> None:
        self.diagnosis.refuse("column_not_for_type", "survey", line.number, line.header(column), type=kind.name)

    def check_name_is_free(self, outer: Container, name: str, line: Line) -> None:
        """Two rows of one group must not have one name; names that differ in capitals only confuse other tools."""
        place = ("survey", line.number, line.header("name"))
        first, alike = outer.rows.setdefault(name, line.number), outer.rows.setdefault(name.lower(), line.number)
        if name.lower() == "meta":
            self.diagnosis.refuse("name_reserved", *place, name=name)
        elif first != line.number:
            self.diagnosis.refuse("name_twice", *place, name=name, other=first)
        elif alike != line.number:
            self.diagnosis.warn("name_differs_in_capitals", *place, name=name, other=alike)

    def known_list(self, kind: QuestionType, line: Line) -> str | None:
        """The choice list of a select, which must exist."""
        if kind.choices is not None and kind.choices not in self.choices:
            self.diagnosis.refuse("list_unknown", "survey", line.number, line.header("type"), list=kind.choices,
                                  **suggestion(kind.choices, self.choices))  # fmt: skip
        return kind.choices

    def list_in_file(self, kind: QuestionType, line: Line) -> str | None:
        """The choice list of a select from an attached file; the list of units has none of its own."""
        if kind.file in (None, units_files[0]):
            return None
        given = read_parameters(line.text("parameters")) or {}
        return self.wanted.choose_from(str(kind.file), given, kind.name == "select_multiple", line)

    def required(self, line: Line) -> str | None:
        """The expression of `required`: yes is true(), no is nothing."""
        text = straight(line.text("required"))
        if text.lower() in ("yes", "true", "true()", "có"):
            return "true()"
        return None if text.lower() in ("", "no", "false", "false()", "không") else text

    def gate(self, line: Line) -> float | None:
        """The least score that meets the required condition: "yes" or a number above 0 up to 1."""
        text = line.text("gate").lower()
        if text in ("", "no", "không", "false"):
            return None
        number = gate_level if text in ("yes", "có", "true") else parse_number(text)
        if number is None or not 0 < number <= 1:
            self.diagnosis.refuse("gate_invalid", "survey", line.number, line.header("gate"), text=line.text("gate"))
            return None
        return number

    def section(self, stack: list[Container], name: str, kind: QuestionType, line: Line) -> str | None:
        """The scored section of a weighted item: the one its row names, else its top-level group."""
        named, weights = line.text("section"), self.section_weights or {}
        if named:
            if not weights.get(named):
                self.diagnosis.refuse("section_unknown", "survey", line.number, line.header("section"), name=named,
                                      **suggestion(named, weights))  # fmt: skip
            return named
        if (parse_number(line.text("weight")) or 0) <= 0:
            return None
        in_group = len(stack) > 1 and stack[1].fields["type"] == "group"
        top = str(stack[1].fields["name"]) if in_group else ""
        if self.section_weights is None:
            return top or self.loose
        if top and weights.get(top, 0) > 0:
            return top
        self.diagnosis.refuse("weight_without_section", "survey", line.number, line.header("weight"),
                              name=name, group=top or "—")  # fmt: skip
        return None

    def default(self, kind: QuestionType, line: Line) -> str | None:
        """The default as an expression; a plain text, which must fit the type, becomes a literal."""
        text = straight(line.text("default"))
        if kind.name == "dateTime":
            text = re.sub(r"^(\d{4}-\d\d-\d\d) (?=\d\d:)", r"\1T", text)
        if not text or means_expression(text, kind.name):
            return text or None
        if not self.fits(text, kind):
            self.diagnosis.refuse("default_invalid", "survey", line.number, line.header("default"),
                                  text=text, type=kind.name)  # fmt: skip
            return None
        return text.replace(",", ".") if kind.name in ("integer", "decimal", "range") else quoted(text)

    def fits(self, text: str, kind: QuestionType) -> bool:
        """Whether a plain default could be an answer of this type."""
        if kind.file:
            return True
        names = {choice.name for choice in self.choices.get(kind.choices or "", [])}
        checks = {
            "integer": bool(re.fullmatch(r"-?\d{1,15}", text)),
            "decimal": parse_number(text) is not None and "/" not in text,
            "date": bool(re.fullmatch(r"\d{4}-\d\d-\d\d", text)),
            "time": bool(TIME.fullmatch(text)),
            "dateTime": bool(re.fullmatch(rf"\d{{4}}-\d\d-\d\dT({TIME.pattern})", text)),
            "range": parse_number(text) is not None and "/" not in text,
            "acknowledge": text == ACKNOWLEDGED,
            "rank": set(text.split()) <= names,
            "select_one": text in names,
            "select_multiple": set(text.split()) <= names,
        }
        return checks.get(kind.name, True)


def means_expression(text: str, type_name: str) -> bool:
    """Whether a default is an expression rather than a plain text, by the same judgement as other tools."""
    if text.isalnum():
        return False
    # Late: pyxform takes more than a second to import, and few checklists have such defaults.
    from pyxform.utils import default_is_dynamic

    return bool(default_is_dynamic(text, type_name))


def quoted(text: str) -> str:
    """The text as an XPath string literal."""
    if "'" not in text:
        return f"'{text}'"
    if '"' not in text:
        return f'"{text}"'
    return "concat(" + ', "\'", '.join(f"'{part}'" for part in text.split("'")) + ")"
