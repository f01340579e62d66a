"""What a synthesis is made of: the latest visit of every unit of an area in a period, and what was found there."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from forms.checklist import Checklist
from forms.units import COMMUNE_KINDS, Unit, UnitKind
from reports.facts import Model

Copy = Literal["internal", "province"]
"""Who may read a synthesis: the ministry everything, a province nothing that is confidential."""

Group = Literal["commune", "so", "tinh"]
GROUPS: tuple[Group, ...] = ("commune", "so", "tinh")
"""Units that are compared with one another: communes, wards and special zones; departments; provincial centres."""

KINDS: tuple[UnitKind, ...] = (*COMMUNE_KINDS, "so", "tinh")
"""The kinds of units that are visited, in the order of the tables."""


def group_of(kind: UnitKind) -> Group:
    """The group of a kind of unit."""
    return kind if kind in ("so", "tinh") else "commune"


class UnitResult(Model):
    """The latest submitted visit of one unit in the period; `total` is 0 to 100, `rank` 4 for the best level.

    `total`, `rank` and `level` are None while something is missing. `gates_failed` are names of questions.
    `difficulties` maps each of the four groups of CĐ 111/CĐ-TTg to how many of its difficulties the unit named, {}
    when it was not asked; `training` maps fields to the people to be trained, one number for all fields of a unit.
    """

    visit: str
    unit: str
    name: str
    kind: UnitKind
    province: str
    visited_on: date
    checklist: str
    version: str
    scope: Literal["full", "core"] = "full"
    rank: int | None = None
    level: str | None = None
    total: float | None = None
    completeness: float = 1.0
    confidence: float | None = None
    gates_failed: tuple[str, ...] = ()
    difficulties: dict[int, int] = Field(default_factory=dict)
    training: dict[str, int] = Field(default_factory=dict)


class SectionMean(Model):
    """The mean of a section in per cent over the `units` of a checklist that have a score in it."""

    checklist: str
    section: str
    mean: float
    units: int


class ItemMean(Model):
    """The mean score of an item in [0, 1] over the `units` where it applies; `low` of them are at level 0 or 1.

    `failed` counts the units that do not meet it where it is a required condition, None where it is none.
    """

    checklist: str
    item: str
    mean: float
    units: int
    low: int
    failed: int | None = None
    confidential: bool = False


class Proposal(Model):
    """What was recommended under one code to one body, as the checklist writes it: how many units, when first due."""

    checklist: str
    code: str
    responsible: str
    units: int
    first_due: date | None = None
    confidential: bool = False


class Period(Model):
    """Inclusive days."""

    start: date
    end: date


class SynthesisFacts(Model):
    """Everything a synthesis says; `area` is a province, None for the nation.

    `stock` counts the units there are on the last day by province and kind, visited or not; `units` names those of a
    province, none for the nation. `results` hold each
    visited unit once. `visits` counts all submitted visits of the period, `left_out` those of the other kind, real
    or fictitious, which are never counted together. `before` are the results of the period before, of the same kind.
    `issued_on` is the day of the document, None until it is given out. `checklists` are all versions that were used,
    the newest of each first. `code` and `address` identify the document; the address is drawn as a QR code.
    """

    area: Unit | None
    period: Period
    earlier: Period
    issued_on: date | None = None
    copy_for: Copy = "internal"
    fictitious: bool = False
    visits: int
    left_out: int = 0
    provinces: list[Unit]
    units: list[Unit]
    stock: dict[str, dict[str, int]]
    results: list[UnitResult]
    before: list[UnitResult]
    sections: list[SectionMean]
    items: list[ItemMean]
    proposals: list[Proposal]
    decisions: list[str]
    checklists: list[Checklist]
    formulas: list[str]
    code: str = ""
    address: str = ""
