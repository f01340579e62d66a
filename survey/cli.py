"""The `satcanh` command: serve, demo, checklists, evaluation, visits, reports, accounts."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from forms.faults import ChecklistError
from survey.commands import checklist, desk, serving
from survey.problems import Problem


class Commands(click.Group):
    """Turns what a person must be told into one clear line and exit code 1, never a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except ChecklistError as error:
            for fault in error.faults:
                click.echo(fault.say(ctx.params.get("lang") or "vi"), err=True)
        except Problem as problem:
            click.echo(problem.message, err=True)
        except (OSError, ValueError) as error:
            click.echo(str(error), err=True)
        sys.exit(1)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.option(
    "--lang", type=click.Choice(["vi", "en"]), default="vi", envvar="SATCANH_LANG", help="Language of messages."
)
@click.version_option(package_name="satcanh", message="%(version)s")
@click.pass_context
def main(ctx: click.Context, lang: str) -> None:
    """Sát Cánh: checklists, visits, capacity map and reports for working delegations."""
    ctx.obj = lang


data_option = click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("data"),
    envvar="SATCANH_DATA",
    show_default=True,
    help="Folder of the database and the attachments.",
)

serving.add_to(main, data_option)
checklist.add_to(main, data_option)
desk.add_to(main, data_option)
