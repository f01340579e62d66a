"""A whole visit at once: answers in, questions, assessment and recommendations out, all as JSON."""

from __future__ import annotations

import math
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from forms.engine import Engine
from forms.lift import lift_to_next_level
from forms.logic.state import State
from forms.logic.validity import view_question
from forms.recommendation import recommend


class Request(BaseModel):
    """What is asked: answers by reference, the day of the visit as ISO text, and optionally one expression."""

    model_config = ConfigDict(extra="forbid")

    answers: dict[str, Any]
    today: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$")
    now: str | None = None
    scope: Literal["full", "core"] = "full"
    unit: dict[str, Any] | None = None
    seed: str = ""
    expr: str | None = None


def evaluate(engine: Engine, request: dict[str, Any]) -> dict[str, Any]:
    """Everything the checklist says about these answers; with `expr` only the result of that expression.

    Raises pydantic.ValidationError for a malformed request, UnknownNameError for answers that belong to no question,
    WrongValueError for values of a wrong type, ExpressionError for an expression that cannot be used.
    """
    asked = Request.model_validate(request)
    state = engine.open(asked.answers, asked.today, asked.scope, asked.unit, asked.now, asked.seed)
    return evaluate_state(state) if asked.expr is None else evaluate_expression(state, asked.expr)


def evaluate_state(state: State) -> dict[str, Any]:
    """The JSON of a state: {"questions", "assessment", "recommendations"}, and "instance_name" where it is set."""
    named = {"instance_name": state.instance_name()} if state.engine.instance_name else {}
    return {
        "questions": view_questions(state),
        "assessment": assess_with_lift(state),
        "recommendations": recommend(state),
        **named,
    }


def view_questions(state: State) -> dict[str, Any]:
    """Every question and note by instance path."""
    return {
        item.instance_path(keys): view_question(state, path, keys)
        for path, item in state.engine.items.items()
        if item.is_question
        for keys in state.keys_of(item.repeats)
    }


def assess_with_lift(state: State) -> dict[str, Any]:
    """The assessment with `lift_to`, the next better level within reach, and `lift`, what it takes."""
    level, lift = lift_to_next_level(state)
    return {**state.assessment().to_json(), "lift_to": level and level.name, "lift": lift}


def evaluate_expression(state: State, source: str) -> dict[str, Any]:
    """One expression outside every question: {"result", "type"}; numbers that JSON lacks are spelled as XPath does."""
    formula = state.engine.formulas.compile(source, "", "expression")
    result = formula.run(state, ())
    kind = formula.bound.type
    if kind == "any":
        kind = "boolean" if isinstance(result, bool) else "string" if isinstance(result, str) else "number"
    return {"result": spell(result), "type": kind}


def spell(result: Any) -> Any:
    if isinstance(result, list):
        return [spell(one) for one in result]
    if not isinstance(result, float):
        return result
    if not math.isfinite(result):
        return "NaN" if math.isnan(result) else "Infinity" if result > 0 else "-Infinity"
    return int(result) if result.is_integer() and abs(result) < 2**53 else result
