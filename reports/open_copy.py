"""The part of a visit's facts that its unit may read: without confidential questions and without scores."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from forms.checklist import Checklist, Node
from reports.facts import Assessment, ReportFacts
from reports.items import INSTANCE_KEY, code_of


def open_copy(facts: ReportFacts) -> ReportFacts:
    """The facts as if the confidential questions had never been in the checklist.

    What was answered to them, their photos, gates and recommendations are gone, and so are total, level and section
    scores, from which a hidden answer could be worked out. What is said of each other item stays.
    """
    is_open = openness(facts.checklist)
    evaluation = facts.evaluation
    questions = {path: question for path, question in evaluation.questions.items() if is_open(path)}
    hidden = hidden_codes(facts)
    kept = {
        "questions": questions,
        "assessment": open_assessment(evaluation.assessment, is_open, hidden_names(facts.checklist)),
        "recommendations": [entry for entry in evaluation.recommendations if entry.code not in hidden],
    }
    return facts.model_copy(
        update={
            "checklist": facts.checklist.model_copy(update={"nodes": open_nodes(facts.checklist.nodes)}),
            "answers": {path: value for path, value in facts.answers.items() if is_open(path)},
            "evaluation": evaluation.model_copy(update=kept),
            "photos": [photo for photo in facts.photos if is_open(photo.question)],
        }
    )


def hidden_codes(facts: ReportFacts) -> frozenset[str]:
    """The codes of confidential questions, and those under which anything confidential is recommended.

    Such a code is hidden altogether, also where something open is recommended under it.
    """
    is_open = openness(facts.checklist)
    recommended = {
        entry.code
        for entry in facts.evaluation.recommendations
        if entry.confidential or not all(is_open(finding.question) for finding in entry.findings)
    }
    return always_hidden_codes(facts.checklist) | recommended


def always_hidden_codes(checklist: Checklist) -> frozenset[str]:
    """The codes of confidential questions and of confidential recommendations, whatever is answered."""
    is_open = openness(checklist)
    nodes = [*checklist.walk()]
    questions = {code_of(node.path) for node in nodes} - {code_of(node.path) for node in nodes if is_open(node.path)}
    return frozenset(questions | {rule.code for rule in checklist.rules if rule.confidential})


def hidden_names(checklist: Checklist) -> frozenset[str]:
    """The names of the confidential questions and of everything inside confidential groups."""
    return frozenset(inner.name for node in checklist.walk() if node.confidential for inner in node.walk())


def openness(checklist: Checklist) -> Callable[[str], bool]:
    """Whether an instance path, also of a facet, lies outside everything confidential."""
    hidden = {node.path for node in checklist.walk() if node.confidential}

    def is_open(path: str) -> bool:
        steps = INSTANCE_KEY.sub("", path.partition("#")[0]).split("/")
        return not any("/".join(steps[:depth]) in hidden for depth in range(2, len(steps) + 1))

    return is_open


def open_nodes(nodes: Iterable[Node]) -> list[Node]:
    return [
        node.model_copy(update={"children": open_nodes(node.children)}) if node.children else node
        for node in nodes
        if not node.confidential
    ]


def open_assessment(assessment: Assessment, is_open: Callable[[str], bool], hidden: frozenset[str]) -> Assessment:
    """The states of the open items and gates alone."""
    return Assessment(
        items={path: score for path, score in assessment.items.items() if is_open(path)},
        gates_failed=[name for name in assessment.gates_failed if name not in hidden],
        gates_open=[name for name in assessment.gates_open if name not in hidden],
        gates_met=[name for name in assessment.gates_met if name not in hidden],
        missing=[path for path in assessment.missing if is_open(path)],
        flagged=[path for path in assessment.flagged if is_open(path)],
    )
