"""A checklist as one ES module: its logic compiled to JavaScript, its data, and the engine's twin that runs them.

The module has no imports, evaluates no text, and touches neither page nor network. It exports `checklist`,
`open(request)` and `evaluate(request)`; see `twin/evaluation.js`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from functools import cache
from importlib.resources import files
from typing import Any, Final

from forms.checklist import RECORDED, Checklist, Node
from forms.engine import Engine, compile_checklist
from forms.logic.formula import Formula, always
from forms.logic.plan import Cell, quoting_texts
from forms.logic.wording import TEXTS
from forms.recommendation import UNIT_WORDS
from forms.tables import Table
from forms.xpath.javascript import library_files

RUNTIME: Final = (
    "answers.js", "plan.js", "wording.js", "computing.js", "validity.js", "undecided.js", "assessment.js", "state.js",
    "next_step.js", "lift.js", "recommendation.js", "evaluation.js",
)  # fmt: skip
"""The engine's files in `twin/`, each after those it needs when it is read."""

KEEPING: Final = "keeping.js"
"""The file that only checklists with once() need."""

TRIGGERS: Final = "trigger.js"
"""The file that only checklists with triggers need."""

KINDS: Final = "kinds.js"
"""The file that only checklists with one of these types need."""

ATTACHED: Final = "attached.js"
"""The file that only checklists with tables need."""

RARE: Final = {
    "time", "dateTime", "range", "rank", "acknowledge", "video", "start-geopoint", *RECORDED,
}  # fmt: skip

LOGIC: Final = {
    "row", "path", "relevant", "required", "constraint", "calculation", "default", "choice_filter", "repeat_count",
    "score", "triggered", "seed",
}  # fmt: skip
"""What a node's data leaves out: where it stands in the sheet, and expressions."""

ELSEWHERE: Final = {"nodes", "levels", "rules", "instance_name", "style", "files", "tables"}
"""What the checklist's data leaves out: what stands beside it, and how its page looks."""

HEADER: Final = """\
// A compiled checklist: no imports, no page, no network, no evaluation of text.
// checklist          the questions, choices, sections, levels and recommendations as data
// evaluate(request)  {questions, assessment, recommendations} for {answers, today, scope, unit}
// open(request)      the same, live: set(path, value) -> Set of changed paths, question(path), questions(),
//                    choices(path), wording(path), label(path, language), answer(path), isRelevant(path),
//                    instances(path), nextStep(path), assessment(), recommendations(), answers(), instanceName(),
//                    follow(path, changed) -> the answers by path that this one triggers, and what once() gives
// A path is a question's name, or /group/repeat[key]/name, with #state, #reason, #evidence or #note behind it.
// Thrown: UnknownNameError {names}, WrongValueError {code, text, question, more}.
"""
ENTRY: Final = """
const plan = new Plan(compiled);
export const checklist = compiled.checklist;
export const open = (request) => openVisit(plan, request);
export const evaluate = (request) => evaluateVisit(plan, request);
"""


ATTACH: Final = "export const attach = (tables) => attached.attach(plan, tables);\n"
"""What the module of a checklist with tables offers besides: taking in those that are left out of it, before `open`."""


def compile_module(checklist: Checklist, apart: Collection[str] = ()) -> str:
    """The source of the ES module of a checklist; raises what `compile_checklist` raises."""
    return module_of(compile_checklist(checklist), apart)


def module_of(engine: Engine, apart: Collection[str] = (), calling: str = "") -> str:
    """The source of the ES module of a compiled checklist; tables named in `apart` are left to `attach`.

    `calling` is compiled text outside the module whose functions it shall carry, too.
    """
    tables = engine.checklist.tables
    parts = ",\n".join([*compiled_parts(engine), *attached_parts(engine, apart)])
    more = ((KINDS,) if needs_kinds(engine.checklist) else ()) + ((TRIGGERS,) if engine.triggers else ())
    entry = ENTRY + ATTACH if tables else ENTRY
    more += ((ATTACHED,) if tables else ()) + ((KEEPING,) if engine.keeping else ())
    return f"{HEADER}{runtime(library_files(parts + calling), more)}\nconst compiled = {{\n{parts},\n}};\n{entry}"


def needs_kinds(checklist: Checklist) -> bool:
    """Whether a question has a type, or a date a part, that few checklists have."""
    return any(node.type in RARE or node.precision for node in checklist.walk())


@cache
def runtime(library: tuple[str, ...], more: tuple[str, ...] = ()) -> str:
    """The library, the engine and what else this checklist needs: module lines dropped, comments kept out."""
    twin = files("forms") / "twin"
    texts = [twin.joinpath(*name.split("/")).read_text("utf-8") for name in (*library, *RUNTIME, *more)]
    return "\n".join(strip(text) for text in texts)


