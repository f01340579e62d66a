"""The data of a visit that go with its report: what the copy may show, by the names that the checklist gives."""

from __future__ import annotations

from typing import Any

from reports.archive import Data, canonical_json
from reports.items import INSTANCE_KEY, Sheet

KIND = "satcanh visit 1"
"""What the file says of itself; the number rises when its shape changes."""

FINDINGS = {"gates_met", "gates_failed", "gates_open", "missing", "flagged"}
"""What a copy without numbers says of the assessment."""


def visit_data(sheet: Sheet) -> Data:
    """The data of a copy, the same in every language of the report.

    Like the report itself they leave out personal answers without consent; photos are named by their SHA-256.
    """
    facts = sheet.facts
    made_on = facts.visit.issued_on or facts.visit.visited_on
    return Data(canonical_json(shown(sheet)), sheet.wording.plain("mark.data"), made_on)


def shown(sheet: Sheet) -> dict[str, Any]:
    """Everything the copy rests on, as JSON values."""
    facts = sheet.facts
    assessment = True if facts.shows_numbers else FINDINGS
    wanted: dict[str, Any] = {"assessment": assessment, "recommendations": True}
    evaluation = facts.evaluation.model_dump(mode="json", by_alias=True, include=wanted)
    return {
        "kind": KIND,
        "copy": facts.copy_for,
        "fictitious": facts.fictitious,
        "visit": facts.visit.model_dump(mode="json"),
        "unit": facts.unit.model_dump(mode="json"),
        "members": [member.model_dump(mode="json") for member in facts.members],
        "checklist": facts.checklist.model_dump(mode="json", include={"id", "version", "title"}),
        "formula": facts.formula_version,
        "earlier": facts.earlier and facts.earlier.model_dump(mode="json"),
        "answers": {path: value for path, value in facts.answers.items() if may_show(sheet, path)},
        "photos": [photo.model_dump(mode="json", exclude={"data"}) for photo in facts.photos],
        **evaluation,
    }


def may_show(sheet: Sheet, path: str) -> bool:
    """Whether the answer at an instance path, or a facet of it, may stand in the copy.

    With consent everything may; without it a path that the checklist does not know could be anybody's name.
    """
    node = sheet.nodes.get(INSTANCE_KEY.sub("", path.partition("#")[0]).rpartition("/")[2])
    return sheet.names_allowed or (node is not None and sheet.is_shown(node))
