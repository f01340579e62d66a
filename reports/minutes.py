"""The minutes of a working session: facts and its record in, a PDF out (NĐ 30/2020/NĐ-CP, minutes of a meeting)."""

from __future__ import annotations

from datetime import datetime, time
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from reports.annexes import DOSSIERS, OPINIONS
from reports.bases import bases_on
from reports.blocks import lines, tables
from reports.coaching import coaching
from reports.conclusion import gates_sentence, sentence_start, shortcomings_of_items, strengths_of_items
from reports.dates import clock_time, long_date, open_date
from reports.facts import ReportFacts
from reports.findings import SectionView, section_views
from reports.items import Sheet, unstopped
from reports.minutes_facts import Minutes
from reports.minutes_parts import (
    agreed,
    attached,
    chairs,
    decisions_counted,
    described,
    paragraphs,
    parties,
    results,
    signers,
    survey_total,
)
from reports.naming import Names, names_of
from reports.numbers import count
from reports.open_copy import hidden_codes, open_copy
from reports.pdf import render
from reports.qr import qr_code
from reports.report import HERE, environment, margin_rules, page_styles
from reports.wording import Wording


def minutes(facts: ReportFacts, record: Minutes, language: str = "vi") -> bytes:
    """The minutes of a visit as a PDF in "vi" or "en", without anything confidential and without scores.

    The same facts and record give the same bytes. Raises PrintingUnavailableError when pango is missing.
    """
    wording = Wording(language)
    return render(minutes_html(facts, record, language), minutes_styles(), page_margins(facts, record, wording))


def minutes_html(facts: ReportFacts, record: Minutes, language: str = "vi") -> str:
    """The minutes as HTML, before they are laid out; the number of pages is only known on paper."""
    sheet = Sheet(open_copy(facts), Wording(language))
    return environment().get_template("minutes.html").render(content(sheet, shown_record(facts, record)))


def shown_record(facts: ReportFacts, record: Minutes) -> Minutes:
    """The record without what was agreed on confidential recommendations."""
    hidden = hidden_codes(facts)
    kept = tuple(entry for entry in record.commitments if entry.recommendation not in hidden)
    return record.model_copy(update={"commitments": kept})


def content(sheet: Sheet, record: Minutes) -> dict[str, Any]:
    """Everything the templates print."""
    facts, language = sheet.facts, sheet.language
    names = names_of(facts.unit, facts.visit.visited_on, language)
    views = section_views(sheet, frozenset(DOSSIERS))
    return {
        "say": sheet.wording.say,
        "language": language,
        "facts": facts,
        "record": record,
        "names": names,
        "visited": long_date(facts.visit.visited_on, language),
        **opening(sheet, record, names),
        **surveyed(sheet, record, views),
        **settled(sheet, record),
        **closing(sheet, record, names),
    }


def opening(sheet: Sheet, record: Minutes, names: Names) -> dict[str, Any]:
    """The head, down to who takes the minutes."""
    visit, language = sheet.facts.visit, sheet.language
    start = record.started_at or visit.starts_at
    decrees = [sheet.pick(basis.text) for basis in bases_on(visit.visited_on) if basis.is_decree]
    decision = sheet.wording.plain(
        "general.basis_decision", decision=visit.decision_number, date=long_date(visit.decision_date, language)
    )
    day = record.started_at.date() if record.started_at else visit.visited_on
    return {
        "number": (record.number or "").zfill(2) if record.number else "\u2003\u2002",
        "bases": [decision, *decrees, record.plan or sheet.wording.plain("minutes.plan", body=names.placed)],
        "started": sheet.wording.say("minutes.moment", time=hour(sheet, start), date=long_date(day, language)),
        "place": unstopped(record.place) or sheet.wording.plain("minutes.office", body=names.first),
        "parties": parties(sheet, record, names),
        "chairs": [described(sheet.wording, person) for person in chairs(record)],
        "secretaries": [described(sheet.wording, person) for person in record.attendance if person.role == "secretary"],
    }


