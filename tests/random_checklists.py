"""Random checklists with logic of every kind, and random sequences of answers to them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from forms.checklist import Checklist, Choice, Level, Node, Rule, Section

RATES = [("0", 0.0), ("1", 1 / 3), ("2", 2 / 3), ("3", 1.0), ("na", "na"), ("unknown", "unknown")]
CHOICES = {
    "rate": [Choice(name=name, label={"vi": f"Mức {name}", "en": f"Level {name}"}, score=score) for name, score in RATES],
    "colour": [
        Choice(name=name, label={"vi": name, "en": name}, fields={"of": of}) for name, of in [("red", "1"), ("blue", "2"), ("green", "1")]
    ],
}  # fmt: skip
TYPES = ["rate", "rate", "rate", "integer", "decimal", "text", "colours", "filtered", "calculate", "file", "rare"]
RARE: list[dict[str, Any]] = [
    {"type": "time"}, {"type": "dateTime"}, {"type": "date"}, {"type": "date", "precision": "year"},
    {"type": "date", "precision": "month"}, {"type": "range", "slider": (0, 10, 0.5)}, {"type": "acknowledge"},
    {"type": "rank", "choices": "colour"}, {"type": "video"},
]  # fmt: skip
"""Types that few checklists have."""
CONDITIONS = [
    "${%s} = '2'", "${%s} > 1", "${%s} != ''", "not(selected(${%s}, 'red'))", "item-level(${%s}) >= 2", "string-length(${%s}) < 3",
]  # fmt: skip
CALCULATIONS = [
    "${%s} * 2 + ${%s}", "concat(${%s}, '-', ${%s})", "if(${%s} = ${%s}, 'same', 7)", "${%s} div ${%s}", "once(${%s})",
    "once(concat(uuid(4), ${%s}))", "round(random() * 100) + ${%s}", "digest(${%s}, 'SHA-256', 'hex')", "${%s} mod 3",
    "instance('colour')/root/item[name = ${%s}]/of", "count(instance('colour')/root/item[of > ${%s}])",
    "join(' ', randomize(instance('colour')/root/item[name != ${%s}]/name, ${%s}))", "distance(${%s}, '21.03 105.85')",
    "format-date(today() + ${%s}, '%%d %%b %%Y')", "substr(concat(${%s}, 'ă😀'), -3)", "translate(${%s}, '0123', 'xyz')",
    "substring(${%s}, 2, ${%s})", "selected-at(${%s}, 1)", "max(${%s}, ${%s}, 1)", "checklist(1, 2, ${%s}, ${%s})",
]  # fmt: skip
SCORES = ["if(. >= 3, 1, if(. >= 2, 2 div 3, if(. >= 1, 1 div 3, 0)))", "if(. > 5, 'na', . div 5)", ". div ${%s}"]
LEVELS = [
    ("best", 4, "total() >= 80 and gates-failed() = 0 and lowest-section() >= 60"),
    ("good", 3, "total() >= 65 and gates-failed() = 0"),
    ("fair", 2, "total() >= 50 and gates-failed() <= 1"),
    ("poor", 1, "true()"),
]


def both(text: str) -> dict[str, str]:
    return {"vi": text, "en": f"{text} (en)"}


@st.composite
def questions(draw: st.DrawFn, path: str, names: list[str], section: str | None, counter: list[int]) -> Node:
    """One question whose logic reads the `names` before it."""
    counter[0] += 1
    name = f"q{counter[0]}"
    kind = draw(st.sampled_from(TYPES))
    facts: dict[str, Any] = {"name": name, "path": f"{path}/{name}", "row": counter[0], "label": both(f"Câu {name}")}
    other = st.sampled_from(names) if names else None
    facts["type"] = {"rate": "select_one", "colours": "select_multiple", "filtered": "select_one"}.get(kind, kind)
    facts["choices"] = {"rate": "rate", "colours": "colour", "filtered": "colour"}.get(kind)
    if kind == "rare":
        facts |= draw(st.sampled_from(RARE))
    if section and kind in ("rate", "integer", "decimal"):
        facts |= {"weight": draw(st.sampled_from([1.0, 2.0, 3.0])), "section": section}
        facts["gate"] = draw(st.sampled_from([None, None, 2 / 3]))
        if kind != "rate":
            facts["score"] = fill(draw, draw(st.sampled_from(SCORES if other is not None else SCORES[:2])), other)
    if other is not None and draw(st.integers(0, 2)) == 0:
        facts["relevant"] = fill(draw, draw(st.sampled_from(CONDITIONS)), other)
    if kind == "calculate":
        facts["calculation"] = fill(draw, draw(st.sampled_from(CALCULATIONS)), other) if other is not None else "1 + 1"
    if kind == "filtered":
        facts["choice_filter"] = fill(draw, "of = ${%s} or name = 'blue'", other) if other is not None else "of = '1'"
    if kind == "integer":
        facts["constraint"] = ". >= 0 and . < 50"
        facts["default"] = draw(
            st.sampled_from([None, None, "4", fill(draw, "${%s} + 1", other) if other is not None else "1"])
        )
    if kind in ("text", "rate"):
        facts["required"] = draw(
            st.sampled_from([None, "true()", fill(draw, CONDITIONS[2], other) if other is not None else None])
        )
    if other is not None and draw(st.integers(0, 5)) == 0:
        facts["label"] = both(f"Câu {name} ${{{draw(other)}}}")
    facts["core"] = draw(st.booleans())
    return Node(**facts)


def fill(draw: st.DrawFn, template: str, other: st.SearchStrategy[str] | None) -> str:
    while "%s" in template and other is not None:
        template = template.replace("%s", draw(other), 1)
    return template.replace("%%", "%")


@st.composite
def checklists(draw: st.DrawFn) -> Checklist:
    """Two scored sections and one without score, the last with a repeat in a repeat."""
    counter, names, nodes = [0], list[str](), []
    for letter in "ABC":
        inside = []
        for _ in range(draw(st.integers(1, 5))):
            inside.append(draw(questions(f"/{letter}", names, letter if letter != "C" else None, counter)))
            names.append(inside[-1].name)
        if letter != "A" and draw(st.booleans()):
            inside.append(draw(repeats(f"/{letter}", letter, names, counter, depth=1 if letter == "C" else 2)))
        relevant = (
            fill(draw, "${%s} != '0'", st.sampled_from(names[:1])) if letter != "A" and draw(st.booleans()) else None
        )
        group = Node(
            type="group", name=letter, path=f"/{letter}", row=0, label=both(letter), relevant=relevant, children=inside
        )
        nodes.append(group)
    rules = [draw(rules_about(node)) for group in nodes for node in group.children if node.type != "repeat"]
    return Checklist(
        id="random", version="1", title=both("Phiếu"), languages=["vi", "en"], nodes=nodes, choices=CHOICES,
        sections=[Section(name=letter, label=both(letter), weight=weight) for letter, weight in (("A", 30), ("B", 70), ("C", 0))],
        levels=[Level(name=name, label=both(name), rank=rank, when=when) for name, rank, when in LEVELS], rules=rules,
    )  # fmt: skip


@st.composite
def repeats(draw: st.DrawFn, path: str, letter: str, names: list[str], counter: list[int], depth: int) -> Node:
    name = f"{letter.lower()}_rep{depth}"
    own, inside = list(names), []
    section = letter if letter != "C" else None
    for _ in range(draw(st.integers(1, 3))):
        inside.append(draw(questions(f"{path}/{name}", own, section, counter)))
        own.append(inside[-1].name)
    counter[0] += 1
    about = draw(st.sampled_from([node.name for node in inside]))
    here = Node(
        type="calculate", name=f"q{counter[0]}", path=f"{path}/{name}/q{counter[0]}", row=0, calculation="position(..)"
    )
    inside += [here, draw(siblings(f"{path}/{name}", name, about, counter))]
    if depth == 1:
        inside.append(draw(repeats(f"{path}/{name}", letter, own, counter, depth=2)))
    relevant = fill(draw, CONDITIONS[2], st.sampled_from(names)) if draw(st.integers(0, 3)) == 0 else None
    names.append(about)
    return Node(type="repeat", name=name, path=f"{path}/{name}", row=0, relevant=relevant, children=inside)


SIBLINGS = [
    "count(../../{repeat}[{about} != ''])", "join(',', randomize(../../{repeat}/{about}, 7))", "sum(../../{repeat}[{about} > 0]/{about})",
    "join('-', ../../{repeat}[position() < position(current()/..)]/{about})", "count(../../{repeat}[random() < 0.5])",
    "../../{repeat}[last()]/{about} = {here}", "once(concat({here}, '/', count(../../{repeat})))",
]  # fmt: skip
"""What an instance of a repeat computes of its siblings."""


@st.composite
def siblings(draw: st.DrawFn, path: str, repeat: str, about: str, counter: list[int]) -> Node:
    """A calculation over all instances of the repeat in which it stands."""
    counter[0] += 1
    name = f"q{counter[0]}"
    source = draw(st.sampled_from(SIBLINGS)).format(repeat=repeat, about=about, here=f"../{about}")
    return Node(type="calculate", name=name, path=f"{path}/{name}", row=0, calculation=source)


@st.composite
def rules_about(draw: st.DrawFn, node: Node) -> Rule:
    text = draw(st.sampled_from(["{don_vi} cần xem lại", f"Xem ${{{node.name}}} của {{don_vi}}"]))
    return Rule(
        code=node.name, questions=[node.name], when=draw(st.sampled_from(CONDITIONS)) % node.name, text=both(text),
        due=draw(st.sampled_from(["T+15", "T+3w", "T+0", ""])), priority=draw(st.sampled_from(["high", "normal", "low"])),
    )  # fmt: skip


VALUES: dict[str, st.SearchStrategy[Any]] = {
    "integer": st.none() | st.integers(-3, 60),
    "decimal": st.none() | st.sampled_from([0, 0.5, 1.25, 2, 3.999, 7, 0.1]),
    "text": st.none() | st.sampled_from(["", "2", "abc", "0.5", "ý kiến dài"]),
    "rate": st.none() | st.sampled_from(["0", "1", "2", "3", "3", "2", "na", "unknown", "nowhere"]),
    "colours": st.none() | st.lists(st.sampled_from(["red", "blue", "green", "pink"]), unique=True),
    "file": st.none() | st.lists(st.sampled_from(["a" * 64, "b" * 64]), unique=True),
    "time": st.none() | st.sampled_from(["07:30:00", "23:59", "08:05:00.000+07:00"]),
    "dateTime": st.none() | st.sampled_from(["2025-08-19T07:30:00.000+07:00", "1999-12-31T23:59"]),
    "date": st.none() | st.sampled_from(["2025-08-19", "1986-01-01", "0999-02-01"]),
    "range": st.none() | st.sampled_from([0, 2.5, 10, 7.3, -1, 11]),
    "rank": st.none() | st.permutations(["red", "blue", "green"]) | st.just(["blue", "pink"]),
    "acknowledge": st.sampled_from(["OK", None]),
    "video": st.none() | st.just(["a" * 64]),
    "colour": st.none() | st.sampled_from(["red", "blue", "green"]),
}
FACETS = {"state": ["na", "unknown", None], "reason": ["vì", None], "evidence": ["seen", "document", "statement", None]}
CAPTIONS = {f"caption.{'a' * 64}": ["Cổng", None], f"caption.{'c' * 64}": ["Sân", ""]}


@st.composite
def changes(draw: st.DrawFn, checklist: Checklist) -> list[tuple[str, Any]]:
    """A sequence of answers, with instances that come and go."""
    places = list(answerable(checklist.nodes, ""))
    sequence = []
    for _ in range(draw(st.integers(1, 25))):
        path, kind = draw(st.sampled_from(places))
        while "[]" in path:
            path = path.replace("[]", f"[{draw(st.sampled_from(['1', '2', '10', 'b']))}]", 1)
        if kind == "repeat":
            sequence.append((path, draw(st.sampled_from([True, True, False, None]))))
        elif draw(st.integers(0, 4)) == 0:
            known = FACETS | (CAPTIONS if kind == "file" else {})
            facet = draw(st.sampled_from(sorted(known)))
            sequence.append((f"{path}#{facet}", draw(st.sampled_from(known[facet]))))
        else:
            sequence.append((path, draw(VALUES[kind])))
    return sequence


def answerable(nodes: list[Node], outer: str) -> Any:
    for node in nodes:
        path = f"{outer}/{node.name}"
        if node.type in ("group", "repeat"):
            inner = f"{path}[]" if node.type == "repeat" else path
            if node.type == "repeat":
                yield inner, "repeat"
            yield from answerable(node.children, inner)
        elif node.type != "calculate":
            kind = "rate" if node.choices == "rate" else "colours" if node.type == "select_multiple" else node.type
            yield path, "colour" if node.choices and kind == "select_one" else kind
