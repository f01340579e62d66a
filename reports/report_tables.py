"""The tables of the visit report with typed cells: numbers as numbers, days as days, for whoever reckons with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from forms.checklist import Node
from reports.annexes import COMMENTS, DOSSIERS, OPINIONS, dossier_figures, dossier_rates, item_groups
from reports.archive import Data
from reports.blocks import chain_of, lines, own_questions
from reports.charts import level_rows
from reports.coaching import OFFICERS, proficiency
from reports.coaching import PART as COACHING
from reports.copies import RULES
from reports.facts import Recommendation
from reports.items import Item, Sheet, beside, code_of, topic
from reports.naming import names_of

RESTRICTED = "workbook.restricted"
"""The column that marks what stands in the full copy alone; always the last one."""

Cell = str | int | float | date | None


@dataclass(frozen=True)
class DataTable:
    """One sheet of the workbook; the widths of its columns are in letters."""

    title: str
    columns: list[str]
    widths: list[int]
    rows: list[list[Cell]]


def report_tables(sheet: Sheet, data: Data) -> list[DataTable]:
    """All tables in the order of the report; those of repeats only when something was recorded in them."""
    return [
        about(sheet, data),
        *([sections(sheet)] if sheet.facts.shows_numbers else []),
        scores(sheet),
        dossiers(sheet),
        rates(sheet),
        recommendations(sheet),
        opinions(sheet),
        *repeats(sheet, OPINIONS, last=COMMENTS),
        *levels(sheet),
        *repeats(sheet, COACHING, last=OFFICERS),
    ]


def table(sheet: Sheet, key: str, columns: Iterable[tuple[str, int]], rows: list[list[Cell]]) -> DataTable:
    """A table of these columns (key of the wording, width); no copy without restricted items marks them at the end."""
    shown = list(columns)
    if shown[-1][0] == RESTRICTED and not RULES[sheet.facts.copy_for].confidential:
        shown, rows = shown[:-1], [row[:-1] for row in rows]
    title = sheet.wording.plain(f"workbook.{key}")
    return DataTable(title, [sheet.wording.plain(name) for name, _ in shown], [width for _, width in shown], rows)


def about(sheet: Sheet, data: Data) -> DataTable:
    """What the figures belong to, and the marks that every page of the report carries."""
    facts, say = sheet.facts, sheet.wording.plain
    visit = facts.visit
    bears_fingerprint, has_numbers = RULES[facts.copy_for].fingerprint, facts.shows_numbers
    marks = [say(f"copy.{facts.copy_for}")]
    marks += [say("mark.draft")] if not visit.submitted else []
    marks += [say("mark.fictitious")] if facts.fictitious else []
    pairs: list[tuple[str, Cell]] = [
        ("unit", names_of(facts.unit, visit.visited_on, sheet.language).title),
        ("unit_code", facts.unit.code),
        ("visited_on", visit.visited_on),
        ("decision", visit.decision_number),
        ("checklist", f"{facts.checklist.id} {facts.checklist.version}"),
        ("formula", facts.formula_version),
        *([("total", facts.evaluation.assessment.total)] if has_numbers else []),
        *([("fingerprint", data.fingerprint)] if bears_fingerprint else []),
        ("marks", "; ".join(marks)),
    ]
    rows: list[list[Cell]] = [[say(f"workbook.{key}"), value] for key, value in pairs]
    return table(sheet, "about", [("table.indicator", 30), ("table.figure", 70)], rows)


def sections(sheet: Sheet) -> DataTable:
    """Section scores and the total with their bounds, and those of the last visit where there was one."""
    facts = sheet.facts
    assessment, earlier = facts.evaluation.assessment, facts.earlier
    columns = [
        ("table.section", 50), ("table.weight", 10), ("table.score", 12), ("workbook.lower", 12),
        ("workbook.upper", 12), ("workbook.answered", 12), ("workbook.applicable", 12),
    ]  # fmt: skip
    rows: list[list[Cell]] = []
    for section in facts.checklist.sections:
        if result := assessment.sections.get(section.name):
            name = f"{section.name}. {sheet.pick(section.label)}"
            figures = [result.weight, result.score, *result.bounds, result.answered, result.applicable]
            rows.append([name, *figures, *([earlier.sections.get(section.name)] if earlier else [])])
    last = [None, assessment.total, *assessment.bounds, None, None, *([earlier.total] if earlier else [])]
    rows.append([sheet.wording.plain("verdict.total"), *last])
    return table(sheet, "sections", columns + ([("change.earlier", 12)] if earlier else []), rows)


def scores(sheet: Sheet) -> DataTable:
    """The first annex, with level and weight as numbers of their own."""
    numbers = [("workbook.level", 8), ("workbook.item_weight", 8)] if sheet.facts.shows_numbers else []
    columns = [
        ("table.section", 28), ("table.code", 8), ("table.question", 50), ("table.answer", 50), *numbers,
        ("table.gates", 14), ("table.evidence", 10), ("workbook.note", 40), (RESTRICTED, 10),
    ]  # fmt: skip
    rows = [score_row(sheet, title, item) for title, items in item_groups(sheet) for item in items]
    return table(sheet, "scores" if numbers else "answers", columns, rows)


def score_row(sheet: Sheet, section: str, item: Item) -> list[Cell]:
    level = None if item.level is None or item.state == "na" or not item.weight else round(item.level, 4)
    gate = sheet.wording.plain(f"chart.{item.gate}") if item.gate else None
    numbers = [level, item.weight or None] if sheet.facts.shows_numbers else []
    return [
        section, item.code, item.topic, item.answer or None, *numbers, gate, item.evidence or None, item.note or None,
        star(item.confidential),
    ]  # fmt: skip


def dossiers(sheet: Sheet) -> DataTable:
    """Figures of the dossiers of the period."""
    nodes = [node for node in sheet.nodes.values() if sheet.code(node) in DOSSIERS and node.label]
    answered = [node for node in nodes if sheet.answer(node)] if dossier_figures(sheet) else []
    rows: list[list[Cell]] = [[sheet.code(node), sheet.label(node), typed(sheet, node, node.path)] for node in answered]
    columns = [("table.code", 8), ("table.indicator", 70), ("table.figure", 20)]
    return table(sheet, "dossiers", columns, rows)


def rates(sheet: Sheet) -> DataTable:
    """What the figures of the dossiers come to, in unrounded per cent."""
    rows: list[list[Cell]] = [[name, rate] for name, rate in dossier_rates(sheet)]
    return table(sheet, "rates", [("table.indicator", 70), ("table.rate", 20)], rows)


def levels(sheet: Sheet) -> list[DataTable]:
    """How many officials had each level of proficiency before and after; nothing where the report says nothing."""
    pairs, shown = proficiency(sheet), level_rows(sheet)
    rows: list[list[Cell]] = [
        [row.name, *(sum(pair[place] == level for pair in pairs) for place in (0, 1))]
        for level, row in enumerate(shown)
    ]
    columns = [("coaching.level", 50), ("coaching.before", 12), ("coaching.after", 12)]
    return [table(sheet, "levels", columns, rows)] if shown else []


def recommendations(sheet: Sheet) -> DataTable:
    columns = [
        ("proposals.number", 6), ("workbook.codes", 12), ("proposals.content", 60), ("proposals.basis", 30),
        ("proposals.responsible", 28), ("proposals.cooperating", 28), ("proposals.due", 14), ("workbook.due_words", 18),
        ("proposals.product", 30), (RESTRICTED, 10),
    ]  # fmt: skip
    entries = sheet.facts.evaluation.recommendations
    rows = [recommendation_row(sheet, number, entry) for number, entry in enumerate(entries, 1)]
    return table(sheet, "recommendations", columns, rows)


def recommendation_row(sheet: Sheet, number: int, entry: Recommendation) -> list[Cell]:
    codes = ", ".join(dict.fromkeys(code_of(finding.question) for finding in entry.findings))
    return [
        number, codes or None, sheet.pick(entry.text), entry.legal_basis or None, sheet.pick(entry.responsible) or None,
        sheet.pick(entry.cooperating) or None, entry.due.day, sheet.pick(entry.due.text) or None,
        sheet.pick(entry.product) or None, star(entry.confidential),
    ]  # fmt: skip


def opinions(sheet: Sheet) -> DataTable:
    """What the unit said outside tables."""
    part = part_named(sheet, OPINIONS)
    rows: list[list[Cell]] = [
        [item.code, item.topic, item.answer, item.note or None, star(item.confidential)]
        for item in (lines(sheet, part) if part else [])
    ]
    columns = [
        ("table.code", 8), ("table.question", 50), ("table.answer", 70), ("workbook.note", 40),
        (RESTRICTED, 10),
    ]  # fmt: skip
    return table(sheet, "opinions", columns, rows)


def repeats(sheet: Sheet, name: str, last: str) -> list[DataTable]:
    """The repeats of a part that have instances; the one that fills an annex of its own comes last."""
    part = part_named(sheet, name)
    if part is None:
        return []
    ordered = sorted(sheet.repeats(part), key=lambda repeat: sheet.code(repeat) == last)
    return [made for repeat in ordered if (made := repeat_table(sheet, part, repeat))]


def repeat_table(sheet: Sheet, part: Node, repeat: Node) -> DataTable | None:
    """One repeat with typed cells, its columns and rows those of the report; None when it has none."""
    questions = [q for around in chain_of(part, repeat) for q in own_questions(sheet, around)]
    rows = [[typed(sheet, q, beside(instance, q)) for q in questions] for instance in sheet.instances(repeat)]
    used = [place for place in range(len(questions)) if any(row[place] is not None for row in rows)]
    kept = [[row[place] for place in used] for row in rows if any(cell is not None for cell in row)]
    if not used:
        return None
    first = sheet.wording.plain("proposals.number")
    return DataTable(
        title=f"{sheet.code(repeat)} {topic(sheet.label(repeat))}",
        columns=[first, *(topic(sheet.label(questions[place])) for place in used)],
        widths=[6, *(30 for _ in used)],
        rows=[[number, *row] for number, row in enumerate(kept, 1)],
    )


def part_named(sheet: Sheet, name: str) -> Node | None:
    return next((node for node in sheet.facts.checklist.nodes if node.name == name), None)


def typed(sheet: Sheet, node: Node, path: str) -> Cell:
    """An answer as a number or a day where it is one, else in words; None when there is none."""
    value: Any = sheet.value(path)
    if isinstance(value, int | float) and not isinstance(value, bool) and not node.choices:
        return value
    words = sheet.answer(node, path)
    if node.type == "date" and words and not node.precision:
        return date.fromisoformat(value)
    return words or None


def star(is_restricted: bool) -> str | None:
    """The mark of what stands in the internal copy alone."""
    return "(*)" if is_restricted else None