def hour(sheet: Sheet, moment: datetime | time | None) -> str:
    """A time of day, or room for one to be written in."""
    if moment is None:
        return sheet.wording.plain("minutes.open_time")
    return clock_time(moment.time() if isinstance(moment, datetime) else moment, sheet.language)


def surveyed(sheet: Sheet, record: Minutes, views: list[SectionView]) -> dict[str, Any]:
    """Parts I to IV."""
    part = next((node for node in sheet.facts.checklist.nodes if node.name == OPINIONS), None)
    assessment = sheet.facts.evaluation.assessment
    has_gates = assessment.gates_met or assessment.gates_failed or assessment.gates_open
    return {
        "survey_total": survey_total(sheet, views),
        "results": results(sheet, views),
        "coaching": coaching(sheet),
        "opinion_lines": lines(sheet, part) if part else [],
        "opinion_tables": tables(sheet, part) if part else [],
        "opinion": paragraphs(record.opinion),
        "strengths": strengths_of_items(sheet, views),
        "shortcomings": shortcomings_of_items(sheet, views),
        "gates_sentence": gates_sentence(sheet, views) if has_gates else "",
    }


def settled(sheet: Sheet, record: Minutes) -> dict[str, Any]:
    """Parts V and VI, and what was objected."""
    on_recommendations = [entry for entry in record.commitments if entry.recommendation]
    return {
        "on_recommendations": agreed(sheet, on_recommendations),
        "decisions_counted": decisions_counted(sheet, on_recommendations) if on_recommendations else "",
        "further": agreed(sheet, (entry for entry in record.commitments if not entry.recommendation)),
        "attached": attached(sheet, record),
        "dissent": paragraphs(record.dissent),
    }


def closing(sheet: Sheet, record: Minutes, names: Names) -> dict[str, Any]:
    """The last paragraph and everything below it."""
    ended, language = record.ended_at, sheet.language
    places = signers(sheet, record, names)
    return {
        "ended": hour(sheet, ended or sheet.facts.visit.ends_at),
        "pages": Markup('<span class="pages"></span>'),
        "ended_on": open_date(ended.date() if ended else sheet.facts.visit.visited_on, language),
        "copies": count(record.copies, language),
        "signers": places[:-1],
        "secretary": places[-1],
        "recipients": recipients(sheet, record, names),
        "qr": qr_code(record.address) if record.address else "",
    }


def recipients(sheet: Sheet, record: Minutes, names: Names) -> list[str]:
    """Who gets a copy: the unit, its department, the legal department of the ministry, the files."""
    say = sheet.wording.plain
    department = [say("attendance.department", province=names.province)] if sheet.facts.unit.kind != "so" else []
    bodies = map(sentence_start, [names.short, *department])
    last = say("closing.to_file", copies=count(record.copies, sheet.language))
    return [*(f"{body};" for body in bodies), say("signature.to_legal"), last]


@lru_cache(maxsize=1)
def minutes_styles() -> str:
    return page_styles() + (HERE / "templates" / "minutes.css").read_text(encoding="utf-8")


def page_margins(facts: ReportFacts, record: Minutes, wording: Wording) -> str:
    """What stands in the margins of every page: the code of the document, and that it is a draft until signed."""
    return margin_rules(foot_lines(record, wording), wording, facts.fictitious, is_draft(record))


def is_draft(record: Minutes) -> bool:
    """Whether the minutes still say that they are a draft."""
    return not (record.is_signed or record.on_paper or record.digital is not None)


def foot_lines(record: Minutes, wording: Wording) -> list[str]:
    code = wording.plain("minutes.code", code=record.code) if record.code else ""
    draft = wording.plain("minutes.draft") if is_draft(record) else ""
    return [part for part in (code, draft) if part]
