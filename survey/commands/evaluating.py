"""The command that evaluates answers: what the tablet and the server compute, as JSON on standard output."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from forms import units
from forms.checklist import Checklist
from forms.engine import compile_checklist
from forms.evaluation import Request
from forms.evaluation import evaluate as evaluate_answers
from forms.scripted import script_for
from survey.clock import local_date
from survey.commands.options import CHECKLIST_FILE
from survey.commands.sources import read
from survey.script_engine import answer_of
from survey.settings import Settings


@click.command("evaluate", help=f"Evaluate answers and print JSON.\n\n{CHECKLIST_FILE}")
@click.argument("file")
@click.option("--answers", required=True, help='A JSON file, or - for standard input: {"answers": {…}, "today": "…"}.')
@click.option(
    "--engine",
    "twin",
    type=click.Choice(["python", "js"]),
    default="python",
    show_default=True,
    help="What computes: the server's engine, or the module that tablets run (needs node or Chromium).",
)
def evaluate(file: str, answers: str, twin: str) -> None:
    text = sys.stdin.read() if answers == "-" else Path(answers).read_text(encoding="utf-8")
    asked = json.loads(text, parse_constant=_refuse_constant)
    if not isinstance(asked, dict) or not isinstance(asked.setdefault("answers", {}), dict):
        raise ValueError('The input must be a JSON object: {"answers": {"name": value}, "today": "2026-08-19"}.')
    asked.setdefault("today", local_date(Settings().utc_offset_hours).isoformat())
    checklist = read(file)[0]
    asked.setdefault("unit", _unit_answered(checklist, asked["answers"]))
    engine = compile_checklist(checklist)
    result = evaluate_answers(engine, asked)
    if twin == "js":  # after the server's engine, which says best what is wrong with a request
        result = json.loads(answer_of(script_for(engine, Request.model_validate(asked))))
    click.echo(json.dumps(result, ensure_ascii=False, indent=1))


def _unit_answered(checklist: Checklist, answers: dict[str, Any]) -> dict[str, str] | None:
    """The unit chosen in the form, so that recommendations name it."""
    for node in checklist.walk():
        if node.type == "select_one_from_file":
            code = answers.get(node.name, answers.get(node.path))
            unit = next((unit for unit in units.load() if unit.code == code), None)
            return {"code": unit.code, "name": unit.name, "kind": unit.kind} if unit else None
    return None


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is not a JSON value.")
