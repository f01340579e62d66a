"""The copies of a visit report and what each leaves out, by rule: the full one, the province's, the unit's own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from unicodedata import normalize

from forms.engine import Engine
from forms.evaluation import assess_with_lift
from reports.coaching import proficiency
from reports.facts import Assessment, Copy, Earlier, ReportFacts
from reports.items import INSTANCE_KEY, Sheet
from reports.open_copy import open_copy
from reports.restricted import Restricted, restricted_in
from reports.wording import Wording


@dataclass(frozen=True)
class Rule:
    """What a copy shows."""

    confidential: bool
    people: bool
    numbers: bool
    fingerprint: bool


RULES: dict[Copy, Rule] = {
    # Everything, for the leaders of the ministry and the legal department.
    "internal": Rule(confidential=True, people=True, numbers=True, fingerprint=True),
    "province": Rule(
        # Questions that the checklist calls confidential: the wish to return powers, of which only the head of the
        # delegation and the legal department know, and the equipment for state secrets (Law on state secrets).
        # With them goes whatever follows from them: conditions, calculations, recommendations, scores.
        confidential=False,
        # Names, telephone numbers, and rows of tables that are about one person each; positions stay. Consent was
        # given for the report to the ministry, not for its copies (Law on personal data 91/2025/QH15).
        people=False,
        # A province compares its units and helps them, for which it needs the scores: those of what it may see.
        numbers=True,
        # The full copy alone bears it: two who compare prints of it must not be able to guess at what is hidden.
        fingerprint=False,
    ),
    # The unit gets findings and what it is asked to do. Scores and level are an internal conclusion of the
    # delegation, no ranking; a setting of the ministry lets the unit see them.
    "commune": Rule(confidential=False, people=False, numbers=False, fingerprint=False),
}

STRUCK = "[…]"
"""What stands where a name was written into an open answer."""

NAME = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){1,5}")
FEWEST_DIGITS = 8
"""What a personal answer has to look like to be looked for in others: a name, or the digits of a telephone number."""


def copy_of(facts: ReportFacts, copy: Copy, numbers_allowed: bool = False) -> ReportFacts:
    """The facts that a copy is made from; nothing that it leaves out is in them any more.

    `numbers_allowed` shows the scores to the commune too. ValueError for facts of which a copy was made before.
    """
    if facts.copy_for != "internal":
        raise ValueError(f"a copy for {facts.copy_for} cannot be made into another")
    rule = RULES[copy]
    if rule.confidential and rule.people:
        return facts
    restricted = restricted_in(facts.checklist)
    opened = without_people(open_copy(restricted.marked(facts)), facts)
    shows_numbers = rule.numbers or numbers_allowed
    assessed = reassessed(facts, opened, restricted) if shows_numbers else opened.evaluation.assessment
    return opened.model_copy(
        update={
            "copy_for": copy,
            "shows_numbers": shows_numbers,
            "scores_of_copy": shows_numbers and restricted.touches_scores,
            "evaluation": opened.evaluation.model_copy(update={"assessment": assessed}),
            "coached": proficiency(Sheet(facts, Wording("vi"))),
            "earlier": open_earlier(facts, restricted) if shows_numbers else None,
        }
    )


def without_people(opened: ReportFacts, facts: ReportFacts) -> ReportFacts:
    """The facts without the names that were answered to personal questions, wherever else they were written.

    What belongs to no question of the copy is left out too: it could be anybody's name.
    """
    known = {node.path for node in opened.checklist.walk()}
    strike = striking(personal_answers(facts))
    answers = {
        path: strike(value) if isinstance(value, str) else value
        for path, value in opened.answers.items()
        if INSTANCE_KEY.sub("", path.partition("#")[0]) in known
    }
    reason = opened.visit.incomplete_reason
    visit = opened.visit.model_copy(update={"incomplete_reason": strike(reason) if reason else reason})
    return opened.model_copy(update={"answers": answers, "visit": visit})


def personal_answers(facts: ReportFacts) -> list[str]:
    """What was answered to personal questions, without the delegation, which its decision names in public."""
    personal = {node.path for node in facts.checklist.walk() if node.personal}
    members = {member.name.casefold() for member in facts.members}
    answered = (value for path, value in facts.answers.items() if INSTANCE_KEY.sub("", path) in personal)
    return [value for value in answered if isinstance(value, str) and value.strip().casefold() not in members]


def striking(values: Iterable[str]) -> Callable[[str], str]:
    """A function that strikes names and telephone numbers from a text, in whatever letters they are written."""
    wanted = sorted({plain for value in values if is_telling(plain := normalize("NFC", value).strip())}, key=len)
    if not wanted:
        return lambda text: text
    found = re.compile("|".join(rf"(?<!\w){re.escape(value)}(?!\w)" for value in reversed(wanted)), re.IGNORECASE)
    return lambda text: found.sub(STRUCK, normalize("NFC", text))


def is_telling(value: str) -> bool:
    """Whether it reads like a person's name, each word with a capital, or like a telephone number."""
    is_name = bool(NAME.fullmatch(value)) and all(word[0].isupper() for word in value.split())
    return is_name or sum(sign.isdigit() for sign in value) >= FEWEST_DIGITS


def reassessed(facts: ReportFacts, opened: ReportFacts, restricted: Restricted) -> Assessment:
    """The scores of what a copy shows.

    Where a restricted item has a share in them they are computed afresh from the others: from the score of a section
    and those of its other items the hidden one could be worked out, and from the level a gate.
    """
    if not restricted.touches_scores:
        return only_open(facts.evaluation.assessment, opened.evaluation.assessment)
    visit, unit = facts.visit, facts.unit
    state = Engine(restricted.unweighted()).open(
        opened.answers,
        visit.visited_on.isoformat(),
        visit.scope,
        {"code": unit.code, "name": unit.name, "kind": unit.kind},
        seed=visit.id,
    )
    return only_open(Assessment.model_validate(assess_with_lift(state)), opened.evaluation.assessment)


def only_open(assessment: Assessment, opened: Assessment) -> Assessment:
    """An assessment whose lists of questions are those of an open copy."""
    lists = ("items", "missing", "flagged", "gates_met", "gates_failed", "gates_open")
    return assessment.model_copy(update={name: getattr(opened, name) for name in lists})


def open_earlier(facts: ReportFacts, restricted: Restricted) -> Earlier | None:
    """The last visit without scores in which a restricted item had a share, which were computed with it.

    None after another version of the checklist: what was restricted in that one is not known here.
    """
    earlier = facts.earlier
    if earlier is None or not restricted.touches_scores:
        return earlier
    if earlier.checklist_version != facts.checklist.version:
        return None
    hidden = {node.section for node in facts.checklist.walk() if node.is_scored and restricted.is_hidden(node)}
    sections = {name: score for name, score in earlier.sections.items() if name not in hidden}
    return earlier.model_copy(update={"total": None, "level": None, "sections": sections})
