"""What lifts a unit: as few items as brute force finds, no smaller step possible, in the promised order."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from forms.checklist import Checklist, Level, Section
from forms.engine import compile_checklist
from forms.lift import lift_to_next_level
from tests.small_checklists import small_checklist

SCORES = {"0": 0.0, "1": 1 / 3, "2": 2 / 3, "3": 1.0}
CONDITIONS = [
    "total() >= 80 and gates-failed() = 0 and lowest-section() >= 60 and item-level(${a1}) = 3",
    "total() >= 65 and gates-failed() = 0",
    "total() >= 50 and gates-failed() <= 1",
    "lowest-section() >= 50",
    "item-level(${a1}) >= 2 and item-level(${b2}) >= 2",
    "total() > 100",
]


def checklist_of(weights: list[tuple[int, bool]], condition: str) -> Checklist:
    """Sections a (30) and b (70) share the items; an item is its weight and whether it is a gate."""
    rows = []
    for number, (weight, is_gate) in enumerate(weights):
        section = "ab"[number % 2]
        name = f"{section}{number // 2 + 1}"
        facts = {"weight": weight, "gate": 2 / 3 if is_gate else None, "section": section, "choices": "rate"}
        rows.append({"type": "select_one", "name": name, **facts})
    levels = [
        Level(name="better", label={"vi": "+"}, rank=2, when=condition),
        Level(name="now", label={"vi": "-"}, rank=1, when="true()"),
    ]
    sections = [Section(name="a", label={"vi": "a"}, weight=30), Section(name="b", label={"vi": "b"}, weight=70)]
    return small_checklist(*rows, sections=sections, levels=levels)


def fewest(engine, answers: dict[str, str]) -> int | None:
    """How many answers must be better for the first level, by trying everything."""
    found = None
    for better in product(*([name, "3"] if name != "3" else ["3"] for name in answers.values())):
        number = sum(new != old for new, old in zip(better, answers.values(), strict=True))
        if (found is None or number < found) and reaches(engine, dict(zip(answers, better, strict=True))):
            found = number
    return found


def reaches(engine, answers: dict[str, str]) -> bool:
    return engine.open(answers, "2025-08-19").assessment().level.name == "better"


@given(
    st.lists(st.tuples(st.sampled_from([1, 2, 3]), st.booleans()), min_size=4, max_size=7),
    st.sampled_from(CONDITIONS),
    st.data(),
)
@settings(max_examples=60, deadline=None)
def test_no_fewer_items_and_no_smaller_steps_would_do(weights, condition, data):
    engine = compile_checklist(checklist_of(weights, condition))
    answers = {item.node.name: data.draw(st.sampled_from("0123")) for item in engine.scored}
    level, lift = lift_to_next_level(engine.open(answers, "2025-08-19"))
    if reaches(engine, answers) or level is None:
        assert (level, lift) == (None, [])
        assert reaches(engine, answers) or fewest(engine, answers) is None
        return
    names = {score: name for name, score in SCORES.items()}
    lifted = answers | {step["code"]: names[step["to"]] for step in lift}
    assert len(lift) == fewest(engine, answers)
    assert reaches(engine, lifted)
    smaller = [lifted | {step["code"]: str(int(lifted[step["code"]]) - 1)} for step in lift]
    assert [one for one in smaller if reaches(engine, one)] == []
    assert [step["gain"] for step in lift] == sorted((step["gain"] for step in lift), reverse=True)


def test_the_larger_gain_is_preferred_then_the_order_of_the_sheet():
    engine = compile_checklist(checklist_of([(1, False), (1, False), (2, False), (1, False)], "total() >= 50"))
    _, lift = lift_to_next_level(engine.open({"a1": "0", "b1": "0", "a2": "0", "b2": "3"}, "2025-08-19"))
    assert [(step["code"], step["from"], round(step["to"], 3), round(step["gain"], 3)) for step in lift] == [
        ("b1", 0.0, 0.667, 23.333)
    ]
