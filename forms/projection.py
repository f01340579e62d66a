"""What of a visit is compared with other visits: item scores, recommendations, difficulties, needs, a few figures.

Everything is read out of the frozen result of `evaluate`, so that it can be made again at any time.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from forms.answers import Value
from forms.checklist import Checklist
from forms.minutes import commitment_key

DIFFICULTY_GROUPS: Final = {"hatang": 1, "hethong": 2, "theche": 3, "nhanluc": 3, "huongdan": 4}
"""The choices of question I01 by the four groups of problems of CĐ 111/CĐ-TTg (17/7/2025): infrastructure, systems,
rules and staff, support; others ("kinhphi", "quatai", "khac") belong to none of them."""

GROUPS: Final = (1, 2, 3, 4)
POWER_RETURN: Final = {"khong": 0, "ban_khoan": 1, "mot_so": 2, "toan_bo": 3}
"""The choices of question I04: no signal, unsure, asks to return some tasks, asks to return all."""


class ItemScore(NamedTuple):
    """The score of a scored item, 0 to 1. `gate_failed` is None for an item that is no gate."""

    item: str
    score: float
    gate_failed: bool | None
    confidential: bool


class Recommended(NamedTuple):
    """A recommendation of a visit; `key` is that of the commitment that answers it, `due` an ISO day or None."""

    code: str
    key: str
    responsible: str
    priority: str
    due: str | None
    mends_gate: bool
    confidential: bool


class Facts(NamedTuple):
    """Figures of a visit; None = not answered. `gates_failed_shared` leaves confidential gates out.

    `power_return` (0 to 3) is confidential. `dossiers_per_officer_day` is F01 / H04_officers / calendar days of the
    period, both its ends included, as F10_load of the checklist computes it.
    """

    gates_failed: int
    gates_failed_shared: int
    received: float | None
    resolved: float | None
    on_time: float | None
    dossiers_per_officer_day: float | None
    power_return: int | None


@dataclass(frozen=True)
class Projection:
    """`difficulties` maps each of the four groups to how many of its difficulties were named, {} when none was asked.

    `training` maps each field of E14 to the people to be trained, who are one number for all fields of a visit.
    """

    items: list[ItemScore]
    recommendations: list[Recommended]
    difficulties: dict[int, int]
    training: dict[str, int]
    facts: Facts


def project(checklist: Checklist, result: Mapping[str, Any]) -> Projection:
    """The projection of one result of `evaluate`."""
    hidden = checklist.confidential
    values = _values(result)
    return Projection(
        items=_items(checklist, result, hidden),
        recommendations=[_recommended(made, result, hidden) for made in result["recommendations"]],
        difficulties=_difficulties(values.get("I01")),
        training=_training(values),
        facts=_facts(values, result["assessment"]["gates_failed"], hidden),
    )


def is_confidential(recommendation: Mapping[str, Any], hidden: Set[str]) -> bool:
    """Whether a recommendation, or a finding behind it, must not leave the internal copy."""
    return bool(recommendation["confidential"]) or any(one["code"] in hidden for one in recommendation["findings"])


def _values(result: Mapping[str, Any]) -> dict[str, Value]:
    """What was answered to questions that are asked once, by name."""
    asked = ((path, one) for path, one in result["questions"].items() if one["relevant"] and "[" not in path)
    return {path.rpartition("/")[2]: one["value"] for path, one in asked}


def _items(checklist: Checklist, result: Mapping[str, Any], hidden: Set[str]) -> list[ItemScore]:
    failed = set(result["assessment"]["gates_failed"])
    names = ((path, path.rpartition("/")[2], score) for path, score in result["assessment"]["items"].items())
    return [
        ItemScore(name, float(score), name in failed if path in checklist.gates else None, name in hidden)
        for path, name, score in names
        if isinstance(score, int | float)
    ]


def _recommended(made: Mapping[str, Any], result: Mapping[str, Any], hidden: Set[str]) -> Recommended:
    failed = set(result["assessment"]["gates_failed"])
    return Recommended(
        code=made["code"],
        key=commitment_key(made),
        responsible=made["responsible"].get("vi", ""),
        priority=made["priority"],
        due=made["due"]["date"],
        mends_gate=any(finding["code"] in failed for finding in made["findings"]),
        confidential=is_confidential(made, hidden),
    )


def _difficulties(chosen: Value) -> dict[int, int]:
    if not isinstance(chosen, list) or not chosen:
        return {}
    groups = [DIFFICULTY_GROUPS.get(str(name)) for name in chosen]
    return {group: groups.count(group) for group in GROUPS}


def _training(values: Mapping[str, Value]) -> dict[str, int]:
    fields, people = values.get("E14"), values.get("E14_people")
    if not isinstance(fields, list):
        return {}
    number = int(people) if isinstance(people, int | float) else 0
    return {str(field): number for field in fields}


def _facts(values: Mapping[str, Value], failed: list[str], hidden: Set[str]) -> Facts:
    signal = values.get("I04")
    return Facts(
        gates_failed=len(failed),
        gates_failed_shared=len([gate for gate in failed if gate not in hidden]),
        received=_number(values.get("F01")),
        resolved=_number(values.get("F02")),
        on_time=_number(values.get("F03")),
        dossiers_per_officer_day=_load(values),
        power_return=POWER_RETURN.get(signal) if isinstance(signal, str) else None,
    )


def _load(values: Mapping[str, Value]) -> float | None:
    received, officers = _number(values.get("F01")), _number(values.get("H04_officers"))
    start, end = _day(values.get("F01_from")), _day(values.get("F01_to"))
    if received is None or not officers or officers < 0 or start is None or end is None or end < start:
        return None
    return received / officers / ((end - start).days + 1)


def _number(value: Value) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _day(value: Value) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
