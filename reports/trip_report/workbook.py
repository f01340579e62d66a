"""The tables of the trip report as an Excel workbook with typed cells."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from reports.archive import Data
from reports.copies import RULES
from reports.dates import short_date
from reports.items import Item
from reports.office_file import settled
from reports.report_tables import Cell, DataTable
from reports.report_workbook import fill, sheet_names
from reports.trip_report.document import trip_data
from reports.trip_report.facts import TripFacts
from reports.trip_report.rows import Visited, commitment_rows, measures
from reports.wording import Wording

Columns = list[tuple[str, int]]
"""Key of the wording of each column and its width in letters."""


def trip_report_xlsx(facts: TripFacts, language: str = "vi") -> bytes:
    """The tables of one copy as an .xlsx file, in "vi" or "en"; the same facts give the same bytes."""
    from openpyxl import Workbook  # late: a tenth of a second to import

    wording = Wording(language)
    data = trip_data(facts, wording)
    book: Any = Workbook()
    book.remove(book.worksheets[0])
    tables = trip_tables(facts, wording, data)
    for one, name in zip(tables, sheet_names([one.title for one in tables]), strict=True):
        fill(book.create_sheet(name), one, language)
    start, end = (short_date(day, language) for day in (facts.starts_on, facts.ends_on))
    book.properties.title = wording.plain("trip.title", title=facts.title, start=start, end=end)
    delegation = wording.plain("head.delegation", decision=facts.decision_number).replace("<br/>", " ")
    book.properties.creator = book.properties.lastModifiedBy = delegation
    book.properties.language = {"vi": "vi-VN", "en": "en-GB"}[language]
    out = BytesIO()
    book.save(out)
    return settled(out.getvalue(), data.made_on)


def trip_tables(facts: TripFacts, wording: Wording, data: Data) -> list[DataTable]:
    """All tables in the order of the document."""
    visited = [Visited(one, wording) for one in facts.visits]
    return [
        about(facts, wording, data),
        results(visited, wording),
        sections(visited, wording),
        items(visited, wording),
        commitments(visited, wording),
        proposals(visited, wording),
    ]


def table(wording: Wording, title: str, columns: Columns, rows: list[list[Cell]]) -> DataTable:
    names = [wording.plain(key) for key, _ in columns]
    return DataTable(wording.plain(title), names, [width for _, width in columns], rows)


def about(facts: TripFacts, wording: Wording, data: Data) -> DataTable:
    """What the figures belong to, and the marks that every page of the document carries."""
    say = wording.plain
    marks = [say(f"copy.{facts.copy_for}")] + ([say("mark.fictitious")] if facts.fictitious else [])
    pairs: list[tuple[str, Cell]] = [
        ("sheet.trip", facts.title),
        ("workbook.decision", facts.decision_number),
        ("sheet.start", facts.starts_on),
        ("sheet.end", facts.ends_on),
        ("sheet.visits", len(facts.visits)),
        ("workbook.marks", "; ".join(marks)),
    ]
    pairs += [("workbook.fingerprint", data.fingerprint)] if RULES[facts.copy_for].fingerprint else []
    rows: list[list[Cell]] = [[say(key), value] for key, value in pairs]
    return table(wording, "workbook.about", [("table.indicator", 40), ("table.figure", 70)], rows)


def results(visited: list[Visited], wording: Wording) -> DataTable:
    rows: list[list[Cell]] = [
        [
            one.facts.unit.code, one.names.title, one.facts.visit.visited_on, one.level, one.assessment.total,
            *one.assessment.bounds, 100 * one.assessment.completeness, one.assessment.confidence,
            ", ".join(one.assessment.gates_failed) or None,
        ]
        for one in visited
    ]  # fmt: skip
    columns: Columns = [
        ("workbook.unit_code", 10), ("trip_table.unit", 32), ("trip_table.day", 12), ("trip_table.level", 40),
        ("trip_table.total", 10), ("sheet.least", 10), ("sheet.most", 10), ("trip_table.complete", 14),
        ("unit_list.confidence", 12), ("trip_table.gates", 30),
    ]  # fmt: skip
    return table(wording, "trip_table.visits", columns, rows)


def sections(visited: list[Visited], wording: Wording) -> DataTable:
    rows: list[list[Cell]] = [
        [one.names.title, f"{view.name}. {view.title}", view.result.score, *view.result.bounds, view.result.answered,
         view.result.applicable]
        for one in visited
        for view in one.views
    ]  # fmt: skip
    columns: Columns = [
        ("trip_table.unit", 32), ("table.section", 50), ("table.score", 10), ("sheet.least", 10), ("sheet.most", 10),
        ("table.answered", 14), ("sheet.applicable", 14),
    ]  # fmt: skip
    return table(wording, "unit_page.sections", columns, rows)


def items(visited: list[Visited], wording: Wording) -> DataTable:
    """Every scored item of every unit with its level, 0 to 3."""
    rows = [item_row(one, item, wording) for one in visited for item in one.items]
    columns: Columns = [
        ("trip_table.unit", 32), ("table.code", 8), ("table.question", 60), ("workbook.level", 12), ("table.gates", 16),
        ("workbook.restricted", 10),
    ]  # fmt: skip
    return table(wording, "workbook.scores", columns, rows)


def item_row(one: Visited, item: Item, wording: Wording) -> list[Cell]:
    level = None if item.level is None or item.state == "na" else round(item.level, 4)
    gate = wording.plain(f"chart.{item.gate}") if item.gate else None
    return [one.names.title, item.code, item.topic, level, gate, "(*)" if item.confidential else None]


def commitments(visited: list[Visited], wording: Wording) -> DataTable:
    rows: list[list[Cell]] = [[unit, *row] for unit, found in commitment_rows(visited) for row in found]
    columns: Columns = [
        ("trip_table.unit", 32), ("proposals.content", 70), ("trip_table.decision", 20), ("commitments.side", 18),
        ("trip_table.owner", 30), ("proposals.due", 16),
    ]  # fmt: skip
    return table(wording, "trip_table.commitments_table", columns, rows)


def proposals(visited: list[Visited], wording: Wording) -> DataTable:
    rows: list[list[Cell]] = [
        [name, one.codes, one.text, one.units, one.basis or None, one.cooperating or None, one.due or None,
         one.product or None, "(*)" if one.confidential else None]
        for name, found in measures(visited)
        for one in found
    ]  # fmt: skip
    columns: Columns = [
        ("proposals.responsible", 34), ("table.code", 8), ("proposals.content", 70), ("trip_table.in_units", 40),
        ("proposals.basis", 30), ("proposals.cooperating", 28), ("proposals.due", 16), ("proposals.product", 30),
        ("workbook.restricted", 10),
    ]  # fmt: skip
    return table(wording, "trip_table.proposals", columns, rows)
