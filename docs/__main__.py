"""Write docs/commands.md from the command line's own help and docs/sync.md from the models: they cannot differ."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from docs import sync
from survey.cli import main

TARGET = Path(__file__).parent / "commands.md"
SYNC = Path(__file__).parent / "sync.md"


def commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command, str]]:
    """Every command below this one, with its full name and its help."""
    widths = {"max_content_width": 110, "terminal_width": 110}
    context = click.Context(command, info_name=name, help_option_names=["-h", "--help"], **widths)
    yield name, command, command.get_help(context)
    if isinstance(command, click.Group):
        for child in command.list_commands(context):
            yield from commands(command.get_command(context, child) or command, f"{name} {child}")


def render() -> str:
    """The whole page."""
    parts = ["# Commands", "Written by `make docs` from the commands' own help."]
    parts += [f"## {name}\n\n```\n{text}\n```" for name, _, text in commands(main, "satcanh")]
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    TARGET.write_text(render(), encoding="utf-8")
    SYNC.write_text(sync.render(), encoding="utf-8")
    print(TARGET, SYNC, sep="\n")
