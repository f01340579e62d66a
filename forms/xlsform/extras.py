"""Reads what an assessment needs beyond a survey: the sheets `settings`, `sections`, `levels`, `recommendations`."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Literal, get_args

from forms.checklist import UNASKED, Level, Node, Rule, Section, Text
from forms.xlsform.cells import name_pattern, plain_name, read_flag, read_name, read_number
from forms.xlsform.columns import Columns, Line, language_of, read_columns, spelled
from forms.xlsform.diagnosis import Diagnosis, suggestion
from forms.xlsform.workbook import Sheet

kinds_of_units = ("xa", "phuong", "dac_khu", "so", "tinh")
due_pattern = re.compile(r"T\+\d{1,4}w?")
most_levels = 4
styles = ("pages", "theme-grid", "no-text-transform", "theme-formhub", "theme-plain")

Priority = Literal["high", "normal", "low"]
priorities: tuple[Priority, ...] = get_args(Priority)


@dataclass(frozen=True)
class Settings:
    """What the settings sheet says; `default_language` is a code such as "vi"."""

    id: str
    version: str
    title: Text
    default_language: str
    unit_kinds: list[str]
    instance_name: str | None = None
    style: str = ""


FIRST_VERSION = "1"
VERSION = re.compile(r"[A-Za-z0-9._-]{1,40}")


def read_settings(sheet: Sheet | None, survey: Sheet | None, file_stem: str, diagnosis: Diagnosis) -> Settings:
    """The settings of the checklist; as in other tools a form without them goes by the name of its file."""
    stem = re.sub(r"[^A-Za-z0-9_-]", "_", plain_name(file_stem)) if file_stem else "form"
    if sheet is None or not sheet.rows:
        diagnosis.warn("settings_missing", "settings", id=stem)
        spoken = language_spoken(survey)
        return Settings(stem, FIRST_VERSION, {spoken: file_stem}, spoken, [])
    for row in sheet.rows[1:]:
        diagnosis.warn("settings_row_not_read", "settings", row.number)
    columns = read_columns(sheet, diagnosis)
    language = default_language(Line("settings", sheet.rows[0], Columns(columns, "vi")), language_spoken(survey))
    line = Line("settings", sheet.rows[0], Columns(columns, language))
    identity = read_name(line, "form_id", diagnosis) if line.text("form_id") else stem
    version, title = line.text("version"), line.words("form_title") | line.words("translated_title")
    for header, column in columns.items():
        if column.name == "form_title" and column.language:
            diagnosis.warn("title_for_this_tool_only", "settings", 1, header)
    if not version:
        diagnosis.warn("version_missing", "settings", line.number, "version")
        version = FIRST_VERSION
    elif not VERSION.fullmatch(version):
        # KoboToolbox writes "3 (2025-08-19 08:30:00)" into the workbooks that it gives out.
        text, version = version, re.sub(r"[^A-Za-z0-9._]+", "-", version).strip("-")
        add = diagnosis.warn if VERSION.fullmatch(version) else diagnosis.refuse
        add("version_respelled" if VERSION.fullmatch(version) else "version_invalid",
            "settings", line.number, "version", text=text, better=version)  # fmt: skip
    if not title:
        diagnosis.warn("title_missing", "settings", line.number, "form_title")
    shown = line.expression("instance_name"), read_style(line, diagnosis)
    return Settings(identity, version, title or {language: identity}, language, unit_kinds(line, diagnosis), *shown)


def read_style(line: Line, diagnosis: Diagnosis) -> str:
    """How the form is laid out: a section is a page here whatever it says, "theme-grid" puts questions side by side."""
    words = line.text("style").split()
    for word in words:
        if word not in styles:
            diagnosis.warn("style_not_used", "settings", line.number, "style", name=word)
    return " ".join(word for word in words if word in styles)


def default_language(line: Line, spoken: str) -> str:
    """The code of the form's main language: what the settings say, else the one that its survey speaks."""
    text = line.text("default_language")
    return language_of(text) or text.lower() or spoken


