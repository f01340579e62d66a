"""The `satcanh` command: serve, demo, checklists, evaluation, visits, assessments, reports, units, accounts, more."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from forms.faults import Told
from survey.language import speak

PLACES = {
    "serve": "serving",
    "demo": "serving",
    "checklist": "checklist",
    "evaluate": "evaluating",
    "visit": "desk",
    "report": "documents",
    "trip-report": "documents",
    "synthesis": "documents",
    "answers": "answers",
    "sign": "signing",
    "verify": "signing",
    "sync": "syncing",
    "assessments": "assessments",
    "boundaries": "boundaries",
    "units": "units",
    "account": "desk",
}
"""Which module of survey.commands holds a command: only that one is loaded, so that each starts quickly."""


class Commands(click.Group):
    """Loads a command when it is called, and turns what a person must be told into a line and exit code 1."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(PLACES)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        place = PLACES.get(name)
        return getattr(import_module(f"survey.commands.{place}"), name.replace("-", "_")) if place else None

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except Told as error:
            click.echo(error.say(ctx.params["lang"]), err=True)
        except FileNotFoundError as error:
            missing = {"vi": "Không có tệp này", "en": "No such file"}[ctx.params["lang"]]
            click.echo(f"{missing}: {error.filename}", err=True)
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
    speak(lang)
