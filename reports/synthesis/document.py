"""The synthesis of a province or the nation for a period: facts in, a page and a PDF out, in the form of a report."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

from reports.archive import Data
from reports.bases import bases_on
from reports.copies import RULES
from reports.coverage import TOP
from reports.dates import long_date, open_date, short_date
from reports.drawings import Bar, Legend, alternative, row_name, score_chart
from reports.locator import Geometry
from reports.numbers import roman
from reports.pdf import data_url, render
from reports.qr import qr_code
from reports.report import environment, margin_rules, page_styles
from reports.synthesis.data import synthesis_data
from reports.synthesis.drawings import level_chart
from reports.synthesis.facts import Group, SynthesisFacts
from reports.synthesis.map import Entry, nation_map, province_map
from reports.synthesis.parts import MOST_BODIES, Words
from reports.synthesis.rows import TABLES
from reports.word.pages import Margins
from reports.wording import Wording

HERE = Path(__file__).parents[1]
PROVINCES_TABLE = 2
"""The number of the table of provinces, which the map of the nation refers to."""


def synthesis(facts: SynthesisFacts, language: str = "vi", country: Geometry | None = None) -> bytes:
    """The synthesis as a PDF with its figures inside, in "vi" or "en"; the same facts give the same bytes.

    `facts` are those of the copy that is wanted; without `country` the map is left out. Raises
    PrintingUnavailableError when pango is missing.
    """
    words = Words(facts, Wording(language))
    data = synthesis_data(facts, words.wording)
    margins = page_margins(words, data)
    marks = margin_rules(list(margins.foot), words.wording, facts.fictitious, is_draft=False)
    return render(page(words, country, data), synthesis_styles(), marks, data)


def synthesis_html(facts: SynthesisFacts, language: str = "vi", country: Geometry | None = None) -> str:
    """The synthesis as HTML, before it is laid out on pages."""
    words = Words(facts, Wording(language))
    return page(words, country, synthesis_data(facts, words.wording))


def synthesis_docx(facts: SynthesisFacts, language: str = "vi", country: Geometry | None = None) -> bytes:
    """The same page as a .docx file."""
    from reports.word.document import word_document  # late: python-docx takes a quarter of a second to import

    words = Words(facts, Wording(language))
    data = synthesis_data(facts, words.wording)
    html = page(words, country, data)
    return word_document(html, synthesis_styles(), data.made_on, page_margins(words, data))


def page(words: Words, country: Geometry | None, data: Data) -> str:
    template = environment().get_template("synthesis.html")
    bears_fingerprint = RULES[words.facts.copy_for].fingerprint
    return template.render(content(words, country), fingerprint=data.fingerprint if bears_fingerprint else "")


@lru_cache(maxsize=1)
def synthesis_styles() -> str:
    return page_styles() + (HERE / "templates" / "synthesis.css").read_text(encoding="utf-8")


def page_margins(words: Words, data: Data) -> Margins:
    """What stands in the margins of every page; the hash of the figures only in the internal copy."""
    say, facts = words.say, words.facts
    foot = [say(f"copy.{facts.copy_for}")]
    if RULES[facts.copy_for].fingerprint:
        formulas = ", ".join(facts.formulas) or "–"
        foot.append(say("synthesis.versions", checklists=forms(words), formulas=formulas, hash=data.fingerprint))
    return Margins(foot=tuple(foot), mark=say("mark.fictitious") if facts.fictitious else "")


def forms(words: Words) -> str:
    """The checklists with the versions that were used."""
    versions: dict[str, list[str]] = {}
    for form in words.facts.checklists:
        versions.setdefault(form.id, []).append(form.version)
    named = (words.say("synthesis.checklist", id=id_, versions=", ".join(known)) for id_, known in versions.items())
    return ", ".join(named) or words.say("synthesis.no_checklist")


class Numbering:
    """The numbers of tables and figures in the order in which the page asks for them."""

    def __init__(self, say: Callable[..., Markup]) -> None:
        self.say, self.counts = say, {"table": 0, "figure": 0}

    def of(self, kind: str, text: str) -> Markup:
        self.counts[kind] += 1
        return self.say(f"general.{kind}", number=self.counts[kind], text=text)


def content(words: Words, country: Geometry | None) -> dict[str, Any]:
    """Everything the templates print."""
    facts, counts = words.facts, words.counts
    groups = counts.groups
    return {
        "say": words.wording.say,
        "language": words.language,
        "words": words,
        "facts": facts,
        "counts": counts,
        "groups": groups,
        "numbered": Numbering(words.wording.say).of,
        "issued": open_date(facts.issued_on, words.language),
        "number": "\u2003\u2002",
        "annexes": annexes(words),
        "bases": [words.pick(basis.text) for basis in bases_on(facts.period.end)],
        "period": period(words, long=True),
        "map": area_map(words, country),
        "level_chart": levels_drawn(words) if groups else None,
        "section_charts": {group: sections_drawn(words, group) for group in groups},
        "bodies": words.body_rows(),
        "bodies_left": max(0, len(counts.bodies) - MOST_BODIES),
        "level_rows": level_rows(words),
        "qr": qr_code(facts.address) if facts.address else "",
        "table": lambda name: TABLES[name](words),
        **spans(words),
    }


def spans(words: Words) -> dict[str, str]:
    facts, language = words.facts, words.language
    return {
        "start": short_date(facts.period.start, language),
        "end": short_date(facts.period.end, language),
        "earlier": period(words, earlier=True),
    }


def period(words: Words, *, long: bool = False, earlier: bool = False) -> str:
    """A period in a sentence: "từ ngày 01 tháng 7 năm 2026 đến …", in figures unless `long`."""
    chosen, write = words.facts.earlier if earlier else words.facts.period, long_date if long else short_date
    start, end = (write(day, words.language) for day in (chosen.start, chosen.end))
    return words.say("synthesis.period", start=start, end=end)


def annexes(words: Words) -> dict[str, str]:
    """Key of each annex with its number: results by unit for a province, difficulties by province for the nation."""
    keys = ["units"] if words.facts.area else ["provinces"]
    shown = keys if words.facts.results or words.facts.area else []
    return {key: roman(place) for place, key in enumerate(shown, 1)}


def level_rows(words: Words) -> list[tuple[str, list[list[str]]]]:
    """Each group with its levels in words, how many units, and their share of those visited."""
    found = []
    for group in words.counts.groups:
        known = words.counts.by_group[group]
        named = [*words.level_words(group).items(), (0, words.say("coverage.no_data"))]
        rows = [[text, words.whole(number), words.share(number, known.visited)] for rank, text in named
                if (number := known.levels.get(rank, 0)) or rank]  # fmt: skip
        found.append((words.say(f"kind.{group}"), rows))
    return found


def levels_drawn(words: Words) -> dict[str, str]:
    """The chart of levels, this period and the one before, with its words for those who do not see it."""
    counts, say = words.counts, words.say
    rows = [(say(f"kind.{group}"), counts.by_group[group].levels) for group in counts.groups]
    if counts.change.before.visited and counts.groups[0] == "commune":
        rows.insert(1, (say("outcome.levels_before"), counts.change.before.levels))
    first = counts.groups[0]
    legend = [Entry(rank, text, "") for rank, text in words.level_words(first).items()]
    drawing = level_chart(rows, [*legend, Entry(0, say("coverage.no_data"), "")])
    return {"source": svg_url(drawing), "alt": " ".join(words.level_sentence(group) for group in counts.groups)}


def sections_drawn(words: Words, group: Group) -> dict[str, Any]:
    """The means of the sections of a group and of its total as bars."""
    known, total = words.counts.sections(group), words.counts.by_group[group].mean
    bars = [
        Bar(words.section_title(group, one.section), one.mean, one.mean, words.number(one.mean), []) for one in known
    ]
    if total is not None:
        bars.append(Bar(words.say("verdict.total"), total, total, words.number(total), [], is_total=True))
    legend = Legend(**{key: words.say(f"chart.{key}") for key in Legend.__dataclass_fields__})
    figures = alternative(bars)
    return {
        "source": svg_url(score_chart(bars, legend)),
        "rows": [row_name(bar) for bar in bars],
        "alt": words.say("chart.alt", figures=figures),
        "has_total": total is not None,
    }


def area_map(words: Words, country: Geometry | None) -> dict[str, str] | None:
    """The map with its caption and alternative text."""
    if country is None:
        return None
    province = words.facts.area.province_code if words.facts.area else None
    drawing, legend = province_drawn(words, country, province) if province else nation_drawn(words, country)
    if not drawing:
        return None
    key = "coverage.map_province" if province else "coverage.map_nation"
    caption = words.say(key, area=words.area, source=source_words(words, country), table=PROVINCES_TABLE)
    figures = "; ".join(f"{entry.words}: {entry.count}" for entry in legend)
    return {"source": svg_url(drawing), "caption": caption, "alt": words.say("coverage.map_alt", figures=figures)}


def province_drawn(words: Words, country: Geometry, province: str) -> tuple[str, list[Entry]]:
    known = words.counts.by_province[province]
    named = {**words.level_words("commune"), 0: words.say("coverage.no_data")}
    legend = [Entry(rank, text, words.whole(known.levels.get(rank, 0))) for rank, text in named.items()]
    legend.append(Entry("unvisited", words.say("coverage.unvisited"), words.whole(known.units - known.visited)))
    steps = {one.unit: one.rank or 0 for one in words.counts.of_group("commune")}
    return province_map(country, province, steps, legend), legend


def nation_drawn(words: Words, country: Geometry) -> tuple[str, list[Entry]]:
    known = {code: step for code in country.provinces if (step := step_of(words, code)) is not None}
    steps = list(known.values())
    named = {step: words.say(f"coverage.step_{step}") for step in range(TOP["sc"], 0, -1)}
    named[0] = words.say("coverage.no_score")
    legend = [Entry(step, text, words.whole(steps.count(step))) for step, text in named.items()]
    unvisited = words.whole(len(country.provinces) - len(known))
    legend.append(Entry("unvisited", words.say("coverage.unvisited"), unvisited))
    numbers = {code: place for place, code in enumerate(words.province_order(), 1)}
    names = {key: words.say(f"general.map_{key}") for key in ("hoang_sa", "truong_sa")}
    return nation_map(country, known, numbers, legend, names), legend


def step_of(words: Words, code: str) -> int | None:
    return words.counts.step_of_province(code) if code in words.counts.by_province else None


def source_words(words: Words, country: Geometry) -> str:
    """Where the boundaries come from."""
    if country.source is None:
        return words.say("coverage.map_schematic")
    day = short_date(country.source.day, words.language)
    return words.say("coverage.map_true", file=country.source.file, day=day)


def svg_url(drawing: str) -> str:
    return data_url("image/svg+xml", drawing.encode())
