"""Commands for the list of units: import one with the days from which it holds, or see what it would change."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from survey.commands.options import data_option
from survey.database import opened
from survey.language import gettext as _
from survey.units.file import LARGEST_FILE
from survey.units.intake import Look, apply_list, look_at_list
from survey.units.words import category_words, change_words


@click.group("units")
def units() -> None:
    """The units of the country and their history."""


@units.command("import")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@click.option(
    "--ends-on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The list is complete: units that it lacks, in its provinces and of its kinds, end on this day.",
)
@data_option
def import_file(file: Path, dry_run: bool, ends_on: datetime | None, data: Path) -> None:
    """Take in a list of units with the days from which it holds.

    FILE is CSV (UTF-8) or XLSX with the columns code, name, kind, province_code, province_name, latitude, longitude,
    area_km2, valid_from and optionally valid_to and predecessors: the codes that the unit follows, with the share of
    each that it took over (`06970` or `06970:0.4; 06973`). All or nothing; the same list twice changes nothing. Visits
    stay with the unit of their day.
    """
    day = ends_on.date() if ends_on else None
    with file.open("rb") as source, opened(data) as db:
        body = source.read(LARGEST_FILE + 1)
        look = look_at_list(db, body, file.name, day)
        faulty = bool(look.plan.faults)
        if not dry_run and not faulty:
            look = apply_list(db, body, file.name, by=None, ends_on=day)
    for line in told(look):
        click.echo(line)
    if faulty:
        click.echo(_("Chưa áp dụng: sửa các dòng trên rồi nhập lại."), err=True)
        sys.exit(1)
    if dry_run and look.plan.changes_something:
        click.echo(_("Xem thử: chưa ghi gì. Bỏ --dry-run để áp dụng."))


def told(look: Look) -> list[str]:
    """The numbers, then each change and each fault in a line."""
    words = category_words()
    counts = look.plan.counts()
    numbers = "; ".join(f"{words[name]}: {counts[name]}" for name in words)
    return [
        numbers,
        *(f"{words[change.category]}: {change_words(change)}" for change in look.plan.changes),
        *(_("Dòng {line}, cột {column}: {fault}", line=one.line, column=one.column, fault=one.message)
          for one in look.plan.faults),
    ]  # fmt: skip
