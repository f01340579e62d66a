"""Part III of the visit report: what was coached on site, and how proficiency changed."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from reports.blocks import Table, lines, tables
from reports.items import Item, Sheet, beside
from reports.numbers import count

PART = "J"
OFFICERS, BEFORE, AFTER = "J02", "J04", "J05"
"""The repeat of officials, and in it the proficiency before and after, chosen from 0 to 3."""


@dataclass(frozen=True)
class Coaching:
    """Part III; everything is empty when nobody was coached. `people` is for an annex of its own."""

    counts: Markup
    lines: list[Item]
    people: Table | None
    tables: list[Table]


def coaching(sheet: Sheet) -> Coaching:
    """What the checklist says about hands-on guidance."""
    part = next((node for node in sheet.facts.checklist.nodes if node.name == PART), None)
    if part is None:
        return Coaching(Markup(""), [], None, [])
    people = [table for table in tables(sheet, part) if table.code == OFFICERS]
    return Coaching(
        counts=counts(sheet),
        lines=lines(sheet, part),
        people=people[-1] if people else None,
        tables=tables(sheet, part, {OFFICERS}),
    )


def counts(sheet: Sheet) -> Markup:
    """How many were coached, rose and reached the highest level; empty when nobody was."""
    changes = proficiency(sheet)
    if not changes:
        return Markup("")
    figures = {
        "count": len(changes),
        "better": sum(after > before for before, after in changes),
        "expert": sum(after == 3 for _, after in changes),
    }
    words = {name: count(number, sheet.language) for name, number in figures.items()}
    return sheet.wording.say("coaching.counts", **words)


def proficiency(sheet: Sheet) -> list[tuple[int, int]]:
    """Levels before and after, for each instance where both were judged."""
    if sheet.facts.coached is not None:
        return sheet.facts.coached
    before, after = sheet.nodes.get(BEFORE), sheet.nodes.get(AFTER)
    repeats = [repeat for repeat in sheet.nodes.values() if repeat.type == "repeat"]
    inside = [r for r in repeats if before and after and before.path.startswith(f"{r.path}/")]
    if before is None or after is None or not inside:
        return []
    innermost = max(inside, key=lambda repeat: repeat.path.count("/"))
    pairs = (
        (sheet.value(beside(instance, before)), sheet.value(beside(instance, after)))
        for instance in sheet.instances(innermost)
    )
    return [(int(first), int(last)) for first, last in pairs if str(first).isdigit() and str(last).isdigit()]
