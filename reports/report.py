"""The visit report: facts in, a PDF out (layout of NĐ 30/2020/NĐ-CP, outline of reports on delegations' visits)."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import time
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from reports.annexes import COMMENTS, DOSSIERS, OPINIONS, Annex, annexes, expiring
from reports.archive import Data
from reports.bases import bases_on
from reports.blocks import Table, lines, tables
from reports.charts import has_open_bounds, level_rows, rate_rows, score_rows
from reports.coaching import Coaching, coaching
from reports.comparison import change_since
from reports.conclusion import Conclusion, conclude, sentence_start
from reports.copies import RULES, copy_of
from reports.dates import clock_time, long_date, open_date, short_date
from reports.facts import Copy, Recommendation, ReportFacts
from reports.findings import SectionView, section_views
from reports.items import CONSENT, Item, Sheet, code_of, topic, unstopped
from reports.locator import Geometry, locator_map
from reports.naming import Names, names_of
from reports.numbers import count, decimal, plain
from reports.pdf import data_url, render
from reports.qr import qr_code
from reports.unscored import LEVEL_HEADINGS, PLAIN_HEADINGS, conclude_unscored, unscored_views
from reports.visit_data import visit_data
from reports.wording import Wording

HERE = Path(__file__).parent
LOW_CONFIDENCE = 0.6


def visit_report(
    facts: ReportFacts,
    language: str = "vi",
    country: Geometry | None = None,
    copy: Copy = "internal",
    numbers_allowed: bool = False,
) -> bytes:
    """A copy of the report on a visit as a PDF with its data inside, in "vi" or "en".

    `country` is the geometry for the locator map; without it the map is left out. What each copy leaves out stands in
    `copies`; `numbers_allowed` shows the commune its scores. The same facts give the same bytes.
    Raises PrintingUnavailableError when pango is missing.
    """
    sheet = Sheet(copy_of(facts, copy, numbers_allowed), Wording(language))
    data = visit_data(sheet)
    return render(page(sheet, country, data), page_styles(), page_margins(sheet, data), data)


def report_html(
    facts: ReportFacts,
    language: str = "vi",
    country: Geometry | None = None,
    copy: Copy = "internal",
    numbers_allowed: bool = False,
) -> str:
    """The report as HTML, before it is laid out on pages."""
    sheet = Sheet(copy_of(facts, copy, numbers_allowed), Wording(language))
    return page(sheet, country, visit_data(sheet))


def page(sheet: Sheet, country: Geometry | None, data: Data) -> str:
    template = environment().get_template("report.html")
    bears_fingerprint = RULES[sheet.facts.copy_for].fingerprint
    return template.render(content(sheet, country), fingerprint=data.fingerprint if bears_fingerprint else "")


@lru_cache(maxsize=1)
def environment() -> Environment:
    loader = FileSystemLoader(HERE / "templates")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def content(sheet: Sheet, country: Geometry | None) -> dict[str, Any]:
    """Everything the templates print, by part of the report."""
    facts, language = sheet.facts, sheet.language
    names = names_of(facts.unit, facts.visit.visited_on, language)
    views = section_views(sheet, frozenset(DOSSIERS))
    views = views if facts.shows_numbers else unscored_views(sheet, views)
    coached = coaching(sheet)
    attached = annexes(sheet, coached.people)
    return {
        "say": sheet.wording.say,
        "language": language,
        "facts": facts,
        "assessment": facts.evaluation.assessment,
        "names": names,
        "views": views,
        "headings": LEVEL_HEADINGS if facts.shows_numbers else PLAIN_HEADINGS,
        "coaching": coached,
        "level_rows": level_rows(sheet),
        "rate_rows": rate_rows(sheet),
        "next_table": numbered(sheet, "general.table"),
        "next_figure": numbered(sheet, "general.figure"),
        "annexes": attached,
        "expiring": expiring(sheet),
        "dossier_part": next(iter(DOSSIERS))[0],
        "annex_names": {annex.key: sheet.wording.plain("annex.name", number=annex.number) for annex in attached},
        "number": facts.visit.number or "\u2003\u2002",
        "qr": qr_code(facts.address) if facts.address else "",
        "leader": next((member.name for member in facts.members if member.is_leader), ""),
        "level": lambda item: level_text(sheet, item),
        "confidential_shown": any(node.confidential for node in sheet.nodes.values()),
        **dates(facts, language),
        **general(sheet, names, country),
        **judged(sheet, views, names),
        **opinions(sheet),
        **proposals(sheet),
    }


def numbered(sheet: Sheet, key: str) -> Callable[[str], Markup]:
    """A caption with the next number each time it is asked for: "Bảng 2. Kiến nghị, đề xuất"."""
    numbers = itertools.count(1)
    return lambda text: sheet.wording.say(key, number=next(numbers), text=text)


def level_text(sheet: Sheet, item: Item) -> str:
    """The level 0 to 3 with at most one place, times its weight; dashes for what does not apply or has no level yet."""
    if not item.weight:
        return "–"
    level = "–" if item.level is None or item.state == "na" else plain(round(item.level, 1), sheet.language)
    return f"{level} × {plain(item.weight, sheet.language)}"


def dates(facts: ReportFacts, language: str) -> dict[str, str]:
    visit = facts.visit
    return {
        "issued": open_date(visit.issued_on, language),
        "visited": long_date(visit.visited_on, language),
        "decided": long_date(visit.decision_date, language),
    }


def general(sheet: Sheet, names: Names, country: Geometry | None) -> dict[str, Any]:
    """Part I."""
    facts, language = sheet.facts, sheet.language
    scored = [node for node in sheet.nodes.values() if node.is_scored and (node.core or facts.visit.scope == "full")]
    return {
        "bases": [sheet.pick(basis.text) for basis in bases_on(facts.visit.visited_on)],
        "hours": hours(facts.visit.starts_at, facts.visit.ends_at, language),
        "members": facts.members,
        "respondents": respondents(sheet),
        "consent": consent(sheet),
        "checklist_title": sheet.pick(facts.checklist.title),
        "item_count": count(len(scored), language),
        "gate_count": count(sum(node.gate is not None for node in scored), language),
        "member_count": count(len(facts.members), language),
        "confidence": confidence(sheet),
        "map": locator(sheet, names, country),
    }


def hours(start: time | None, end: time | None, language: str) -> tuple[str, str] | None:
    return (clock_time(start, language), clock_time(end, language)) if start and end else None


def respondents(sheet: Sheet) -> str:
    """Who spoke for the unit: name, position and division, the name only with consent; never a telephone number."""
    wanted = ("A05_name", "A05_position", "A05_division")
    nodes = [sheet.nodes[name] for name in wanted if name in sheet.nodes]
    return ", ".join(answer for node in nodes if sheet.is_shown(node) and (answer := unstopped(sheet.answer(node))))


def consent(sheet: Sheet) -> str:
    """Whether names may stand in this copy: "yes", "withheld" by whoever answered, "unasked", or "left_out" by rule."""
    if not RULES[sheet.facts.copy_for].people:
        return "left_out"
    if sheet.names_allowed:
        return "yes"
    return "unasked" if sheet.value(sheet.nodes[CONSENT].path) is None else "withheld"


def confidence(sheet: Sheet) -> str:
    value = sheet.facts.evaluation.assessment.confidence
    if value is None or not sheet.facts.shows_numbers:
        return ""
    low = sheet.wording.plain("general.confidence_low") if value < LOW_CONFIDENCE else ""
    return sheet.wording.plain("general.confidence", value=decimal(value, sheet.language, 2), low=low)


def locator(sheet: Sheet, names: Names, country: Geometry | None) -> dict[str, str] | None:
    """The locator map as an image address with its alternative text."""
    if country is None:
        return None
    say = sheet.wording.plain
    words = {key: say(f"general.map_{key}") for key in ("country", "hoang_sa", "truong_sa")}
    drawing = locator_map(country, sheet.facts.unit, names.title, sentence_start(names.province), words)
    key, about = "map", {"unit": names.inside, "province": names.province}
    if source := country.source_of(sheet.facts.unit.code):
        key, about = "map_true", about | {"file": source.file, "day": short_date(source.day, sheet.language)}
    alt, caption = say(f"general.{key}_alt", **about), say(f"general.{key}", **about)
    return {"source": data_url("image/svg+xml", drawing.encode()), "alt": alt, "caption": caption}


def judged(sheet: Sheet, views: list[SectionView], names: Names) -> dict[str, Any]:
    """Part IV."""
    if not sheet.facts.shows_numbers:
        return {"conclusion": conclude_unscored(sheet, views)}
    return {"conclusion": conclude(sheet, views, names), **scored(sheet, views)}


def scored(sheet: Sheet, views: list[SectionView]) -> dict[str, Any]:
    """The table of section scores, what has changed since the last visit, and what else is said of the level."""
    assessment = sheet.facts.evaluation.assessment
    return {
        "score_rows": score_rows(sheet, views),
        "has_open_bounds": has_open_bounds(sheet, views),
        "change": change_since(sheet, views),
        "lift_count": count(len(assessment.lift), sheet.language),
        "is_best": bool(assessment.level) and assessment.level == sheet.facts.checklist.levels[0].name,
    }


def opinions(sheet: Sheet) -> dict[str, Any]:
    """Part V: what the unit said, without the comments that have their own annex."""
    part = next((node for node in sheet.facts.checklist.nodes if node.name == OPINIONS), None)
    said: list[Item] = lines(sheet, part) if part else []
    listed: list[Table] = tables(sheet, part, {COMMENTS}) if part else []
    return {"opinion_lines": said, "opinion_tables": listed}


def proposals(sheet: Sheet) -> dict[str, Any]:
    """Part VI and the table of part VII."""
    recommendations = sheet.facts.evaluation.recommendations
    return {
        "recommendations": [recommendation(sheet, entry) for entry in recommendations],
        "recommendation_count": count(len(recommendations), sheet.language),
        "by_body": by_body(sheet, recommendations),
    }


def recommendation(sheet: Sheet, entry: Recommendation) -> dict[str, Any]:
    day = short_date(entry.due.day, sheet.language) if entry.due.day else ""
    return {
        "text": sheet.pick(entry.text),
        "codes": ", ".join(dict.fromkeys(code_of(finding.question) for finding in entry.findings)),
        "basis": entry.legal_basis,
        "responsible": sheet.pick(entry.responsible),
        "cooperating": sheet.pick(entry.cooperating),
        "due": day or sheet.pick(entry.due.text),
        "product": sheet.pick(entry.product),
        "confidential": entry.confidential,
    }


def by_body(sheet: Sheet, recommendations: list[Recommendation]) -> list[tuple[str, str, str]]:
    """Each responsible body with how many recommendations it has and the first day on which one is due, by name."""
    bodies: dict[str, list[Recommendation]] = {}
    for entry in recommendations:
        bodies.setdefault(topic(sheet.pick(entry.responsible)), []).append(entry)
    rows = []
    for name in sorted(body for body in bodies if body):
        days = [entry.due.day for entry in bodies[name] if entry.due.day]
        first = short_date(min(days), sheet.language) if days else "–"
        rows.append((name, count(len(bodies[name]), sheet.language), first))
    return rows


@lru_cache(maxsize=1)
def page_styles() -> str:
    return (HERE / "templates" / "report.css").read_text(encoding="utf-8")


def page_margins(sheet: Sheet, data: Data) -> str:
    """What stands in the margins of every page of this report."""
    facts = sheet.facts
    return margin_rules(foot(sheet, data), sheet.wording, facts.fictitious, not facts.visit.submitted)


def foot(sheet: Sheet, data: Data) -> list[str]:
    """The lines at the foot of every page: which copy it is, its code, and what it rests on."""
    facts, say = sheet.facts, sheet.wording.plain
    what = {"checklist": facts.checklist.id, "version": facts.checklist.version, "formula": facts.formula_version}
    bears_fingerprint = RULES[facts.copy_for].fingerprint
    versions = say("mark.versions", hash=data.fingerprint, **what) if bears_fingerprint else say("mark.bases", **what)
    code = f" · {say('mark.code', code=facts.code)}" if facts.code else ""
    return [say(f"copy.{facts.copy_for}") + code, versions]


def margin_rules(foot: list[str], wording: Wording, is_fictitious: bool, is_draft: bool) -> str:
    """Lines for the foot of every page, and the marks of illustrative data and of drafts."""
    say = wording.plain
    printed_foot = ' "\\A" '.join(f'"{css_text(line)}"' for line in foot)
    rules = [f"@page {{ @bottom-center {{ content: {printed_foot} }} }}"] if foot else []
    if is_fictitious:
        rules.append(f'@page {{ @top-right {{ content: "{say("mark.fictitious")}" }} }}')
    if is_draft:
        rules.append(f'@page {{ background-image: url("{watermark(say("mark.draft"))}") }}')
    return "\n".join(rules)


def css_text(text: str) -> str:
    """The text as it stands between the quotes of a style rule, on one line."""
    return " ".join(text.replace("\\", "\\\\").replace('"', '\\"').split())


def watermark(words: str) -> str:
    """The word across the page, light enough to read through."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 595 842" width="595pt" height="842pt">'
        '<text x="297" y="450" transform="rotate(-52 297 421)" font-family="Tinos" font-size="118" letter-spacing="14" '
        f'text-anchor="middle" fill="#e6e6e6">{words}</text></svg>'
    )
    return data_url("image/svg+xml", svg.encode())


__all__ = ["Annex", "Coaching", "Conclusion", "report_html", "visit_report"]
