"""Options and help texts that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

data_option = click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("data"),
    envvar="SATCANH_DATA",
    show_default=True,
    help="Folder of the database and the attachments.",
)

attach_option = click.option(
    "--attach",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file that the checklist names; those beside FILE are found without it. May be given several times.",
)

CHECKLIST_FILE = "FILE is an XLSForm (.xlsx, .xls, .csv, .md), or the name of a library checklist."
