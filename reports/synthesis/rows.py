"""The longer tables of the synthesis as rows of words: change, difficulties, training needs, units, what follows."""

from __future__ import annotations

from collections.abc import Callable

from forms.units import KIND_NAMES, Unit, english_name, sort_key
from reports.synthesis.counts import DIFFICULTY_GROUPS
from reports.synthesis.facts import GROUPS, UnitResult, group_of
from reports.synthesis.parts import Row, Words


def change_rows(words: Words) -> list[Row]:
    """This period, the one before and their difference: units, means, the units at each level."""
    change, say = words.counts.change, words.say
    then, now = change.before, change.now
    count, mean = words.whole, words.number
    both = say("outcome.change_both", count=words.many(change.both))
    more = signed(words, now.visited - then.visited, 0)
    rows = [
        [say("outcome.change_visited"), count(then.visited), count(now.visited), more],
        [say("outcome.change_mean"), mean(then.mean), mean(now.mean), difference(words, then.mean, now.mean)],
        [both, mean(change.mean_then), mean(change.mean_now), difference(words, change.mean_then, change.mean_now)],
    ]
    for rank, level in words.level_words("commune").items():
        old, new = then.levels.get(rank, 0), now.levels.get(rank, 0)
        title = say("outcome.change_level", rank=rank, level=level)
        rows.append([title, count(old), count(new), signed(words, new - old, 0)])
    return rows


def difference(words: Words, then: float | None, now: float | None) -> str:
    return "–" if then is None or now is None else signed(words, now - then, 1)


def signed(words: Words, value: float, places: int) -> str:
    """A difference with its sign: "+2,5", "-3", "0"."""
    text = words.number(value, places)
    return f"+{text}" if value > 0 and text.strip("0.,") else text


def difficulty_rows(words: Words) -> list[Row]:
    """Each group of CĐ 111/CĐ-TTg: units that named it, and their share of those asked."""
    named, asked = words.counts.difficulties(), words.counts.asked
    return [
        [words.say(f"difficulty.group_{group}"), words.whole(named[group]), words.share(named[group], asked)]
        for group in DIFFICULTY_GROUPS
    ]


def trouble_columns(words: Words) -> list[str]:
    short = [words.say(f"difficulty.short_{group}") for group in DIFFICULTY_GROUPS]
    return [words.say("coverage.province"), words.say("coverage.visited"), *short]


def trouble_rows(words: Words) -> list[Row]:
    """Each province: visited units of every kind, and how many of them named each group."""
    rows = []
    for code in words.province_order():
        visited = sum(one.province == code for one in words.facts.results)
        named = words.counts.difficulties(code)
        cells = [words.whole(number) if visited else "–" for number in named.values()]
        rows.append([words.province_name(code), words.whole(visited), *cells])
    return rows


def need_rows(words: Words) -> list[Row]:
    """Each field: units that want training in it, and their share of those that want any."""
    return [
        [words.field(need.field), words.whole(need.units), words.share(need.units, words.asking)]
        for need in words.counts.needs
    ]


def matrix_columns(words: Words) -> list[str]:
    """Province, people, then a number for each field, the most wanted first; `matrix_key` says what they are."""
    numbers = [f"({place})" for place in range(1, len(words.counts.needs) + 1)]
    return [words.say("coverage.province"), words.say("need.people"), *numbers]


def matrix_key(words: Words) -> str:
    """The fields behind the numbers of the columns."""
    fields = (f"({place}) {words.field(need.field)}" for place, need in enumerate(words.counts.needs, 1))
    return words.say("need.key", fields="; ".join(fields))


def matrix_rows(words: Words) -> list[Row]:
    """Units that want training by province and field; provinces where nobody asked stay, with dashes when unvisited."""
    rows, visited = [], {one.province for one in words.facts.results}
    for code in words.province_order():
        cells = [words.counts.people(code), *(need.provinces.get(code, 0) for need in words.counts.needs)]
        rows.append([words.province_name(code), *(words.whole(cell) if code in visited else "–" for cell in cells)])
    sums = [words.counts.people(), *(need.units for need in words.counts.needs)]
    return [*rows, [words.say("coverage.all"), *(words.whole(number) for number in sums)]]


def unit_rows(words: Words) -> list[tuple[str, Row]]:
    """Every unit of the province, visited or not: communes by name, then its department and its centre."""
    results = {one.unit: one for one in words.facts.results}
    return [(unit_title(words, unit), unit_row(words, results.get(unit.code))) for unit in ordered_units(words)]


def ordered_units(words: Words) -> list[Unit]:
    return sorted(words.facts.units, key=lambda unit: (GROUPS.index(group_of(unit.kind)), sort_key(unit.name)))


def unit_title(words: Words, unit: Unit) -> str:
    if words.language == "vi":
        return unit.title
    if group_of(unit.kind) != "commune":
        return KIND_NAMES[unit.kind]["en"]
    return english_name(unit, words.facts.period.end).partition(",")[0]


def unit_row(words: Words, result: UnitResult | None) -> Row:
    """Day, level, total, completeness, confidence and failed conditions of a unit; dashes when not visited."""
    if result is None:
        return ["–"] * 6
    return [
        words.day(result.visited_on), str(result.rank or "–"), words.number(result.total),
        words.number(100 * result.completeness, 0), words.number(result.confidence, 2),
        ", ".join(result.gates_failed) or "–",
    ]  # fmt: skip


def follow_up(words: Words) -> list[str]:
    """Part VII: who acts, what is still to be visited, where to go again."""
    communes, say = words.counts.by_group["commune"], words.say
    lowest = words.level_words("commune").get(1)
    lines = [say("advice.responsible")] if words.counts.bodies else []
    if left := communes.units - communes.visited:
        lines.append(say("advice.unvisited", count=words.many(left)))
    if lowest and communes.levels.get(1):
        lines.append(say("advice.revisit", count=words.many(communes.levels[1]), level=lowest))
    return [*lines, say("follow_up.focal")]


TABLES: dict[str, Callable[[Words], object]] = {
    "change_rows": change_rows,
    "difficulty_rows": difficulty_rows,
    "trouble_columns": trouble_columns,
    "trouble_rows": trouble_rows,
    "need_rows": need_rows,
    "matrix_columns": matrix_columns,
    "matrix_key": matrix_key,
    "matrix_rows": matrix_rows,
    "unit_rows": unit_rows,
    "follow_up": follow_up,
}
"""What the templates may ask for, by name."""
