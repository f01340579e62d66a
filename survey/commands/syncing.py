"""Commands that bring in what tablets could not send: a copy of a visit saved as a file."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from survey.commands.options import data_option
from survey.database import opened
from survey.language import gettext as _
from survey.sync.copies import Summary, take_in_copy
from survey.sync.copy_file import opened_copy


@click.group("sync")
def sync() -> None:
    """Bring in what tablets could not send."""


@sync.command("import")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@data_option
def import_copy(file: Path, data: Path) -> None:
    """Take in a copy of a visit that a tablet saved as a file, under the authors named in it.

    FILE is a satcanh-….zip from a tablet. The same file may be taken in again: what is known changes nothing.
    Prints how much was new, known and refused; what was refused is named with its reason, and the exit code is 1.
    """
    with file.open("rb") as saved, opened_copy(saved) as copy, opened(data) as db:
        summary = take_in_copy(db, data, copy, file.name, by=None)
    for line in told(summary):
        click.echo(line)
    for refused in summary.all_refused:
        click.echo(" ".join(filter(None, (refused.place, refused.question, refused.message))), err=True)
    sys.exit(1 if summary.all_refused else 0)


def told(summary: Summary) -> list[str]:
    """The visit and the numbers, a line each."""
    counts = summary.counts()
    return [
        f"{summary.visit.unit_title} ({summary.visit.unit_code}) {summary.visit.planned_on}",
        _("Câu trả lời: {new} mới, {known} đã có, {refused} không nhận", **counts),
        _("Tệp: {attachments_new} mới, {attachments_known} đã có, {attachments_refused} không nhận", **counts),
    ]
