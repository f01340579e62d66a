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
from forms.evaluation import evaluate as evaluate_answers
from survey.clock import local_date
from survey.commands.options import CHECKLIST_FILE
from survey.commands.sources import read
from survey.settings import Settings


@click.command("evaluate", help=f"Evaluate answers and print JSON.\n\n{CHECKLIST_FILE}")
@click.argument("file")
@click.option("--answers", required=True, help='A JSON file, or - for standard input: {"answers": {…}, "today": "…"}.')
def evaluate(file: str, answers: str) -> None:
    text = sys.stdin.read() if answers == "-" else Path(answers).read_text(encoding="utf-8")
    asked = json.loads(text, parse_constant=_refuse_constant)
    if not isinstance(asked, dict) or not isinstance(asked.setdefault("answers", {}), dict):
        raise ValueError('The input must be a JSON object: {"answers": {"name": value}, "today": "2026-08-19"}.')
    asked.setdefault("today", local_date(Settings().utc_offset_hours).isoformat())
    checklist = read(file)[0]
    asked.setdefault("unit", _unit_answered(checklist, asked["answers"]))
    result = evaluate_answers(compile_checklist(checklist), asked)
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
