"""Commands for documents about many visits: the synthesis of a province or the nation, the report on a trip."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from survey.commands.options import data_option
from survey.database import opened
from survey.problems import Problem
from survey.settings import Settings

DAY = click.DateTime(["%Y-%m-%d"])
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


@click.command("synthesis", help="Write the synthesis of a province or the nation for a period.")
@click.option("--area", required=True, help='Code of a province, for example 38, or "nation".')
@click.option("--from", "start", type=DAY, required=True, help="First day of the period.")
@click.option("--to", "end", type=DAY, required=True, help="Last day of the period.")
@out_option
@language_option
@copy_option
@data_option
def synthesis(area: str, start: datetime, end: datetime, out: Path, language: str, copy: str, data: Path) -> None:
    from reports.synthesis_facts import Period
    from survey.drawn_map import geometry_for_locator
    from survey.report_files import form_of
    from survey.synthesis_facts import Asked, collect_synthesis
    from survey.synthesis_files import synthesis_file

    form = form_of(out.name)
    code = "" if area == "nation" else area
    if start > end or (copy == "province" and not code):
        raise Problem("bad_period" if start > end else "unknown_area", code=area)
    period = Period(start=start.date(), end=end.date())
    with opened(data) as db:
        facts = collect_synthesis(db, Asked(code, period, "internal" if copy == "internal" else "province"))
        country = geometry_for_locator(db, Settings(data=data))
    out.write_bytes(synthesis_file(form, facts, language, country))
    click.echo(str(out))


@click.command("trip-report", help="Write the report on a trip: all its submitted visits in one document.")
@click.argument("trip")
@out_option
@language_option
@copy_option
@click.option("--area", help="Code of the province that a province's copy is for; left out: all units of the trip.")
@data_option
def trip_report(trip: str, out: Path, language: str, copy: str, area: str | None, data: Path) -> None:
    from survey.report_files import form_of
    from survey.store import trips
    from survey.synthesis_files import trip_report_file
    from survey.trip_facts import collect_trip

    form = form_of(out.name)
    with opened(data) as db:
        found = trips.find(db, trip)
        if found is None:
            raise Problem("trip_not_found")
        facts = collect_trip(db, found, data, "internal" if copy == "internal" else "province", area)
    out.write_bytes(trip_report_file(form, facts, language))
    click.echo(str(out))
