"""The parts of the minutes: who was there, what each section found, what was agreed, what is attached, who signs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from forms.checklist import UNASKED, Node
from reports.blocks import chain_of
from reports.conclusion import all_items, sentence_start
from reports.dates import clock_time, short_date
from reports.facts import Recommendation
from reports.findings import SectionView
from reports.ink import inked
from reports.items import COUNTED, SILENT, Item, Sheet, beside, instance_pattern, topic, unstopped
from reports.minutes_facts import Attendee, Commitment, Decision, Minutes, Role, Side, Signature
from reports.naming import Names, untitled
from reports.numbers import count
from reports.pdf import data_url
from reports.wording import LANGUAGES, Wording

SIDES: tuple[Side, ...] = ("delegation", "unit", "department", "other")
NUMBERS = ("integer", "decimal")


@dataclass(frozen=True)
class Party:
    """One side at the meeting: its heading and its people; `heading` is a whole sentence when there are none."""

    letter: str
    heading: str
    people: list[str]


def parties(sheet: Sheet, record: Minutes, names: Names) -> list[Party]:
    """The four sides in their order; a visited department is not listed a second time as a guest."""
    say = sheet.wording.plain
    titles = side_titles(sheet, names)
    present = {side: [person for person in record.attendance if person.side == side] for side in SIDES}
    sides = [side for side in SIDES if present[side] or side != "department" or sheet.facts.unit.kind != "so"]
    missing = "nobody" if record.attendance else "unknown"
    found = []
    for letter, side in zip("abcd", sides, strict=False):
        people = [described(sheet.wording, person) for person in present[side]]
        key = "counted" if people else missing
        heading = say(f"attendance.{key}", side=sentence_start(titles[side]), count=count(len(people), sheet.language))
        found.append(Party(letter, heading, people))
    return found


def side_titles(sheet: Sheet, names: Names) -> dict[Side, str]:
    """What each side is called inside a sentence."""
    say = sheet.wording.plain
    return {
        "delegation": say("attendance.delegation"),
        "unit": names.short,
        "department": say("attendance.department", province=names.province),
        "other": say("attendance.other"),
    }


def described(wording: Wording, person: Attendee) -> str:
    """A person with position and with the role in the delegation, which is not said twice."""
    position = "" if names_role(person.position) else person.position
    role = role_word(wording, person.side, person.role)
    if role.casefold() in position.casefold():
        role = ""
    return ", ".join(part for part in (person.name, position, role) if part) or "…"


def role_word(wording: Wording, side: Side, role: Role) -> str:
    """What a role is called; outside the delegation only the secretary has a name of office."""
    if role == "secretary" or (side == "delegation" and role in ("leader", "member")):
        return wording.plain(f"attendance.role_{role}")
    return ""


def names_role(position: str) -> bool:
    """Whether a position is no more than a role in the delegation, in any language."""
    return position.strip().casefold() in role_names()


def role_names() -> frozenset[str]:
    """What the roles in the delegation are called in every language, folded."""
    roles = ("leader", "secretary", "member")
    known = (Wording(language).plain(f"attendance.role_{role}") for language in LANGUAGES for role in roles)
    return frozenset(word.casefold() for word in known)


def chairs(record: Minutes) -> list[Attendee]:
    """Who leads the meeting: the head of the delegation, and whoever else is in the chair."""
    people = record.attendance
    heads = [person for person in people if person.side == "delegation" and person.role == "leader"]
    return heads + [person for person in people if person.role == "chair"]


@dataclass(frozen=True)
class Result:
    """What the survey found in one section, without scores."""

    title: str
    summary: Markup
    figures: Markup
    failed: list[Item]
    undecided: str


def results(sheet: Sheet, views: list[SectionView]) -> list[Result]:
    return [result(sheet, view) for view in views if view.full or view.partial or view.weak or numbers_of(sheet, view)]


def result(sheet: Sheet, view: SectionView) -> Result:
    items = all_items([view])
    return Result(
        title=view.title,
        summary=section_summary(sheet, view),
        figures=figures(sheet, view),
        failed=[item for item in items if item.gate == "failed"],
        undecided=", ".join(item.code for item in items if item.gate == "open"),
    )


def section_summary(sheet: Sheet, view: SectionView) -> Markup:
    groups = {"full": view.full, "partial": view.partial, "weak": view.weak}
    words = {name: count(len(items), sheet.language) for name, items in groups.items()}
    done = sum(len(items) for items in groups.values())
    if not done and not view.unanswered:
        return sheet.wording.say("results.nothing_applies")
    codes = ", ".join(item.code for item in view.weak)
    return sheet.wording.say(
        "results.section",
        answered=count(done, sheet.language),
        applicable=count(done + len(view.unanswered), sheet.language),
        codes=f" ({codes})" if codes else "",
        **words,
    )


def figures(sheet: Sheet, view: SectionView) -> Markup:
    """The numbers that were answered in a section, each with its question."""
    say = sheet.wording.say
    found = [
        say("results.figure", topic=topic(sheet.label(node)), answer=sheet.answer(node), code=sheet.code(node))
        for node in numbers_of(sheet, view)
    ]
    return say("results.figures", figures=Markup("; ").join(found)) if found else Markup("")


def numbers_of(sheet: Sheet, view: SectionView) -> list[Node]:
    part = next((node for node in sheet.facts.checklist.nodes if node.name == view.name), None)
    asked = sheet.worded(part) if part else []
    return [node for node in asked if node.type in NUMBERS and sheet.answer(node)]


def survey_total(sheet: Sheet, views: list[SectionView]) -> Markup:
    """How much was surveyed and how many required conditions are met, counted from what is shown."""
    assessment, language = sheet.facts.evaluation.assessment, sheet.language
    done = sum(len(view.full) + len(view.partial) + len(view.weak) for view in views)
    if not done:
        return answered_total(sheet)
    met, rest = len(assessment.gates_met), len(assessment.gates_failed) + len(assessment.gates_open)
    numbers = {
        "answered": done,
        "applicable": done + sum(len(view.unanswered) for view in views),
        "met": met,
        "gates": met + rest,
    }
    checklist = sheet.facts.checklist
    words = {name: count(number, language) for name, number in numbers.items()}
    return sheet.wording.say("results.total", title=sheet.pick(checklist.title), version=checklist.version, **words)


def answered_total(sheet: Sheet) -> Markup:
    """How many questions were answered of those that apply, where nothing with a score was."""
    asked, checklist = asked_places(sheet), sheet.facts.checklist
    answered = sum(map(sheet.is_answered, asked))
    if not answered:
        return sheet.wording.say("results.nothing")
    words = {"answered": count(answered, sheet.language), "asked": count(len(asked), sheet.language)}
    return sheet.wording.say("results.answered", title=sheet.pick(checklist.title), version=checklist.version, **words)


def asked_places(sheet: Sheet) -> list[str]:
    """The instance paths of the questions that apply: one in a repeat is asked in each of its instances."""
    found = []
    for part in sheet.facts.checklist.nodes:
        for node in part.walk():
            if node.type not in SILENT and node.type not in UNASKED:
                found += places(sheet, part, node)
    return [path for path in found if sheet.question(path).relevant]


def places(sheet: Sheet, part: Node, node: Node) -> list[str]:
    """The instance paths of a question: one outside repeats."""
    around = chain_of(part, node)
    return [beside(instance, node) for instance in sheet.instances(around[-1])] if around else [node.path]


@dataclass(frozen=True)
class Agreed:
    """A row of the table of commitments."""

    text: str
    code: str
    decision: str
    own_words: list[str]
    owner: str
    due: str
    side: str


def agreed(sheet: Sheet, entries: Iterable[Commitment]) -> list[Agreed]:
    """Commitments as rows; what they leave open is taken from the recommendation, unless the unit objected to it."""
    return [row(sheet, entry, recommended(sheet, entry)) for entry in entries]


def recommended(sheet: Sheet, entry: Commitment) -> Recommendation | None:
    """The recommendation that a commitment answers; its words tell those of one code apart."""
    made = [source for source in sheet.facts.evaluation.recommendations if source.code == entry.recommendation]
    same = [source for source in made if entry.text in source.text.values()]
    found = same or (made if not entry.text or len(made) == 1 else [])
    return found[0] if found else None


def row(sheet: Sheet, entry: Commitment, source: Recommendation | None) -> Agreed:
    say = sheet.wording.plain
    taken = source if entry.decision != "objected" else None
    day = entry.due or (taken.due.day if taken and not entry.due_text else None)
    due_words = entry.due_text or (sheet.pick(taken.due.text) if taken else "")
    return Agreed(
        text=entry.text or (sheet.pick(source.text) if source else ""),
        code=entry.recommendation,
        decision=say(f"commitments.{entry.decision or 'open'}"),
        own_words=paragraphs(entry.own_words),
        owner=entry.owner or (sheet.pick(taken.responsible) if taken else "") or "–",
        due=(short_date(day, sheet.language) if day else due_words) or "–",
        side=say(f"commitments.side_{entry.side}"),
    )


def decisions_counted(sheet: Sheet, entries: list[Commitment]) -> Markup:
    """How many recommendations the unit agreed to, changed and objected to."""
    decisions = [entry.decision for entry in entries]
    names: tuple[Decision, ...] = ("agreed", "changed", "objected")
    words = {name: count(decisions.count(name), sheet.language) for name in names}
    undecided = count(decisions.count(None), sheet.language)
    still_open = sheet.wording.plain("commitments.counted_open", count=undecided) if None in decisions else ""
    total = count(len(decisions), sheet.language)
    return sheet.wording.say("commitments.counted", count=total, open=still_open, **words)


@dataclass(frozen=True)
class Attached:
    """What goes with the minutes: how many of each kind in a sentence, and where each belongs."""

    sentence: str
    entries: list[str]


def attached(sheet: Sheet, record: Minutes) -> Attached:
    say, language = sheet.wording.plain, sheet.language
    totals = dict.fromkeys(COUNTED.values(), 0)
    entries = []
    for node, number in files(sheet):
        kind = COUNTED[node.type]
        totals[kind] += number
        counts = say(f"answer.{kind}", count=count(number, language))
        entries.append(say("attached.entry", code=sheet.code(node), topic=topic(sheet.label(node)), counts=counts))
    counted = [say(f"answer.{kind}", count=count(number, language)) for kind, number in totals.items() if number]
    if record.attached:
        counted.append(say("attached.papers", count=count(len(record.attached), language)))
    if not counted:
        return Attached(say("attached.nothing"), [])
    return Attached(say("attached.files", counts=", ".join(counted)), [*entries, *map(unstopped, record.attached)])


def files(sheet: Sheet) -> Iterator[tuple[Node, int]]:
    """Each question answered with files, and how many there are in all its instances."""
    for node in sheet.nodes.values():
        if node.type not in COUNTED or not sheet.is_shown(node):
            continue
        is_answer = instance_pattern(node.path)
        values = [sheet.value(path) for path in sheet.facts.answers if is_answer(path)]
        number = sum(len(value) for value in values if isinstance(value, list))
        if number:
            yield node, number


@dataclass(frozen=True)
class Signer:
    """A place for a signature: for whom, in which position, by whom; `image` is an address, empty until drawn.

    `place` names it in the document, where a digital signature finds it.
    """

    place: str
    title: str
    position: str
    name: str
    image: str
    alt: str
    when: str


def signers(sheet: Sheet, record: Minutes, names: Names) -> list[Signer]:
    """Unit, head of the delegation, others who sign, secretary; whoever has not signed yet has a place all the same."""
    secretaries = [entry for entry in record.signatures if entry.role == "secretary"]
    heads = [entry for entry in record.signatures if entry.role != "secretary"]
    of = {side: [entry for entry in heads if entry.side == side] for side in SIDES}
    wanted = [
        *(of["unit"] or expected(record, "unit"))[:1],
        *(of["delegation"] or expected(record, "delegation"))[:1],
        *of["department"],
        *of["other"],
        *(secretaries or expected(record, "delegation", "secretary"))[:1],
    ]
    places = place_names(wanted)
    return [
        signer(
            sheet,
            undrawn(entry) if place in (record.digital or ()) else entry,
            place,
            signing_title(sheet, entry, names),
        )
        for entry, place in zip(wanted, places, strict=True)
    ]


def undrawn(entry: Signature) -> Signature:
    """The signature without what was drawn on a tablet, for somebody who signs digitally in its place."""
    return entry.model_copy(update={"image": None})


def place_names(entries: list[Signature]) -> list[str]:
    """What each place is called: the side, or "secretary"; a second one of a kind gets a number."""
    kinds = [entry.role if entry.role == "secretary" else entry.side for entry in entries]
    earlier = [kinds[:place].count(kind) for place, kind in enumerate(kinds)]
    return [f"{kind}-{number + 1}" if number else kind for kind, number in zip(kinds, earlier, strict=True)]


def expected(record: Minutes, side: Side, role: Role = "leader") -> list[Signature]:
    """Who is to sign for a side, as far as the attendance tells; nameless when it does not."""
    leading = ("secretary",) if role == "secretary" else ("leader", "chair")
    people = [person for person in record.attendance if person.role in leading]
    if role != "secretary":
        people = [person for person in people if person.side == side]
    person = people[0] if people else Attendee(side=side)
    return [Signature(side=side, role=role, name=person.name, position=person.position)]


def signing_title(sheet: Sheet, entry: Signature, names: Names) -> str:
    say = sheet.wording.plain
    if entry.role == "secretary":
        return say("closing.secretary")
    if entry.side == "delegation":
        return say("closing.delegation")
    body = say("closing.other") if entry.side == "other" else side_titles(sheet, names)[entry.side]
    return say("closing.representing", body=body.upper())


def signer(sheet: Sheet, entry: Signature, place: str, title: str) -> Signer:
    say = sheet.wording.plain
    drawn = inked(entry.image) if entry.image else None
    signed_at, when = entry.signed_at, ""
    if signed_at:
        day = short_date(signed_at.date(), sheet.language)
        when = say("closing.signed_at", time=clock_time(signed_at.time(), sheet.language), date=day)
    return Signer(
        place=place,
        title=title,
        position="" if names_role(entry.position) else entry.position.upper(),
        name=untitled(entry.name),
        image=data_url("image/png", drawn) if drawn else "",
        alt=say("closing.drawn_alt", name=untitled(entry.name)),
        when=when if drawn else "",
    )


def paragraphs(text: str) -> list[str]:
    """The lines that a person wrote, without empty ones."""
    return [line.strip() for line in text.splitlines() if line.strip()]
