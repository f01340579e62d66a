"""Commands that write documents: of a visit, on a trip, the synthesis of a province or the nation."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Literal

import click

from survey.commands.options import data_option
from survey.database import opened
from survey.problems import Problem
from survey.settings import settings_from
from survey.store import documents, trips, visits
from survey.store.documents import COPIES, Copy, Kind, Wanted

DAY = click.DateTime(["%Y-%m-%d"])
SharedCopy = Literal["internal", "province"]
Language = Literal["vi", "en"]

out_option = click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="The file to write; its ending .pdf, .docx or .xlsx says which.",
)
language_option = click.option("--lang", "language", type=click.Choice(["vi", "en"]), default="vi", show_default=True)
copy_option = click.option(
    "--copy",
    type=click.Choice(["internal", "province"]),
    default="internal",
    show_default=True,
    help="Whom it is for: a province's copy holds nothing restricted.",
)


@click.command("report", help="Write a document of a visit; its number, code and hash go into the register.")
@click.argument("visit")
@out_option
@click.option("--kind", type=click.Choice(["report", "minutes"]), default="report", show_default=True)
@click.option("--copy", type=click.Choice(COPIES), default="internal", show_default=True, help="For whom it is.")
@language_option
@data_option
def report(visit: str, out: Path, kind: Kind, copy: Copy, language: Language, data: Path) -> None:
    from survey.documents.report_files import form_of

    with opened(data) as db:
        if visits.find(db, visit) is None:
            raise Problem("visit_not_found")
    write(Wanted(kind, copy, form_of(out.name), language, visit), out, data)


@click.command("synthesis", help="Write the synthesis of a province or the nation for a period.")
@click.option("--area", required=True, help='Code of a province, for example 38, or "nation".')
@click.option("--from", "start", type=DAY, required=True, help="First day of the period.")
@click.option("--to", "end", type=DAY, required=True, help="Last day of the period.")
@out_option
@language_option
@copy_option
@data_option
def synthesis(
    area: str, start: datetime, end: datetime, out: Path, language: Language, copy: SharedCopy, data: Path
) -> None:  # fmt: skip
    from survey.documents.report_files import form_of

    code = "" if area == "nation" else area
    if copy == "province" and not code:
        raise Problem("unknown_area", code=area)
    days = {"starts_on": start.date().isoformat(), "ends_on": end.date().isoformat()}
    write(Wanted("synthesis", copy, form_of(out.name), language, area=code, **days), out, data)


@click.command("trip-report", help="Write the report on a trip: all its submitted visits in one document.")
@click.argument("trip")
@out_option
@language_option
@copy_option
@click.option("--area", default="", help="Code of the province that a province's copy is for; left out: all units.")
@data_option
def trip_report(trip: str, out: Path, language: Language, copy: SharedCopy, area: str, data: Path) -> None:
    from survey.documents.report_files import form_of

    with opened(data) as db:
        if trips.find(db, trip) is None:
            raise Problem("trip_not_found")
    wanted_area = area if copy == "province" else ""
    write(Wanted("trip_report", copy, form_of(out.name), language, trip_id=trip, area=wanted_area), out, data)


def write(wanted: Wanted, out: Path, data: Path) -> None:
    """Make a document through the register and write its file; whatever keeps it from being made as a Problem."""
    from survey.documents.rendering import ask_for, render_here

    settings = replace(settings_from(os.environ), data=data)
    page = f"{settings.public_address.rstrip('/')}/d/" if settings.public_address else ""
    with opened(data) as db:
        document = ask_for(db, wanted, settings, page=page, by=None)
        render_here(db, document, settings)
        made = documents.find(db, document.id)
        if made is None or made.sha256 is None or made.failure:
            failure = made.failure if made else None
            raise Problem(failure.code, **failure.details) if failure else Problem("server_busy")
        out.write_bytes(documents.read_file(data, made.sha256) or b"")
    click.echo(str(out))
