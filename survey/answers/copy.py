"""What of the answers of a visit an export may show: everything with consent, or nothing confidential or personal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from forms.checklist import Checklist
from forms.engine import Engine
from forms.log import Change
from reports.answers.cells import View
from reports.answers.scores import can_be_summed
from reports.copies import striking
from reports.items import CONSENT, INSTANCE_KEY
from survey.database import Database
from survey.shared_scores import shared_in
from survey.store import checklists

Strike = Callable[[str], str]
NO_PATHS: frozenset[str] = frozenset()


@dataclass(frozen=True)
class VersionCopy:
    """One version of a checklist in a copy: the paths that it leaves out, and those that are about people.

    `consent` is the path of the question that allows personal answers, "" for none. Where something that is left out
    has a share in the scores, `scoring` computes them without it (None where they may stay): from the scores of the
    items that are shown when these `are_summed`, else from the answers that are shown.
    """

    checklist: Checklist
    internal: bool
    hidden: frozenset[str]
    personal: frozenset[str]
    consent: str
    scoring: Engine | None
    are_summed: bool = False

    @property
    def needs_answers(self) -> bool:
        """Whether its scores can be had from the answers alone."""
        return self.scoring is not None and not self.are_summed

    def hidden_in(self, questions: Mapping[str, View]) -> frozenset[str]:
        """The paths that are left out of one visit: personal ones without consent in any copy."""
        if not self.internal:
            return self.hidden
        agreed = not self.consent or (questions.get(self.consent) or {}).get("value") == "yes"
        return NO_PATHS if agreed else self.personal

    def striking(self, questions: Mapping[str, View], log: Iterable[Change], members: Iterable[str]) -> Strike | None:
        """Strikes what was ever answered to personal questions, but for the members of the delegation, from texts.

        None where nothing is struck.
        """
        if self.internal:
            return None
        said = [view.get("value") for path, view in questions.items() if static(path) in self.personal]
        said += [change.value for change in log if static(change.question) in self.personal]
        known = {name.casefold() for name in members}
        return striking(one for one in said if isinstance(one, str) and one.strip().casefold() not in known)


def copy_of_version(db: Database, checklist_id: str, version: str, *, internal: bool) -> VersionCopy:
    """What the full copy or the shared one shows of a published version."""
    published = checklists.require_version(db, checklist_id, version)
    checklist = checklists.definition_of(db, checklist_id, version)
    nodes = list(checklist.walk())
    shared = None if internal else shared_in(db, checklist_id, version, published.sha256)
    scoring = shared.engine if shared and shared.restricted.touches_scores else None
    return VersionCopy(
        checklist=checklist,
        internal=internal,
        hidden=shared.restricted.paths if shared else NO_PATHS,
        personal=frozenset(inner.path for node in nodes if node.personal for inner in node.walk()),
        consent=next((node.path for node in nodes if node.name == CONSENT), ""),
        scoring=scoring,
        are_summed=bool(scoring and shared and can_be_summed(scoring, shared.restricted.paths)),
    )


def static(reference: str) -> str:
    """The path of the question that a reference belongs to, without the keys of repeats and what is noted."""
    path = reference.partition("#")[0]
    return INSTANCE_KEY.sub("", path) if "[" in path else path
