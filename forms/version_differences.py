"""What a new version of a checklist changes, and which of its scores can still be compared with the old ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from forms.checklist import Checklist, Level, Node, Rule, Text

NOT_QUESTIONS: Final = ("group", "repeat")

Part = tuple[str, str, str]
"""What differs: the name of the column, and its text before and after."""


@dataclass(frozen=True)
class ChangedQuestion:
    """A question of both versions that differs in some parts; `scores_alike`: the same answer scores the same."""

    before: Node
    after: Node
    parts: list[Part]
    scores_alike: bool

    @property
    def is_reworded(self) -> bool:
        """Whether people might answer otherwise because the words are others."""
        return any(name in ("label", "choices", "rubric") for name, _, _ in self.parts)


@dataclass(frozen=True)
class ChangedSection:
    """A scored section with its share of the total in each version, in percent; None where it is not scored."""

    name: str
    label: Text
    before: float | None
    after: float | None


@dataclass(frozen=True)
class Differences:
    """The differences from one version to the next.

    `comparable` and `changed_items` are names of scored questions of the new version; `kept_share` is how much of the
    total, 0 to 1, comparable questions decide in both versions alike. `scores_alike`: the same answers give the same
    figures.
    """

    added: list[Node]
    removed: list[Node]
    changed: list[ChangedQuestion]
    sections: list[ChangedSection]
    levels: list[Part]
    rules: list[Part]
    comparable: list[str]
    changed_items: list[str]
    kept_share: float
    scores_alike: bool

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.removed or self.changed or self.levels or self.rules or self.sections_changed)

    @property
    def sections_changed(self) -> list[ChangedSection]:
        return [one for one in self.sections if one.before != one.after]


def compare(old: Checklist, new: Checklist, language: str = "vi") -> Differences:
    """The differences between two versions; texts are worded in one language.

    Questions belong together by their place, and by their name when they moved to another group.
    """
    pairs = list(matched(old, new))
    known = {id(node) for pair in pairs for node in pair}
    changed = [found for pair in pairs if (found := difference(old, new, *pair, language))]
    alike = {two.name for one, two in pairs if two.is_scored and score_of(old, one) == score_of(new, two)}
    scored = [node for node in questions(new) if node.is_scored]
    before, after = shares_of(old), shares_of(new)
    return Differences(
        added=[node for node in questions(new) if id(node) not in known],
        removed=[node for node in questions(old) if id(node) not in known],
        changed=changed,
        sections=sections_of(old, new),
        levels=differing(old.levels, new.levels, lambda level: level.name, level_text(language)),
        rules=differing(old.rules, new.rules, lambda rule: rule.code, rule_text(language)),
        comparable=[node.name for node in scored if node.name in alike],
        changed_items=[node.name for node in scored if node.name not in alike],
        kept_share=sum(min(before[one.path], after[other.path]) for one, other in pairs if other.name in alike),
        scores_alike=scoring_of(old) == scoring_of(new),
    )


def questions(checklist: Checklist) -> list[Node]:
    """The rows that are neither group nor repeat, in the order of the sheet."""
    return [node for node in checklist.walk() if node.type not in NOT_QUESTIONS]


def matched(old: Checklist, new: Checklist) -> Iterable[tuple[Node, Node]]:
    """The questions of both versions, each with itself."""
    by_path = {node.path: node for node in questions(old)}
    by_name = unique_names(old)
    only = unique_names(new)
    taken = {node.path for node in questions(new)} & by_path.keys()
    for node in questions(new):
        moved = by_name.get(node.name) if node.name in only else None
        before = by_path.get(node.path) or (moved if moved and moved.path not in taken else None)
        if before is not None:
            yield before, node


def unique_names(checklist: Checklist) -> dict[str, Node]:
    """The questions whose name no other has."""
    found: dict[str, list[Node]] = {}
    for node in questions(checklist):
        found.setdefault(node.name, []).append(node)
    return {name: nodes[0] for name, nodes in found.items() if len(nodes) == 1}


COLUMNS: Final = (
    "type", "relevant", "required", "constraint", "calculation", "default", "choice_filter", "weight", "gate", "score",
    "section", "core", "confidential", "personal", "read_only", "appearance", "legal_basis",
)  # fmt: skip
TEXTS: Final = ("label", "hint", "evidence", "required_message", "constraint_message")


def difference(old: Checklist, new: Checklist, before: Node, after: Node, language: str) -> ChangedQuestion | None:
    """How a question differs; None when nothing does."""
    parts = [(name, spoken(getattr(before, name)), spoken(getattr(after, name))) for name in COLUMNS]
    parts += [(name, *in_words(getattr(before, name), getattr(after, name), language)) for name in TEXTS]
    parts += [("rubric", *rubrics(before, after, language)), ("choices", *choices(old, new, before, after, language))]
    if before.path != after.path:
        parts.append(("place", before.path, after.path))
    found = [part for part in parts if part[1] != part[2]]
    alike = score_of(old, before) == score_of(new, after)
    return ChangedQuestion(before, after, found, alike) if found else None


def spoken(value: object) -> str:
    """A cell as its author writes it."""
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, float):
        return f"{value:g}" if value else ""
    return "" if value is None else str(value)


def in_words(before: Text, after: Text, language: str) -> tuple[str, str]:
    """Two texts in the language in which they differ, rather the one asked for."""
    languages = sorted({*before, *after}, key=lambda one: (one != language, one))
    differs = next((one for one in languages if before.get(one) != after.get(one)), language)
    return before.get(differs, ""), after.get(differs, "")


def rubrics(before: Node, after: Node, language: str) -> tuple[str, str]:
    found = [in_words(*pair, language) for pair in zip(padded(before), padded(after), strict=True)]
    differs = [(n, pair) for n, pair in enumerate(found) if pair[0] != pair[1]]
    first, second = ("\n".join(f"{n}: {pair[side]}" for n, pair in differs if pair[side]) for side in (0, 1))
    return first, second


def padded(node: Node) -> list[Text]:
    return [*node.rubric, {}, {}, {}, {}][:4]


def choices(old: Checklist, new: Checklist, before: Node, after: Node, language: str) -> tuple[str, str]:
    """The choices that are not the same in both, one a line: name, words, score."""
    lists = [
        {one.name: f"{one.name}: {' '.join(in_one(one.label, language).split())}{_scored(one.score)}" for one in found}
        for found in (old.choices_of(before.choices), new.choices_of(after.choices))
    ]
    differs = {name for name in {*lists[0], *lists[1]} if lists[0].get(name) != lists[1].get(name)}
    first, second = ("\n".join(words for name, words in known.items() if name in differs) for known in lists)
    return first, second


def _scored(score: object) -> str:
    return "" if score is None else f" ({score:.3g})" if isinstance(score, float) else f" ({score})"


def in_one(text: Text, language: str) -> str:
    return text.get(language) or text.get("vi") or next(iter(text.values()), "")


def score_of(checklist: Checklist, node: Node) -> tuple[object, ...]:
    """All that decides which score an answer gets, and whether the question is asked; no wording, no weight."""
    scores = [(choice.name, choice.score) for choice in checklist.choices_of(node.choices)]
    return node.type, node.score, node.relevant, node.calculation, node.is_scored, scores


def scoring_of(checklist: Checklist) -> tuple[object, ...]:
    """Equal where the same answers come to the same figures: as the page of a unit compares two results."""
    items = tuple(
        (node.name, node.section, node.weight, node.gate, *score_of(checklist, node))
        for node in questions(checklist)
        if node.is_scored
    )
    return items, tuple((section.name, section.weight) for section in checklist.sections)


def shares_of(checklist: Checklist) -> dict[str, float]:
    """The share of the total that each scored question decides when all apply, by path; together 1."""
    whole = sum(section.weight for section in checklist.sections)
    found: dict[str, float] = {}
    for section in checklist.sections:
        inside = [node for node in questions(checklist) if node.is_scored and node.section == section.name]
        weights = sum(node.weight for node in inside)
        for node in inside:
            found[node.path] = section.weight / whole * node.weight / weights if whole and weights else 0.0
    return {node.path: found.get(node.path, 0.0) for node in questions(checklist) if node.is_scored}


def sections_of(old: Checklist, new: Checklist) -> list[ChangedSection]:
    """The scored sections of both versions, in the order of the new one."""
    shares = [section_shares(checklist) for checklist in (old, new)]
    labels = {section.name: section.label for checklist in (old, new) for section in checklist.sections}
    names = [*shares[1], *(name for name in shares[0] if name not in shares[1])]
    return [ChangedSection(name, labels[name], shares[0].get(name), shares[1].get(name)) for name in names]


def section_shares(checklist: Checklist) -> dict[str, float]:
    whole = sum(section.weight for section in checklist.sections)
    return {one.name: round(100 * one.weight / whole, 6) for one in checklist.sections if one.weight > 0}


def differing(old: list[Any], new: list[Any], name: Callable[[Any], str], text: Callable[[Any], str]) -> list[Part]:
    """What was added, removed or changed among things that have a name."""
    before, after = ({name(one): text(one) for one in known} for known in (old, new))
    names = [*after, *(one for one in before if one not in after)]
    return [
        (one, before.get(one, ""), after.get(one, "")) for one in names if before.get(one, "") != after.get(one, "")
    ]


def level_text(language: str) -> Callable[[Level], str]:
    return lambda level: f"{level.rank}. {in_one(level.label, language)}: {level.when}"


def rule_text(language: str) -> Callable[[Rule], str]:
    """What a recommendation says and when; every part that has a meaning."""

    def text(rule: Rule) -> str:
        facts = [rule.due or in_one(rule.due_text, language), rule.priority, in_one(rule.responsible, language)]
        more = " · ".join(fact for fact in facts if fact)
        return f"{' '.join(rule.questions)} · {rule.when}\n{in_one(rule.text, language)}\n{more}"

    return text