def language_spoken(survey: Sheet | None) -> str:
    """Vietnamese, or the first language of a survey whose labels all name one and none of them Vietnamese."""
    parts = (header.partition(":") for header in survey.headers) if survey else ()
    named = [rest.strip(": ") for label, _, rest in parts if spelled(label) == "label"]
    languages = [language_of(name) or name.lower() for name in named]
    return "vi" if "" in languages or "vi" in languages else next(iter(languages), "vi")


def unit_kinds(line: Line, diagnosis: Diagnosis) -> list[str]:
    """The kinds of units the checklist is for; empty means all."""
    kinds = line.text("unit_kinds").split()
    for kind in kinds:
        if kind not in kinds_of_units:
            diagnosis.refuse("unit_kind_unknown", "settings", line.number, "unit_kinds", name=kind,
                             known=", ".join(kinds_of_units), **suggestion(kind, kinds_of_units))  # fmt: skip
    return kinds


def read_section_weights(lines: list[Line], diagnosis: Diagnosis) -> dict[str, float]:
    """The weight W of each scored section by name; that the weights make 100 is expected, not needed."""
    weights: dict[str, float] = {}
    for line in lines:
        name = read_name(line, "name", diagnosis)
        weight = read_number(line, "weight", diagnosis)
        if name in weights:
            diagnosis.refuse("section_twice", "sections", line.number, line.header("name"), name=name)
        if weight is None and not line.text("weight"):
            diagnosis.refuse("weight_missing", "sections", line.number, line.header("weight"), name=name)
        if name:
            weights[name] = weight or 0.0
    total = sum(weights.values())
    if weights and abs(total - 100) > 1e-6:
        diagnosis.warn("weights_not_100", "sections", lines[-1].number, lines[-1].header("weight"), total=f"{total:g}")
    return weights


def make_sections(
    nodes: list[Node], weights: dict[str, float] | None, loose: Section, lines: list[Line], diagnosis: Diagnosis
) -> list[Section]:
    """Every top-level group as a section, and before them `loose` when there are questions outside all groups.

    A weight for anything else is refused. Without a sheet of sections (None) each weighs what its items weigh.
    """
    groups = {node.name: node for node in nodes if node.type == "group"}
    for line in lines:
        name = line.text("name")
        if name in (weights or {}) and name not in groups:
            diagnosis.refuse("section_without_group", "sections", line.number, line.header("name"), name=name,
                             **suggestion(name, groups))  # fmt: skip
    found = [Section(name=name, label=node.label) for name, node in groups.items()]
    if any(has_question(node) for node in nodes if node.type != "group"):
        found.insert(0, loose)
    known = weights_of_items(nodes) if weights is None else weights
    return [section.model_copy(update={"weight": known.get(section.name, 0.0)}) for section in found]


def has_question(node: Node) -> bool:
    return any(inner.type not in ("group", "repeat", *UNASKED) or inner.is_scored for inner in node.walk())


def weights_of_items(nodes: list[Node]) -> dict[str, float]:
    """The sum of the weights of each section's items, so that every item counts in the total by its own weight."""
    weights: dict[str, float] = {}
    for node in (inner for top in nodes for inner in top.walk()):
        if node.section and node.weight > 0:
            weights[node.section] = weights.get(node.section, 0.0) + node.weight
    return weights


