"""The figures of a synthesis that go with it as a file: what this copy rests on, without the wording of checklists."""

from __future__ import annotations

from reports.archive import Data, canonical_json
from reports.synthesis.facts import SynthesisFacts
from reports.wording import Wording

KIND = "satcanh synthesis 1"
"""What the file says of itself; the number rises when its shape changes."""


def synthesis_data(facts: SynthesisFacts, wording: Wording) -> Data:
    """The data of one copy, the same in every language of the document."""
    known = facts.model_dump(mode="json", exclude={"checklists", "provinces", "units", "code", "address"})
    forms = [{"id": form.id, "version": form.version} for form in facts.checklists]
    content = canonical_json({"kind": KIND, "checklists": forms, **known})
    return Data(content, wording.plain("synthesis.data"), facts.issued_on or facts.period.end)
