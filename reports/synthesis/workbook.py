"""The tables of the synthesis as an Excel workbook with typed cells, all items and all recommendations in them."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from reports.archive import Data
from reports.copies import RULES
from reports.office_file import settled
from reports.report_tables import Cell, DataTable
from reports.report_workbook import fill, sheet_names
from reports.synthesis.counts import DIFFICULTY_GROUPS, Coverage
from reports.synthesis.data import synthesis_data
from reports.synthesis.facts import SynthesisFacts, UnitResult
from reports.synthesis.parts import Words
from reports.synthesis.rows import ordered_units, unit_title
from reports.wording import Wording

Columns = list[tuple[str, int]]
"""Key of the wording of each column and its width in letters."""


def synthesis_xlsx(facts: SynthesisFacts, language: str = "vi") -> bytes:
    """The tables of one copy as an .xlsx file, in "vi" or "en"; the same facts give the same bytes."""
    from openpyxl import Workbook  # late: a tenth of a second to import

    words = Words(facts, Wording(language))
    data = synthesis_data(facts, words.wording)
    book: Any = Workbook()
    book.remove(book.worksheets[0])
    tables = synthesis_tables(words, data)
    for one, name in zip(tables, sheet_names([one.title for one in tables]), strict=True):
        fill(book.create_sheet(name), one, language)
    describe(book.properties, words)
    out = BytesIO()
    book.save(out)
    return settled(out.getvalue(), data.made_on)


def describe(about: Any, words: Words) -> None:
    period = words.facts.period
    about.title = words.say(
        "synthesis.title", area=words.area_title, start=words.day(period.start), end=words.day(period.end)
    )
    about.creator = about.lastModifiedBy = words.say("synthesis.issuer")
    about.language = {"vi": "vi-VN", "en": "en-GB"}[words.language]


def synthesis_tables(words: Words, data: Data) -> list[DataTable]:
    """All tables in the order of the document; the units of the nation are those that were visited."""
    return [
        about(words, data),
        coverage(words),
        *([] if words.facts.area else [provinces(words)]),
        units(words),
        sections(words),
        items(words),
        difficulties(words),
        training(words),
        proposals(words),
    ]


def table(words: Words, title: str, columns: Columns, rows: list[list[Cell]]) -> DataTable:
    return DataTable(words.say(title), [words.say(key) for key, _ in columns], [width for _, width in columns], rows)


def about(words: Words, data: Data) -> DataTable:
    """What the figures belong to, and the marks that every page of the document carries."""
    facts = words.facts
    marks = [words.say(f"copy.{facts.copy_for}")] + ([words.say("mark.fictitious")] if facts.fictitious else [])
    pairs: list[tuple[str, Cell]] = [
        ("overview.scope", words.area_title),
        ("sheet.start", facts.period.start),
        ("sheet.end", facts.period.end),
        ("sheet.visits", facts.visits),
        ("sheet.left_out", facts.left_out),
        ("workbook.checklist", ", ".join(f"{form.id} {form.version}" for form in facts.checklists)),
        ("workbook.formula", ", ".join(facts.formulas)),
        ("workbook.marks", "; ".join(marks)),
    ]
    pairs += [("workbook.fingerprint", data.fingerprint)] if RULES[facts.copy_for].fingerprint else []
    rows: list[list[Cell]] = [[words.say(key), value] for key, value in pairs]
    return table(words, "workbook.about", [("table.indicator", 40), ("table.figure", 70)], rows)


LEVELS: Columns = [(f"sheet.level_{rank}", 10) for rank in (4, 3, 2, 1)]


def covered(known: Coverage) -> list[Cell]:
    """Units, visited, share, the levels from the best down, undecided, mean; empty cells where nobody has been."""
    levels: list[Cell] = [known.levels.get(rank, 0) if known.visited else None for rank in (4, 3, 2, 1, 0)]
    return [known.units, known.visited, known.share, *levels, known.mean]


COVERED: Columns = [
    ("coverage.units", 10), ("coverage.visited", 12), ("coverage.share", 10), *LEVELS, ("coverage.undecided", 12),
    ("coverage.mean", 14),
]  # fmt: skip


def coverage(words: Words) -> DataTable:
    rows: list[list[Cell]] = [[words.say(f"kind.{kind}"), *covered(one)] for kind, one in words.counts.by_kind.items()]
    return table(words, "overview_part.coverage", [("coverage.kind", 44), *COVERED], rows)


def provinces(words: Words) -> DataTable:
    known = words.counts.by_province
    rows: list[list[Cell]] = [
        [code, words.province_name(code), *covered(known[code])] for code in words.province_order()
    ]
    return table(words, "coverage.province", [("workbook.unit_code", 8), ("coverage.province", 24), *COVERED], rows)


def units(words: Words) -> DataTable:
    """Every unit of a province, or every visited unit of the nation."""
    results = {one.unit: one for one in words.facts.results}
    if words.facts.area:
        rows = [unit(words, one.code, unit_title(words, one), results.get(one.code)) for one in ordered_units(words)]
    else:
        rows = [unit(words, one.unit, one.name, one) for one in words.facts.results]
    columns: Columns = [
        ("workbook.unit_code", 10), ("workbook.unit", 32), ("coverage.kind", 20), ("coverage.province", 20),
        ("unit_list.day", 12), ("unit_list.level", 12), ("unit_list.total", 10), ("unit_list.completeness", 14),
        ("unit_list.confidence", 12), ("unit_list.gates", 30), ("workbook.checklist", 18),
    ]  # fmt: skip
    return table(words, "unit_list.title", columns, rows)


def unit(words: Words, code: str, title: str, one: UnitResult | None) -> list[Cell]:
    if one is None:
        return [code, title, *(None for _ in range(9))]
    return [
        code, title, words.say(f"kind.{one.kind}"), words.province_name(one.province), one.visited_on, one.rank,
        one.total, 100 * one.completeness, one.confidence, ", ".join(one.gates_failed) or None,
        f"{one.checklist} {one.version}",
    ]  # fmt: skip


def sections(words: Words) -> DataTable:
    rows: list[list[Cell]] = [
        [words.say(f"kind.{group}"), words.section_title(group, one.section), one.mean, one.units]
        for group in words.counts.groups
        for one in words.counts.sections(group)
    ]
    columns: Columns = [
        ("outcome.group", 32), ("table.section", 60), ("coverage.mean", 16), ("outcome.scored_units", 18),
    ]  # fmt: skip
    return table(words, "outcome.sections", columns, rows)


def items(words: Words) -> DataTable:
    """Every item with its mean level, the weakest first, and how often it fails as a required condition."""
    rows: list[list[Cell]] = []
    for group in words.counts.groups:
        for one in words.counts.items(group):
            row = words.item_row(group, one)
            figures: list[Cell] = [3 * one.mean, one.units, one.low, one.failed, "(*)" if one.confidential else None]
            rows.append([words.say(f"kind.{group}"), row.code, row.topic, *figures])
    columns: Columns = [
        ("outcome.group", 32), ("table.code", 8), ("table.question", 60), ("outcome.mean_level", 14),
        ("outcome.assessed", 16), ("sheet.low", 16), ("sheet.failed", 18), ("workbook.restricted", 10),
    ]  # fmt: skip
    return table(words, "outcome.weakest", columns, rows)


def difficulties(words: Words) -> DataTable:
    rows: list[list[Cell]] = []
    for code in words.province_order():
        visited = sum(one.province == code for one in words.facts.results)
        named: list[Cell] = [number if visited else None for number in words.counts.difficulties(code).values()]
        rows.append([words.province_name(code), visited, *named])
    groups: Columns = [(f"difficulty.group_{group}", 24) for group in DIFFICULTY_GROUPS]
    return table(
        words, "overview_part.difficulties", [("coverage.province", 24), ("coverage.visited", 12), *groups], rows
    )


def training(words: Words) -> DataTable:
    """Units that want training in each field, by province."""
    needs = words.counts.needs
    rows: list[list[Cell]] = [
        [words.province_name(code), words.counts.people(code), *(need.provinces.get(code, 0) for need in needs)]
        for code in words.province_order()
    ]
    made = table(words, "overview_part.training", [("coverage.province", 24), ("need.people", 12)], rows)
    fields = [words.field(need.field) for need in needs]
    return DataTable(made.title, [*made.columns, *fields], [*made.widths, *(22 for _ in fields)], rows)


def proposals(words: Words) -> DataTable:
    """Everything that was recommended, by body."""
    rows: list[list[Cell]] = []
    for body in words.counts.bodies:
        for one in body.advice:
            row = words.advice_row(one)
            rows.append([
                words.body_name(body), one.code, row.text, one.units, row.basis or None, row.cooperating or None,
                one.first_due, row.product or None, "(*)" if one.confidential else None,
            ])  # fmt: skip
    columns: Columns = [
        ("proposals.responsible", 34), ("table.code", 8), ("proposals.content", 70), ("advice.units", 10),
        ("proposals.basis", 30), ("proposals.cooperating", 28), ("follow_up.first_due", 14), ("proposals.product", 30),
        ("workbook.restricted", 10),
    ]  # fmt: skip
    return table(words, "overview_part.proposals", columns, rows)
