"""Commands for assessments: make all of them again from the answers."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from survey.commands.options import data_option
from survey.database import prepare_data_folder
from survey.language import gettext as _
from survey.rebuilding import rebuild_all


@click.group("assessments")
def assessments() -> None:
    """What the answers of submitted visits come to."""


@assessments.command("rebuild")
@click.option(
    "--processes",
    type=click.IntRange(1, 64),
    default=os.cpu_count() or 1,
    help="Processes that work at the same time; as many as the machine has cores unless told.",
)
@data_option
def rebuild(processes: int, data: Path) -> None:
    """Compute the result of every submitted visit again from its answers.

    Answers are not touched, and the server may go on meanwhile. A visit of which nothing can be computed keeps the
    result it has; each such visit is named with the reason, and the exit code is 1.
    """
    prepare_data_folder(data)
    number, failed = 0, dict[str, str]()
    for portion in rebuild_all(data, processes):
        number += portion.number
        failed |= portion.failed
        for visit, reason in portion.failed.items():
            click.echo(_("{visit}: giữ kết quả cũ, {reason}", visit=visit, reason=reason), err=True)
    click.echo(_("Đã tính lại {number} kết quả.", number=number))
    if failed:
        sys.exit(1)
