"""Commands that take answers out of the product."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from survey.commands.options import data_option
from survey.language import ngettext

if TYPE_CHECKING:
    from survey.answers.reading import Wanted

DAY = click.DateTime(["%Y-%m-%d"])


@click.group("answers")
def answers() -> None:
    """The answers to a checklist."""


@answers.command("export")
@click.argument("checklist")
@click.option(
    "--format", "form", type=click.Choice(["csv", "xlsx", "geojson", "json"]), default="csv", show_default=True,
    help="csv is a ZIP archive with one file a table.",
)  # fmt: skip
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The file to write.")
@click.option("--version", "version", multiple=True, help="A version of the checklist, several times; else all.")
@click.option("--province", default="", help="Code of a province, for example 38.")
@click.option("--from", "start", type=DAY, help="First day.")
@click.option("--to", "end", type=DAY, help="Last day.")
@click.option("--state", type=click.Choice(["draft", "submitted"]), default=None, help="Only visits in this state.")
@click.option(
    "--fictitious", type=click.Choice(["all", "real", "fictitious"]), default="all", show_default=True,
    help="Real visits, fictitious ones, or both; a column marks them in any case.",
)  # fmt: skip
@click.option("--labels", is_flag=True, help="The words of choices in place of their stored names.")
@click.option("--language", default="vi", show_default=True, help="Language of the words.")
@click.option(
    "--copy", "copy_for", type=click.Choice(["shared", "internal"]), default="shared", show_default=True,
    help="The shared copy holds nothing confidential or personal.",
)  # fmt: skip
@click.option("--scores", is_flag=True, help="With the scores of items and sections.")
@click.option("--notes", is_flag=True, help="With evidence, notes and reasons.")
@click.option("--choices", is_flag=True, help="With a column for each choice of questions with several answers.")
@click.option("--history", is_flag=True, help="With every change: who, when, on which tablet, over what.")
@click.option("--place", default="", help="GeoJSON: the question whose answer is the point; else that of the unit.")
@data_option
def export(
    checklist: str, out: Path, data: Path, start: datetime | None, end: datetime | None, state: str | None,
    labels: bool, **options: object,
) -> None:  # fmt: skip
    """Write the answers to a checklist (its id) to a file; what was there is replaced when the new one is complete."""
    from survey.answers.asking import read_asked, wanted_of

    more = [name for name in ("scores", "notes", "choices", "history") if options.pop(name)]
    asked = read_asked(
        {
            **options,
            "from": start.date() if start else None,
            "to": end.date() if end else None,
            "state": state or "",
            "values": "labels" if labels else "codes",
            "copy": options.pop("copy_for"),
            "more": more,
        }
    )
    click.echo(f"{out}: {_write(data, wanted_of(checklist, asked), out)}")


def _write(data: Path, wanted: Wanted, out: Path) -> str:
    """Write the file beside its place first; gives how many visits it holds."""
    from survey.answers.asking import about
    from survey.answers.sending import prepared
    from survey.clock import moment, utc_text
    from survey.database import prepare_data_folder
    from survey.store import units

    prepare_data_folder(data)
    partial = out.with_name(f"{out.name}.part")
    try:
        with prepared(data, wanted) as export, partial.open("wb") as file:
            export.about = about(export, units.list_provinces(export.reader.db, moment().date()), utc_text())
            for piece in export.pieces(data):
                file.write(piece)
            said = ngettext("{n} buổi làm việc", "{n} buổi làm việc", export.visits)
        partial.replace(out)
    finally:
        partial.unlink(missing_ok=True)
    return said
