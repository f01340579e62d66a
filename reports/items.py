"""A checklist read together with its answers: each question with what was answered, in words of one language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from forms.checklist import COMPUTED, PLACEHOLDER, RECORDED, Node, Text
from reports.dates import short_moment
from reports.facts import Question, ReportFacts
from reports.naming import names_of
from reports.numbers import count, plain
from reports.wording import Wording

CONSENT = "A04"
"""The question whose answer "yes" allows names and telephone numbers in documents."""

SILENT = ("group", "repeat", "note")
NOT_IN_WORDS = ("signature", "geopoint", "start-geopoint", *COMPUTED, *RECORDED)
"""Types whose values are left out of sentences and tables."""

COUNTED = {"image": "photos", "audio": "recordings", "file": "files", "video": "videos"}
"""Types of which a document says how many files there are, and the word for them."""

MET = 1e-9
INSTANCE_KEY = re.compile(r"\[[^\]]*\]")


@dataclass(frozen=True)
class Item:
    """One question with its answer. `score` is in [0, 1]; `gate` is None where nothing is required."""

    path: str
    code: str
    question: str
    answer: str
    score: float | None
    state: Literal["na", "unknown"] | None
    weight: float
    gate: Literal["met", "failed", "open"] | None
    evidence: str
    note: str
    confidential: bool

    @property
    def level(self) -> float | None:
        """The level of the rubric, 0 to 3."""
        return None if self.score is None else 3 * self.score

    @property
    def topic(self) -> str:
        """The question without an explanation in brackets at its end, as it reads inside a sentence."""
        return topic(self.question)


class Sheet:
    """The filled-in checklist of a visit in one language."""

    def __init__(self, facts: ReportFacts, wording: Wording) -> None:
        self.facts = facts
        self.wording = wording
        self.language = wording.language
        self.nodes = {node.name: node for node in facts.checklist.walk()}
        consent = self.nodes.get(CONSENT)
        self.names_allowed = consent is None or self.value(consent.path) == "yes"

    def pick(self, text: Text) -> str:
        """The wording in the language of the document, else in Vietnamese, else in any."""
        return text.get(self.language) or text.get("vi") or next(iter(text.values()), "")

    def value(self, path: str) -> Any:
        """The answer at an instance path, None when there is none or the question does not apply."""
        question = self.question(path)
        return self.facts.answers.get(path, question.value) if question.relevant else None

    def question(self, path: str) -> Question:
        return self.facts.evaluation.questions.get(path) or Question()

    def is_answered(self, path: str) -> bool:
        """Whether there is an answer at an instance path, or word of why there is none."""
        return self.question(path).state is not None or self.value(path) not in (None, "", [])

    def facet(self, path: str, name: str) -> str:
        return str(self.facts.answers.get(f"{path}#{name}") or "").strip()

    def is_shown(self, node: Node) -> bool:
        """Personal data appear only with consent."""
        return self.names_allowed or not node.personal

    def questions(self, node: Node) -> Iterator[Node]:
        """The questions inside a group that stand outside repeats, in the order of the sheet."""
        if node.type == "repeat":
            return
        if node.type not in SILENT:
            yield node
        for child in node.children:
            yield from self.questions(child)

    def repeats(self, node: Node) -> list[Node]:
        return [inner for inner in node.walk() if inner.type == "repeat"]

    def instances(self, repeat: Node) -> list[str]:
        """The instance paths of a repeat, also below other repeats, in the order in which they were added."""
        known = [*self.facts.answers, *self.facts.evaluation.questions]
        heads = (head for path in known if (head := instance_of(path, repeat.path)))
        gone = {path for path, value in self.facts.answers.items() if value is False}
        return [head for head in dict.fromkeys(heads) if head not in gone]

    def answer(self, node: Node, path: str | None = None) -> str:
        """The answer in words; empty when there is none."""
        value = self.value(path or node.path)
        if value is None or value == "" or value == []:
            return ""
        return self.in_words(node, value, path or "")

    def in_words(self, node: Node, value: Any, path: str = "") -> str:
        """The value of a question at an instance path, its own when none is named, as a sentence says it."""
        say = self.wording.plain
        if node.type in ("select_one", "select_multiple"):
            chosen = value if isinstance(value, list) else [value]
            return "; ".join(self.choice_label(node, str(name), path or node.path) for name in chosen)
        if node.type == "rank":
            return "; ".join(
                f"{place}. {self.choice_label(node, str(name), path or node.path)}"
                for place, name in enumerate(value, 1)
            )
        if node.type == "acknowledge":
            return say("answer.acknowledged")
        if node.type == "select_one_from_file" and value == self.facts.unit.code:
            return f"{names_of(self.facts.unit, self.facts.visit.visited_on, self.language).title} ({value})"
        if node.type in COUNTED:
            return say(f"answer.{COUNTED[node.type]}", count=count(len(value), self.language))
        if node.type == "signature":
            return say("answer.signed")
        return self.literal(node, value)

    def literal(self, node: Node, value: Any) -> str:
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, int | float):
            return plain(value, self.language)
        if node.type == "time":
            return str(value)[:5]
        if node.type in ("date", "dateTime"):
            return short_moment(str(value), node.precision, self.language)
        if node.type == "geopoint":
            return ", ".join(f"{float(part):.5f}" for part in str(value).split()[:2])
        return str(value)

    def choice_label(self, node: Node, name: str, path: str) -> str:
        for choice in self.facts.checklist.choices_of(node.choices):
            if choice.name == name:
                return self.filled(self.pick(choice.label), path)
        return name

    def label(self, node: Node) -> str:
        """The question as it was asked, with the answers it refers to filled in."""
        return self.filled(self.pick(node.label), node.path)

    def filled(self, words: str, path: str) -> str:
        """The words with what they quote, as it was answered beside the question at an instance path."""
        return PLACEHOLDER.sub(lambda found: self.referred(found[1], path), words)

    def referred(self, name: str, path: str) -> str:
        node = self.nodes.get(name)
        return (self.answer(node, beside(path, node)) if node and self.is_shown(node) else "") or "…"

    def code(self, node: Node) -> str:
        return code_of(node.path)

    def item(self, node: Node) -> Item:
        """A question outside repeats as a line of the report."""
        question, path = self.question(node.path), node.path
        evidence = self.facet(path, "evidence")
        return Item(
            path=path,
            code=self.code(node),
            question=self.label(node),
            answer=self.stated(node),
            score=self.score(node),
            state=question.state,
            weight=node.weight if node.is_scored else 0.0,
            gate=self.gate(node),
            evidence=self.wording.plain(f"evidence.{evidence}") if evidence else "",
            note=unstopped(self.facet(path, "note")),
            confidential=node.confidential,
        )

    def entries(self, part: Node) -> list[Item]:
        """The questions of a part of the checklist that apply, outside repeats, in the order of the sheet.

        A group without scored questions is one entry: its label, and the answers inside it with their own labels.
        """
        found = []
        for child in part.children:
            if child.type == "group" and child.label and not any(node.is_scored for node in child.walk()):
                found.append(self.joined(child))
            elif child.type != "repeat":
                found += [self.item(node) for node in self.worded(child)]
        return found

    def worded(self, node: Node) -> list[Node]:
        """The questions in or below a node that apply, may be shown and can be put into words."""
        questions = (q for q in self.questions(node) if q.label and q.type not in NOT_IN_WORDS)
        return [q for q in questions if self.is_shown(q) and self.question(q.path).relevant]

    def joined(self, group: Node) -> Item:
        """A group of questions as one entry."""
        inside = self.worded(group)
        answers = ((topic(self.label(node)), self.stated(node)) for node in inside)
        return Item(
            path=group.path,
            code=self.code(group),
            question=self.label(group),
            answer="; ".join(f"{label}: {unstopped(answer)}" for label, answer in answers if answer),
            score=None,
            state=None,
            weight=0.0,
            gate=None,
            evidence="",
            note="",
            confidential=any(node.confidential for node in group.walk()),
        )

    def stated(self, node: Node) -> str:
        """The answer in words, or why there is none."""
        state = self.question(node.path).state
        if state == "na":
            reason = self.facet(node.path, "reason")
            return self.wording.plain("answer.na_because", reason=reason) if reason else self.wording.plain("answer.na")
        if state == "unknown":
            return self.wording.plain("answer.unknown")
        return self.answer(node)

    def score(self, node: Node) -> float | None:
        value = self.facts.evaluation.assessment.items.get(node.path, self.question(node.path).score)
        return value if isinstance(value, float | int) else None

    def gate(self, node: Node) -> Literal["met", "failed", "open"] | None:
        assessment = self.facts.evaluation.assessment
        states: tuple[tuple[Literal["failed", "open", "met"], list[str]], ...] = (
            ("failed", assessment.gates_failed),
            ("open", assessment.gates_open),
            ("met", assessment.gates_met),
        )
        return next((state for state, names in states if node.name in names), None)

    def scored(self, section: str) -> list[Item]:
        """The scored items that count in a section and apply to this unit, in the order of the sheet."""
        nodes = (node for node in self.facts.checklist.walk() if node.is_scored and node.section == section)
        return [self.item(node) for node in nodes if self.question(node.path).relevant]


def instance_pattern(path: str) -> Callable[[str], bool]:
    """Whether an instance path belongs to the question at a static path."""
    return lambda instance: INSTANCE_KEY.sub("", instance) == path


def code_of(path: str) -> str:
    """The code of the question at an instance path: "/F/F06_shtt" and "/I/I02[a]/I02_cause" give "F06" and "I02"."""
    return INSTANCE_KEY.sub("", path).rpartition("/")[2].partition("_")[0]


def topic(question: str) -> str:
    """A question or name without an explanation in brackets at its end and without its last sign."""
    return re.sub(r"\s*\([^()]*\)\s*$", "", question).rstrip(" ?.:")


def unstopped(text: str) -> str:
    """An answer without its last full stop, as it stands inside a sentence."""
    return text.rstrip(".; ")


def instance_of(path: str, repeat: str) -> str | None:
    """The instance of a repeat that a path lies in: "/J/J02[a]/name" of "/J/J02" → "/J/J02[a]"."""
    depth = repeat.count("/")
    head = "/".join(path.partition("#")[0].split("/")[: depth + 1])
    return head if head.endswith("]") and INSTANCE_KEY.sub("", head) == repeat else None


def beside(instance: str, question: Node) -> str:
    """The instance path of a question in or above an instance: "/J[a]/K[b]" and "/J/x" give "/J[a]/x"."""
    keyed = instance.split("/")
    steps = question.path.split("/")
    joined = [key if INSTANCE_KEY.sub("", key) == step else step for key, step in zip(keyed, steps, strict=False)]
    return "/".join(joined + steps[len(joined) :])
