"""What a visit report is made of: the visit, the people, the unit, the checklist, its answers and their assessment."""

from __future__ import annotations

from datetime import date, time
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from forms.checklist import Checklist, Text
from forms.units import Unit


class Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Computed(BaseModel):
    """A part of what `evaluate` prints; entries that the report has no use for are left aside."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class Question(Computed):
    """What the engine says about one question or one instance of it; `score` is in [0, 1], None = not scored yet."""

    relevant: bool = True
    value: Any = None
    required: bool = False
    valid: bool = True
    score: float | None = None
    state: Literal["na", "unknown"] | None = None


class SectionResult(Computed):
    """Score of a section in percent; `bounds` with everything missing at 0 and at 1, `completeness` in [0, 1]."""

    score: float | None = None
    weight: float = 0.0
    completeness: float = 0.0
    bounds: tuple[float, float] = (0.0, 100.0)
    answered: int = 0
    applicable: int = 0


class Improvement(Computed):
    """One of the fewest changes that lift the unit a level: item score from `start` to `to`, `gain` in points."""

    question: str
    code: str
    start: float = Field(alias="from")
    to: float
    gain: float
    value: float | None = None


class Assessment(Computed):
    """Scores, gates and conclusion of a visit; `total` and `level` are None while anything applicable is missing."""

    total: float | None = None
    level: str | None = None
    sections: dict[str, SectionResult] = {}
    items: dict[str, float | Literal["na"] | None] = {}
    gates_failed: list[str] = []
    gates_open: list[str] = []
    gates_met: list[str] = []
    completeness: float = 0.0
    bounds: tuple[float, float] = (0.0, 100.0)
    missing: list[str] = []
    confidence: float | None = None
    flagged: list[str] = []
    lift_to: str | None = None
    lift: list[Improvement] = []


class Due(Computed):
    """When: a day, words, or both."""

    day: date | None = Field(default=None, alias="date")
    text: Text = {}


class Finding(Computed):
    """The answer that a recommendation rests on, by its instance path."""

    question: str


class Recommendation(Computed):
    """One recommendation with its placeholders filled."""

    code: str
    text: Text
    responsible: Text = {}
    cooperating: Text = {}
    due: Due = Due()
    priority: str = "normal"
    legal_basis: str = ""
    product: Text = {}
    confidential: bool = False
    findings: list[Finding] = []


class Evaluation(Computed):
    """What `evaluate` prints for the visit: questions by instance path, assessment, recommendations in their order."""

    questions: dict[str, Question] = {}
    assessment: Assessment = Assessment()
    recommendations: list[Recommendation] = []


class Member(Model):
    """A member of the delegation; `duty` is the wording of the decision ("Trưởng đoàn")."""

    name: str
    duty: str = ""
    is_leader: bool = False


class Visit(Model):
    """One visit: when it was, how much of the checklist was asked, and whether it has been submitted.

    `decision_number` is written as in the decision ("2083/QĐ-BKHCN"); `number` is that of the report, `issued_on` its
    day: both None until it is given out.
    """

    id: str
    decision_number: str
    decision_date: date
    visited_on: date
    starts_at: time | None = None
    ends_at: time | None = None
    scope: Literal["full", "core"] = "full"
    submitted: bool = False
    incomplete_reason: str | None = None
    number: str | None = None
    issued_on: date | None = None


class Photo(Model):
    """A picture taken as answer to `question`, an instance path; `data` is an upright JPEG, PNG or WebP file."""

    question: str
    sha256: str
    media_type: str
    data: bytes


class Earlier(Model):
    """The last submitted visit before this one to the same unit with the same checklist, in any version.

    `total` and `sections` (by name) are in per cent, None where something applicable was missing.
    """

    visited_on: date
    checklist_version: str
    formula_version: str
    total: float | None = None
    level: str | None = None
    sections: dict[str, float | None] = {}


Copy = Literal["internal", "province", "commune"]
"""For whom a document is: everything for the ministry, its copy for the province, its copy for the unit itself."""


class ReportFacts(Model):
    """Everything a visit report says. Texts are chosen, sorted and worded by `report`; nothing is looked up there.

    `answers` are the current answers by instance path, with the facets `#evidence`, `#reason`, `#note`
    and `#caption.<sha256>`. What copy they are the facts of is set by `copies.copy_of`, as are `shows_numbers` (scores
    and level), `scores_of_copy` (they rest only on what the copy shows) and `coached`: proficiency before and after of
    each official, where the copy has no rows about people.
    `digital` leaves out that a signature is awaited, for a file that is about to be signed digitally. `code` and
    `address` identify the document; the address is drawn as a QR code.
    """

    visit: Visit
    unit: Unit
    members: list[Member]
    checklist: Checklist
    answers: dict[str, Any]
    evaluation: Evaluation
    photos: list[Photo] = []
    formula_version: str = "1"
    fictitious: bool = False
    digital: bool = False
    code: str = ""
    address: str = ""
    earlier: Earlier | None = None
    copy_for: Copy = "internal"
    shows_numbers: bool = True
    scores_of_copy: bool = False
    coached: list[tuple[int, int]] | None = None
