"""A request to the ES module of a checklist as one script, which leaves its answer as JSON in `answer`."""

from __future__ import annotations

from forms.engine import Engine
from forms.evaluation import Request
from forms.module import function, module_of, spell

SPELL = """
const spelled = (value) => Array.isArray(value) ? value.map(spelled)
  : typeof value === "number" && !Number.isFinite(value) ? String(value) : value === 0 ? 0 : value;
"""


def script_for(engine: Engine, asked: Request) -> str:
    """The module, the request, and what `evaluate` gives for it; with `expr` the result and type of that expression."""
    request = spell(asked.model_dump(exclude={"expr"}))
    if asked.expr is None:
        return f"{module_of(engine)}\nconst answer = JSON.stringify(evaluate({request}));\n"
    formula = engine.formulas.compile(asked.expr, "", "expression")
    kind = formula.bound.type
    kinds = "typeof result" if kind == "any" else spell(kind)
    body = function(formula)
    return (
        f"{module_of(engine, calling=body)}{SPELL}const result = ({body})(open({request}).state, [], f);\n"
        f"const answer = JSON.stringify({{result: spelled(result), type: {kinds}}});\n"
    )