def read_levels(lines: list[Line], diagnosis: Diagnosis) -> list[Level]:
    """The conclusions, best first, each with a rank below the one before; the last should always apply."""
    levels: list[Level] = []
    for line in lines:
        name, when, label = read_name(line, "name", diagnosis), line.expression("when"), line.words("label")
        rank = line.text("rank")
        if not re.fullmatch(rf"[1-{most_levels}]", rank):
            diagnosis.refuse("rank_invalid", "levels", line.number, line.header("rank"), text=rank, most=most_levels)
            continue
        if levels and int(rank) >= levels[-1].rank:
            diagnosis.refuse("rank_not_descending", "levels", line.number, line.header("rank"), text=rank)
        if name in [level.name for level in levels]:
            diagnosis.refuse("level_twice", "levels", line.number, line.header("name"), name=name)
        if when is None:
            diagnosis.refuse("when_missing", "levels", line.number, line.header("when"), name=name)
        if not label:
            diagnosis.refuse("label_missing", "levels", line.number, line.header("label"), name=name)
        levels.append(Level(name=name, label=label, rank=int(rank), when=when or "", row=line.number))
    if levels and levels[-1].when.replace(" ", "") != "true()":
        diagnosis.warn("last_level_may_fail", "levels", levels[-1].row, "when", name=levels[-1].name)
    return levels


def read_rules(lines: list[Line], nodes: list[Node], diagnosis: Diagnosis) -> list[Rule]:
    """The recommendation rules in the order of the sheet."""
    names = Counter(node.name for top in nodes for node in top.walk())
    first_rows: dict[str, int] = {}
    rules = []
    for line in lines:
        rule = read_rule(line, names, diagnosis)
        first = first_rows.setdefault(rule.code, line.number)
        if rule.code and first != line.number:
            diagnosis.refuse("rule_twice", "recommendations", line.number, line.header("code"),
                             code=rule.code, other=first)  # fmt: skip
        rules.append(rule)
    return rules


def read_rule(line: Line, names: Counter[str], diagnosis: Diagnosis) -> Rule:
    """One row of the recommendations sheet."""
    code, when, text = line.text("code"), line.expression("when"), line.words("text")
    if not code or not name_pattern.fullmatch(code):
        diagnosis.refuse("rule_code_invalid", "recommendations", line.number, line.header("code"), code=code)
    if when is None:
        diagnosis.refuse("when_missing", "recommendations", line.number, line.header("when"), name=code)
    if not text:
        diagnosis.refuse("rule_text_missing", "recommendations", line.number, line.header("text"), code=code)
    due = line.text("due").replace(" ", "")
    if due and not due_pattern.fullmatch(due):
        diagnosis.refuse("due_invalid", "recommendations", line.number, line.header("due"), text=line.text("due"))
    return Rule(
        code=code,
        questions=read_questions(line, names, diagnosis),
        when=when or "",
        text=text,
        responsible=line.words("responsible"),
        cooperating=line.words("cooperating"),
        due=due,
        due_text=line.words("due_text"),
        priority=read_priority(line, diagnosis),
        legal_basis=line.text("legal_basis"),
        product=line.words("product"),
        confidential=read_flag(line, "confidential", diagnosis),
        row=line.number,
    )


def read_questions(line: Line, names: Counter[str], diagnosis: Diagnosis) -> list[str]:
    """The names of the findings of a rule; each must belong to exactly one row of the survey."""
    questions = line.text("questions").replace(",", " ").replace("${", "").replace("}", "").split()
    if not questions:
        diagnosis.refuse("rule_without_question", "recommendations", line.number, line.header("questions"))
    for name in questions:
        if names[name] == 0:
            diagnosis.refuse("rule_question_unknown", "recommendations", line.number, line.header("questions"),
                             name=name, **suggestion(name, names))  # fmt: skip
        elif names[name] > 1:
            diagnosis.refuse("rule_question_ambiguous", "recommendations", line.number, line.header("questions"),
                             name=name)  # fmt: skip
    return questions


def read_priority(line: Line, diagnosis: Diagnosis) -> Priority:
    """high, normal or low; empty is normal."""
    text = line.text("priority").lower()
    for priority in priorities:
        if text == priority:
            return priority
    if text:
        diagnosis.refuse("priority_unknown", "recommendations", line.number, line.header("priority"), text=text)
    return "normal"
