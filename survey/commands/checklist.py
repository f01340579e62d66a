"""Commands for checklists: check, publish, list, export, compile, and evaluate answers."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import click

from forms.checklist import Checklist
from forms.engine import Engine, compile_checklist
from forms.evaluation import evaluate
from forms.faults import Fault
from forms.library import library_names, library_source
from forms.module import compile_module
from forms.spreadsheet import export_xlsx
from forms.xlsform import read_checklist
from survey.clock import local_date
from survey.database import opened
from survey.settings import Settings
from survey.store import checklists

Option = Callable[[Callable[..., object]], Callable[..., object]]
CHECKLIST_HELP = "FILE is an XLSForm (.xlsx, .xls, .csv, .md), or the name of a library checklist."


def add_to(main: click.Group, data_option: Option) -> None:
    """Hang the commands under `satcanh`."""
    group.add_command(data_option(publish))  # type: ignore[arg-type]
    group.add_command(data_option(list_versions))  # type: ignore[arg-type]
    group.add_command(data_option(export))  # type: ignore[arg-type]
    main.add_command(group)
    main.add_command(evaluate_answers)


def read_source(name: str) -> tuple[bytes, str]:
    """The bytes of a file or of a library checklist, with the file name that tells its format."""
    path = Path(name)
    if not path.exists() and name in library_names():
        return library_source(name), f"{name}.md"
    return path.read_bytes(), path.name


def read(name: str) -> tuple[Checklist, list[Fault]]:
    return read_checklist(*read_source(name))


@click.group("checklist")
def group() -> None:
    """Check, publish, list, export and compile checklists."""


@group.command("check", help=f"Summarise a checklist and name its problems by sheet:row.\n\n{CHECKLIST_HELP}")
@click.argument("file")
@click.pass_obj
def check(lang: str, file: str) -> None:
    checklist, warnings = read(file)
    nodes = list(checklist.walk())
    questions = [node for node in nodes if node.type not in ("group", "repeat", "note", "calculate")]
    click.echo(f"{checklist.title.get(lang) or checklist.title['vi']}: {checklist.id} {checklist.version}")
    click.echo(
        f"sections {len(checklist.sections)}, questions {len(questions)}, core {sum(q.core for q in questions)}, "
        f"scored {sum(n.is_scored for n in nodes)}, gates {sum(n.gate is not None for n in nodes)}, "
        f"levels {len(checklist.levels)}, recommendations {len(checklist.rules)}, "
        f"languages {' '.join(checklist.languages)}"
    )
    for warning in warnings:
        click.echo(warning.say(lang), err=True)


@click.command("publish", help=f"Publish a checklist; a published version never changes.\n\n{CHECKLIST_HELP}")
@click.argument("file")
def publish(file: str, data: Path) -> None:
    source, name = read_source(file)
    with opened(data) as db:
        version = checklists.publish(db, source, name, by=None)
    click.echo(f"{version.id} {version.version}")


@click.command("list", help="List published checklists.")
def list_versions(data: Path) -> None:
    with opened(data) as db:
        for version in checklists.list_versions(db):
            click.echo(f"{version.id}\t{version.version}\t{version.title.get('vi', '')}\t{version.published_at}")


@click.command("export", help="Write a published or library checklist as an Excel workbook.")
@click.argument("id")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True)
def export(id: str, out: Path, data: Path) -> None:
    with opened(data) as db:
        version = checklists.find_latest(db, id)
        if version:
            source, name = checklists.source_of(db, version.id, version.version), version.source_name
        else:
            source, name = read_source(id)
    out.write_bytes(export_xlsx(source, name))
    click.echo(str(out))


@group.command("compile", help=f"Write the ES module of a checklist for JavaScript.\n\n{CHECKLIST_HELP}")
@click.argument("file")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True)
def compile_file(file: str, out: Path) -> None:
    out.write_text(compile_module(read(file)[0]), encoding="utf-8")
    click.echo(str(out))


@click.command("evaluate", help=f"Evaluate answers and print JSON.\n\n{CHECKLIST_HELP}")
@click.argument("file")
@click.option("--answers", required=True, help='A JSON file, or - for standard input: {"answers": {…}, "today": "…"}.')
def evaluate_answers(file: str, answers: str) -> None:
    text = sys.stdin.read() if answers == "-" else Path(answers).read_text(encoding="utf-8")
    wanted = json.loads(text, parse_constant=_refuse_constant)
    if not isinstance(wanted, dict):
        raise ValueError("The answers must be a JSON object with the key 'answers'.")
    wanted.setdefault("today", local_date(Settings().utc_offset_hours).isoformat())
    result = evaluate(_engine(file), wanted)
    click.echo(json.dumps(result, ensure_ascii=False, indent=1))


def _engine(file: str) -> Engine:
    return compile_checklist(read(file)[0])


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is not a JSON value.")
