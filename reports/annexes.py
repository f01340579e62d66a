"""The annexes of the visit report: all scores, dossier figures, officials coached, photos, comments on legal texts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from forms.checklist import COMPUTED
from reports.bases import bases_on
from reports.blocks import Table, tables
from reports.coaching import PART as COACHING
from reports.dates import long_date
from reports.facts import Photo
from reports.items import Item, Sheet, topic
from reports.numbers import count, roman
from reports.pdf import data_url
from reports.photos import printed

OPINIONS = "I"
DOSSIERS = ("F01", "F02", "F03", "F04", "F05", "F06")
RATES = ("F04", "F05", "F11")
"""Rates of dossiers that are asked for in per cent: filed online, digitised, supplemented or returned."""

COMMENTS = "I06"
NUMBERED = re.compile(r".*?\d+/\d{4}/\S+")
"""A legal text down to its number: "Nghị định số 132/2025/NĐ-CP"."""

ARTICLE = re.compile(r"(?:điều|article|art\.)\s*(\d{1,4})", re.IGNORECASE)
"""The number of an article; clauses and points before it do not order comments."""

TOLD_ELSEWHERE = ("F06",)
"""Codes whose figures fill an annex of their own."""


@dataclass(frozen=True)
class Annex:
    """One annex; `template` draws it from the field that is filled, `title` is a key of the wording."""

    key: str
    number: str
    template: str
    title: str
    groups: list[tuple[str, list[Item]]] = field(default_factory=list)
    figures: list[tuple[str, str]] = field(default_factory=list)
    table: Table | None = None
    photos: list[tuple[str, str]] = field(default_factory=list)


def annexes(sheet: Sheet, people: Table | None) -> list[Annex]:
    """The annexes that have something to show, numbered in their order; the scores always come first."""
    dossiers, comments, photos = dossier_figures(sheet), comment_table(sheet), captioned(sheet)
    title = "annex.scores" if sheet.facts.shows_numbers else "annex.answers"
    made = [Annex("scores", "", "_annex_scores.html", title, groups=item_groups(sheet))]
    if dossiers:
        made.append(Annex("dossiers", "", "_annex_dossiers.html", "annex.dossiers", figures=dossiers))
    if people:
        made.append(Annex("people", "", "_annex_table.html", "annex.people", table=people))
    if photos:
        made.append(Annex("photos", "", "_annex_photos.html", "annex.photos", photos=photos))
    if comments:
        made.append(Annex("comments", "", "_annex_comments.html", "annex.comments", table=comments))
    return [Annex(**(vars(annex) | {"number": roman(place)})) for place, annex in enumerate(made, 1)]


def item_groups(sheet: Sheet) -> list[tuple[str, list[Item]]]:
    """What is scored or still to be answered, by part of the checklist, and all of a part without scores.

    What else scored sections record, opinions and coaching are told in the report itself.
    """
    told = {section.name for section in sheet.facts.checklist.sections if section.weight > 0}
    groups = []
    for part in sheet.facts.checklist.nodes:
        entries = (entry for entry in sheet.entries(part) if entry.code not in TOLD_ELSEWHERE)
        items = [entry for entry in entries if is_listed(sheet, entry, part.name in told)]
        if items and part.name not in (OPINIONS, COACHING):
            groups.append((f"{part.name}. {sheet.label(part)}", items))
    return groups


def is_listed(sheet: Sheet, entry: Item, is_told: bool) -> bool:
    if entry.weight:
        return True
    return not is_told if entry.answer else sheet.question(entry.path).required


def dossier_figures(sheet: Sheet) -> list[tuple[str, str]]:
    """Figures of the dossiers of the period as answered; what only follows from missing ones is left out."""
    nodes = [node for node in sheet.nodes.values() if sheet.code(node) in DOSSIERS and node.label]
    if not any(sheet.answer(node) for node in nodes if node.type not in COMPUTED):
        return []
    figures = [(f"{sheet.code(node)}. {sheet.label(node)}", sheet.answer(node)) for node in nodes]
    return [(label, answer) for label, answer in figures if answer]


def dossier_rates(sheet: Sheet) -> list[tuple[str, float]]:
    """What the figures come to in per cent, unrounded: resolved, in time, late, then the rates asked for as such.

    Those resolved that were not in time or early are late (forms of TT 03/2025/TT-VPCP).
    """
    say = sheet.wording.plain
    resolved, timely = share_of(sheet, "F02", "F01"), share_of(sheet, "F03", "F02")
    late = 100 - timely if timely is not None and timely <= 100 else None
    shares = (("resolved_share", resolved), ("timely_share", timely), ("late_share", late))
    found = [(say(f"annex.{key}"), share) for key, share in shares if share is not None]
    asked = [sheet.nodes[name] for name in RATES if name in sheet.nodes]
    answers = [(topic(sheet.label(node)), sheet.value(node.path)) for node in asked]
    return found + [(name, float(value)) for name, value in answers if isinstance(value, int | float)]


def share_of(sheet: Sheet, part: str, whole: str) -> float | None:
    """One figure in per cent of another, unrounded; None when one of them is missing or the whole is 0."""
    some, all_ = (sheet.value(sheet.nodes[name].path) if name in sheet.nodes else None for name in (part, whole))
    if not isinstance(some, int | float) or not isinstance(all_, int | float) or not all_:
        return None
    return 100 * some / all_


def comment_table(sheet: Sheet) -> Table | None:
    """Comments of the unit on articles of legal texts, those on one text together, in the order of their articles."""
    part = next((node for node in sheet.facts.checklist.nodes if node.name == OPINIONS), None)
    found = [table for table in tables(sheet, part) if table.code == COMMENTS] if part else []
    return replace(found[-1], rows=sorted(found[-1].rows, key=by_text_and_article)) if found else None


def by_text_and_article(row: list[str]) -> tuple[str, list[int]]:
    """The text in the first column, and the numbers in the second: "khoản 4 Điều 12" comes after "Điều 5"."""
    article = row[1] if len(row) > 1 else ""
    numbers = [int(number) for number in ARTICLE.findall(article)] or [int(n) for n in re.findall(r"\d{1,4}", article)]
    return row[0].casefold(), numbers


def expiring(sheet: Sheet) -> tuple[str, str] | None:
    """The texts in force that expire next, and the day; None when none of them has a last day."""
    last = [basis for basis in bases_on(sheet.facts.visit.visited_on) if basis.until]
    if not last:
        return None
    day = min(basis.until for basis in last if basis.until)
    texts = [sheet.pick(basis.text) for basis in last if basis.until == day]
    named = [found[0] for text in texts if (found := NUMBERED.match(text))]
    return "; ".join(named), long_date(day, sheet.language)


def captioned(sheet: Sheet) -> list[tuple[str, str]]:
    """Each photo as a data address with its caption, in the order of the checklist; unreadable files are left out."""
    pictures = [(photo, picture) for photo in sheet.facts.photos if (picture := printed(photo))]
    return [
        (data_url("image/jpeg", picture), caption(sheet, photo, number))
        for number, (photo, picture) in enumerate(pictures, 1)
    ]


def caption(sheet: Sheet, photo: Photo, number: int) -> str:
    """The number of a photo, what it answers, and the words that were written to it."""
    title = photo_title(sheet, photo, number)
    words = sheet.facet(photo.question, f"caption.{photo.sha256}")
    return sheet.wording.plain("annex.photo_said", photo=title, words=words) if words else title


def photo_title(sheet: Sheet, photo: Photo, number: int) -> str:
    node = sheet.nodes.get(photo.question.rpartition("/")[2])
    if node is None:
        return sheet.wording.plain("annex.photo_plain", number=count(number, sheet.language))
    item = sheet.item(node)
    return sheet.wording.plain("annex.photo", number=count(number, sheet.language), code=item.code, topic=item.topic)