def strip(text: str) -> str:
    """A file's text without imports, `export`, indentation and lines that are only comment."""
    text = re.sub(r"^import [^;]*;\n", "", text, flags=re.MULTILINE)
    text = re.sub(r"^export (?=const|class|function|async)", "", text, flags=re.MULTILINE)
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def compiled_parts(engine: Engine) -> list[str]:
    """The lines of the object that the twin's Plan takes."""
    place = {path: number for number, path in enumerate(engine.items)}
    cells = [[place[cell.path], cell.kind, cell.needs, sorted(cell.wide)] for cell in engine.plan.cells]
    formulas = [f"{cell.index}: {cell_function(cell)}" for cell in engine.plan.cells if cell.formula]
    said = {name: words for name, words in TEXTS.items() if name != "range" or needs_kinds(engine.checklist)}
    texts = said | {f"unit_{kind}" if kind else "unit": words for kind, words in UNIT_WORDS.items()}
    labels = [cell for cell in engine.plan.cells if cell.kind == "label"]
    quoting = {cell.index: quoting_texts(engine.checklist, engine.items[cell.path].node) for cell in labels}
    rare = {
        "quoting": quoting and spell(quoting),
        "instanceName": engine.instance_name and function(engine.instance_name),
        "triggers": engine.triggers and triggers(engine, place),
    }
    return [
        *(f"{name}: {text}" for name, text in rare.items() if text),
        f"checklist: {spell(checklist_data(engine.checklist))}",
        f"texts: {spell(texts)}",
        f"cells: {spell(cells)}",
        "formulas: {\n" + ",\n".join(formulas) + "\n}",
        "levels: [" + ",\n".join(level_object(when) for _, when in engine.level_rules) + "]",
        "rules: [" + ",\n".join(function(when) for _, when, _ in engine.rules) + "]",
    ]


def triggers(engine: Engine, place: dict[str, int]) -> str:
    """Each question that others set: its number, theirs, and what it is set to."""
    causes: dict[str, list[int]] = {}
    formulas: dict[str, Formula | None] = {}
    for path, found in engine.triggers.items():
        for one in found:
            causes.setdefault(one.item.node.path, []).append(place[path])
            formulas[one.item.node.path] = one.formula
    spelled = (
        f"[{place[path]}, {spell(numbers)}, {function(formula) if (formula := formulas[path]) else 'null'}]"
        for path, numbers in causes.items()
    )
    return "[" + ",\n".join(spelled) + "]"


def attached_parts(engine: Engine, apart: Collection[str]) -> list[str]:
    """The tables that stand in the module, and the keys by which filters find rows; nothing without tables."""
    if not engine.checklist.tables:
        return []
    inside = {name: table_data(table) for name, table in engine.checklist.tables.items() if name not in apart}
    keys = [
        f"{cell.index}: [{spell(key[0])}, (s, k, f) => {key[2]}]"
        for cell in engine.plan.cells
        if cell.kind == "filter" and cell.formula and (key := cell.formula.key)
    ]
    return [f"tables: {spell(inside)}", "keys: {" + ", ".join(keys) + "}"]


def table_data(table: Table) -> dict[str, Any]:
    """What the tablet gets of an attached table."""
    return {"columns": table.columns, "rows": table.rows}


def cell_function(cell: Cell) -> str:
    assert cell.formula
    if cell.kind == "order":
        path, seed = spell(cell.path), cell.formula.javascript()
        place = f"{{item: s.plan.items.get({path}), path: {path}, keys: k}}"
        return f"(s, k, f) => f.shuffle(choicesOf(s, {place}), {seed})"
    return function(cell.formula, "(s, k, f, c)" if cell.kind == "filter" else "(s, k, f)")


def function(formula: Formula, parameters: str = "(s, k, f)") -> str:
    return f"{parameters} => ({formula.javascript()})"


def level_object(when: Formula) -> str:
    reads = {
        "scores": sorted(when.bound.scores),
        "gates": "gates-failed" in when.source,
        "lowest": "lowest-section" in when.source,
    }
    return f"{{when: {function(when)}, ...{spell(reads)}}}"


def checklist_data(checklist: Checklist) -> dict[str, Any]:
    """The checklist as data: no expressions, empty fields left out; flags say where there is logic."""
    whole = checklist.model_dump(mode="json", exclude_defaults=True, exclude=ELSEWHERE)
    for choices in whole["choices"].values():
        for choice in choices:
            choice.pop("row", None)
    return whole | {
        "nodes": [node_data(node) for node in checklist.nodes],
        "levels": [level.model_dump(exclude={"when", "row"}) for level in checklist.levels],
        "rules": [rule.model_dump(exclude_defaults=True, exclude={"when", "row"}) for rule in checklist.rules],
    }


def node_data(node: Node) -> dict[str, Any]:
    found = node.model_dump(mode="json", exclude_defaults=True, exclude=LOGIC | {"children"})
    flags = {"relevant": node.relevant, "calculation": node.calculation, "score": node.score, "once": node.keeps_answer}
    found |= {name: True for name, source in flags.items() if source}
    if node.required:
        constant = always(node.required)
        found["required"] = "formula" if constant is None else constant
    return found | ({"children": [node_data(child) for child in node.children]} if node.children else {})


def spell(data: Any) -> str:
    """JSON that is safe inside a script, too."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("</", "<\\/")
