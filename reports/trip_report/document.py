"""The report on a working trip: all its visits in one document, in the form of the visit report."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from reports.archive import Data, canonical_json
from reports.bases import bases_on
from reports.conclusion import sentence_start
from reports.copies import RULES
from reports.dates import long_date, open_date, short_date
from reports.drawings import Bar, Legend, alternative, row_name, score_chart
from reports.facts import Recommendation
from reports.items import Sheet
from reports.naming import names_of
from reports.numbers import count
from reports.pdf import data_url, render
from reports.qr import qr_code
from reports.report import environment, margin_rules
from reports.synthesis.document import Numbering, synthesis_styles
from reports.trip_report.facts import TripFacts, TripVisit
from reports.trip_report.rows import (
    Visited,
    commitment_rows,
    failed_gates,
    in_share,
    measures,
    sides,
    strengths,
    weaknesses,
)
from reports.visit_data import shown
from reports.word.pages import Margins
from reports.wording import Wording

KIND = "satcanh trip 1"
"""What the data file says of itself; the number rises when its shape changes."""

MOST_WEAK, MOST_PROPOSALS = 8, 3
"""Weak items and recommendations on the page of a unit."""


def trip_report(facts: TripFacts, language: str = "vi") -> bytes:
    """The report as a PDF with its data inside, in "vi" or "en"; the same facts give the same bytes.

    `facts` are those of the copy that is wanted. Raises PrintingUnavailableError when pango is missing.
    """
    wording = Wording(language)
    data = trip_data(facts, wording)
    margins = page_margins(facts, wording, data)
    marks = margin_rules(list(margins.foot), wording, facts.fictitious, is_draft=bool(margins.watermark))
    return render(page(facts, wording, data), trip_styles(), marks, data)


def trip_report_html(facts: TripFacts, language: str = "vi") -> str:
    """The report as HTML, before it is laid out on pages."""
    wording = Wording(language)
    return page(facts, wording, trip_data(facts, wording))


def trip_report_docx(facts: TripFacts, language: str = "vi") -> bytes:
    """The same page as a .docx file."""
    from reports.word.document import word_document  # late: python-docx takes a quarter of a second to import

    wording = Wording(language)
    data = trip_data(facts, wording)
    margins = page_margins(facts, wording, data)
    return word_document(page(facts, wording, data), trip_styles(), data.made_on, margins)


def page(facts: TripFacts, wording: Wording, data: Data) -> str:
    bears_fingerprint = RULES[facts.copy_for].fingerprint
    template = environment().get_template("trip_report.html")
    return template.render(content(facts, wording), fingerprint=data.fingerprint if bears_fingerprint else "")


@lru_cache(maxsize=1)
def trip_styles() -> str:
    return synthesis_styles()


def trip_data(facts: TripFacts, wording: Wording) -> Data:
    """The data of one copy: those of each visit as its report has them, the same in every language."""
    known = facts.model_dump(mode="json", exclude={"visits", "code", "address"})
    visits = [
        shown(Sheet(one.facts, wording)) | {"commitments": [entry.model_dump(mode="json") for entry in one.commitments]}
        for one in facts.visits
    ]
    content = canonical_json({"kind": KIND, **known, "visits": visits})
    return Data(content, wording.plain("trip.data"), facts.issued_on or facts.ends_on)


def page_margins(facts: TripFacts, wording: Wording, data: Data) -> Margins:
    """What stands in the margins of every page; without any submitted visit it is a draft."""
    say = wording.plain
    used = dict.fromkeys((one.facts.checklist.id, one.facts.checklist.version) for one in facts.visits)
    forms = ", ".join(say("synthesis.checklist", id=id_, versions=version) for id_, version in used)
    formulas = ", ".join(dict.fromkeys(one.facts.formula_version for one in facts.visits)) or "–"
    what = {"checklists": forms or say("synthesis.no_checklist"), "formulas": formulas}
    lines = [say(f"copy.{facts.copy_for}")]
    if RULES[facts.copy_for].fingerprint:
        lines.append(say("trip.versions", hash=data.fingerprint, **what))
    mark = say("mark.fictitious") if facts.fictitious else ""
    return Margins(foot=tuple(lines), mark=mark, watermark="" if facts.visits else say("mark.draft"))


def content(facts: TripFacts, wording: Wording) -> dict[str, Any]:
    """Everything the templates print."""
    visited = [Visited(one, wording) for one in facts.visits]
    language, say = wording.language, wording.plain
    return {
        "say": wording.say,
        "language": language,
        "facts": facts,
        "visited": visited,
        "numbered": Numbering(wording.say).of,
        "issuer": wording.say("head.delegation", decision=facts.decision_number),
        "number": facts.number or "\u2003\u2002",
        "issued": open_date(facts.issued_on, language),
        "decided": long_date(facts.decision_date, language),
        "leader": next((member.name for member in facts.members if member.is_leader), ""),
        "member_count": count(len(facts.members), language),
        "bases": [basis.text.get(language) or basis.text["vi"] for basis in bases_on(facts.ends_on)],
        "places": places(facts, wording),
        "checklists": checklists(visited, wording),
        "visit_count": count(len(facts.visits), language),
        "all_count": count(len(facts.visits) + len(facts.planned), language),
        "planned": planned(facts, wording),
        "chart": totals_drawn(visited, wording) if visited else None,
        "sides": sides(visited),
        "strengths": in_share(wording, strengths(visited)),
        "weaknesses": in_share(wording, weaknesses(visited)),
        "gates": failed_gates(visited),
        "commitments": commitment_rows(visited),
        "bodies": measures(visited),
        "pages": [{"number": place, **unit_page(one)} for place, one in enumerate(visited, 1)],
        "qr": qr_code(facts.address) if facts.address else "",
        "annex_name": say("annex.name", number="I"),
        **spans(facts, wording),
    }


def spans(facts: TripFacts, wording: Wording) -> dict[str, str]:
    """The days of the trip: in figures, and as they stand in a sentence."""
    key = "trip.on_day" if facts.starts_on == facts.ends_on else "trip.period"

    def days(write: Any) -> str:
        start, end = write(facts.starts_on, wording.language), write(facts.ends_on, wording.language)
        return wording.plain(key, start=start, **({} if key == "trip.on_day" else {"end": end}))

    return {
        "start": short_date(facts.starts_on, wording.language),
        "end": short_date(facts.ends_on, wording.language),
        "period": days(long_date),
    }


def places(facts: TripFacts, wording: Wording) -> str:
    """The provinces of the units, in the order of the days."""
    units = [(one.facts.unit, one.facts.visit.visited_on) for one in facts.visits]
    units += [(one.unit, one.planned_on) for one in facts.planned]
    names = dict.fromkeys(names_of(unit, day, wording.language).province for unit, day in units)
    return ", ".join(names) or wording.plain("trip.nowhere")


def checklists(visited: list[Visited], wording: Wording) -> str:
    """The titles of the checklists with their versions."""
    forms = {(one.facts.checklist.id, one.facts.checklist.version): one for one in visited}
    titles = (one.sheet.pick(one.facts.checklist.title) for one in forms.values())
    versions = (version for _, version in forms)
    pairs = zip(titles, versions, strict=True)
    return "; ".join(wording.plain("trip.checklist", title=title, version=version) for title, version in pairs)


def planned(facts: TripFacts, wording: Wording) -> str:
    """The units whose visits have not been submitted, with their days."""

    def named(unit: Any, day: date) -> str:
        title = names_of(unit, day, wording.language).title
        return wording.plain("trip.planned_unit", unit=title, day=short_date(day, wording.language))

    return "; ".join(named(one.unit, one.planned_on) for one in facts.planned)


def totals_drawn(visited: list[Visited], wording: Wording) -> dict[str, Any]:
    """The totals of the units as bars, hatched where something is still open."""
    bars = []
    for one in visited:
        total, (low, high) = one.assessment.total, one.assessment.bounds
        bars.append(Bar(one.names.title, *((total, total) if total is not None else (low, high)), one.total, []))
    legend = Legend(**{key: wording.plain(f"chart.{key}") for key in Legend.__dataclass_fields__})
    return {
        "source": data_url("image/svg+xml", score_chart(bars, legend).encode()),
        "rows": [row_name(bar) for bar in bars],
        "alt": wording.plain("chart.alt", figures=alternative(bars)),
        "has_total": False,
    }


def unit_page(one: Visited) -> dict[str, Any]:
    """The page of one unit in the annex: its result in short."""
    say = one.sheet.wording.say
    weak = [item for item in one.items if item.score is not None and item.score < 2 / 3 - 1e-9 and item.state != "na"]
    made = one.facts.evaluation.recommendations
    full = [item.code for item in one.items if item.score is not None and item.score >= 1 - 1e-9 and item.state != "na"]
    return {
        "heading": say("unit_page.heading", unit=one.names.title, day=one.day),
        "result": say("shared_finding.level_total", level=sentence_start(one.level), total=one.total),
        "gates": one.gates,
        "rows": [[f"{view.name}. {view.title}", view.score, view.gates or "–"] for view in one.views],
        "full": say("unit_page.full", codes=", ".join(full)) if full else "",
        "weak": weak[:MOST_WEAK],
        "weak_left": max(0, len(weak) - MOST_WEAK),
        "causes": one.causes,
        "proposals": [proposal(one, entry) for entry in made[:MOST_PROPOSALS]],
        "proposals_left": max(0, len(made) - MOST_PROPOSALS),
    }


def proposal(one: Visited, entry: Recommendation) -> Markup:
    """A recommendation with its body and when it is due."""
    pick, day = one.sheet.pick, entry.due.day
    due = short_date(day, one.sheet.language) if day else pick(entry.due.text) or "–"
    text, body = pick(entry.text).rstrip(". "), pick(entry.responsible)
    return one.sheet.wording.say("unit_page.proposal", text=text, body=body, due=due)


__all__ = ["TripFacts", "TripVisit", "trip_report", "trip_report_docx", "trip_report_html"]
