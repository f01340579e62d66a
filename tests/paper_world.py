"""Many visits whose minutes the server and a tablet write, and both texts in one form that can be compared."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path
from random import Random
from typing import Any
from xml.etree import ElementTree

from forms.checklist import Node
from forms.engine import Engine
from forms.library import library_names, library_source
from forms.log import Change
from forms.logic.state import State
from forms.minutes import commitment_key
from forms.recommendation import recommend
from reports.pdf import printable
from survey.database import Database, transaction
from survey.field.joined_script import joined
from survey.store import changes, checklists, people, trips, visits
from survey.store.trips import Trip
from tests.field_world import make_id
from tests.javascript import run_module

FIELD = Path(__file__).parents[1] / "static" / "field"
SECRET = "KÍN-"
FREE = [
    "Đã có, đang dùng.", "<script>alert('x')</script> & “ngoặc”", "Một (hai) ba?", "Dòng một\nDòng hai\u2028Dòng ba.",
    "  thừa  khoảng\u00a0trắng ", "e\u0323\u0302 tổ hợp 😀😀 中", "a\u202eb\u200bc", "…;.", "Ông/Bà #1, 50 % {names} ${A01}",
]  # fmt: skip
"""What people write: markup, brackets, lines, spaces, signs that no font has."""

NAMES = ["PGS.TS. Lê Thị Hòa", "ThS Nguyễn Văn <b>Á</b>", "TRẦN ßtraße", "", "  Phạm Ngọc Anh "]
POSITIONS = ["Chủ tịch UBND xã", "trưởng đoàn", "Secretary", "Thư ký Hội đồng", ""]
UNITS = {"commune": ["15271", "14797", "00070"], "department": ["38.SO", "79.SO"], "provincial_centre": ["38.TT"]}
DAYS = ["2025-08-19", "2026-02-05", "2026-11-23", "2027-04-01"]
FILLINGS = [0.0, 0.3, 0.8, 1.0]
"""How likely it is that a question is answered."""

MORNING, NOON = datetime(2025, 8, 19, 1, tzinfo=UTC), "2025-08-19T05:00:00.000Z"

RUN = """Promise.all(cases.map(async ({ plan, module, facts, scope, log: written, signatures }) => {
  const { open } = await import(modules[module]);
  const [log, minutes] = [new $log.Log(), new $log.Log($log.isOfMinutes)];
  [log, minutes].forEach((one) => one.merge(written));
  const live = open({ answers: log.answers(), today: facts.planned_on, scope, unit: facts.unit });
  const { blocks, title, foot, corner, mark } = $minutes.compose(plans[plan], facts, { live, log, minutes, signatures });
  return { blocks, title, foot, corner, mark };
}))"""


def fill_world(db: Database) -> None:
    """The three checklists, and visits of every kind of unit: empty, half filled, full, short, made up."""
    minh = people.add(db, "minh", "Nguyễn Văn Minh", "leader", "")
    for name in library_names():
        checklists.publish(db, library_source(name), f"{name}.md", by=minh.id)
    for number, (form, filling) in enumerate(product(UNITS, FILLINGS * 2)):
        trip = Trip(
            id=f"t{number}", decision_number=f"{number}/QĐ-BKHCN & <i>", decision_date="2025-08-08", title="Thanh Hóa",
            starts_on=DAYS[0], ends_on=DAYS[-1], leader_id=minh.id,
        )  # fmt: skip
        trips.add(db, trip, created_by=minh.id)
        add_visit(db, f"v{number}", trip.id, form, filling, Random(number), minh.id)


def add_visit(
    db: Database, visit_id: str, trip_id: str, form: str, filling: float, chance: Random, author: str
) -> None:
    version = next(one for one in checklists.list_latest(db) if one.id == form)
    day, unit, scope = chance.choice(DAYS), chance.choice(UNITS[form]), chance.choice(["full", "full", "core"])
    visits.add(
        db, visit_id, trip_id, unit, (version.id, version.version), day, author, scope=scope, fictitious=chance.random() < 0.5
    )  # fmt: skip
    engine = checklists.engine_of(db, version.id, version.version)
    state = engine.open(
        {}, day, "core" if scope == "core" else "full", {"code": unit, "kind": "xa", "name": "Hà Trung"}
    )
    said = Filler(engine, state, chance, filling, unit).written() + agreed(state, chance, filling)
    with transaction(db):
        changes.append_changes(db, [logged(visit_id, number, *pair, author) for number, pair in enumerate(said)], NOON)


def logged(visit_id: str, number: int, question: str, value: Any, author: str) -> Change:
    """The change of that number; three of them in each second."""
    moment = (MORNING + timedelta(seconds=number // 3)).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    return Change(
        id=make_id(number), visit=visit_id, question=question, value=value, at=moment, device_at=moment, device="t",
        author=author,
    )  # fmt: skip


def shuffled(log: Sequence[Change], seed: int) -> list[dict[str, Any]]:
    """A log as it may lie on a tablet, where changes arrive in any order."""
    return [change.model_dump() for change in Random(seed).sample(log, len(log))]


class Filler:
    """Answers to a checklist by chance, in an order by chance, so that instances are begun in turn."""

    def __init__(self, engine: Engine, state: State, chance: Random, filling: float, unit: str) -> None:
        self.engine, self.state, self.chance, self.filling, self.unit = engine, state, chance, filling, unit

    def written(self) -> list[tuple[str, Any]]:
        found = [pair for node in self.engine.checklist.nodes for pair in self._within(node, node.path)]
        self.chance.shuffle(found)
        for question, value in found:
            self.state.set(question, value)
        return found

    def _within(self, node: Node, path: str) -> list[tuple[str, Any]]:
        keys = self.chance.sample(["a", "b", "10", "2"], self.chance.randint(0, 3)) if node.type == "repeat" else [""]
        places = [f"{path}[{key}]" if key else path for key in keys]
        begun = [(place, self.chance.random() < 0.9) for place in places if place != path]
        inside = [
            pair for place in places for child in node.children
            for pair in self._within(child, place + child.path.removeprefix(node.path))
        ]  # fmt: skip
        return [*begun, *inside, *([] if node.children else self._answers(node, path))]

    def _answers(self, node: Node, path: str) -> list[tuple[str, Any]]:
        if node.type in ("note", "calculate") or self.chance.random() >= self.filling:
            return []
        found = [(path, self._value(node))]
        if self.chance.random() < 0.15:
            found = [(f"{path}#state", self.chance.choice(["na", "unknown"])), (f"{path}#reason", self._text(node))]
        if self.chance.random() < 0.2:
            found.append((f"{path}#note", self._text(node)))
        return found

    def _text(self, node: Node) -> str:
        return (SECRET if node.confidential else "") + self.chance.choice(FREE)

    def _value(self, node: Node) -> Any:
        pick = self.chance.choice
        if node.choices:
            names = [choice.name for choice in self.engine.checklist.choices[node.choices]]
            return pick(names) if node.type == "select_one" else self.chance.sample(names, min(2, len(names)))
        made = {
            "integer": pick([0, 3, 12, 1234, 9007199254740991, -5]), "decimal": pick([0, 0.5, 2.345678, 1234.5, -0.25, 99.99995, 1e-7]),
            "date": pick(["2026-01-05", "2025-12-31"]), "geopoint": "19.987654 105.8 0 5", "image": ["a" * 64, "b" * 64],
            "audio": ["c" * 64], "file": [], "signature": "d" * 64, "select_one_from_file": pick([self.unit, "15280"]),
        }  # fmt: skip
        return made.get(node.type, self._text(node))


def agreed(state: State, chance: Random, filling: float) -> list[tuple[str, Any]]:
    """What the minutes hold: decisions on recommendations, commitments by hand, people, times, opinions."""
    said: dict[str, Any] = {}
    for number, made in enumerate(recommend(state)):
        if chance.random() < filling:
            key = f"commitment[{commitment_key(made)}]"
            said |= decision(chance, key, SECRET if made["confidential"] else "") | {key: number % 7 != 3}
    for number in range(chance.randint(0, 4)):
        said |= decision(chance, f"commitment[h{number}]") | person(chance, f"present[p{number}]")
    said |= {f"present[p{number}]": chance.random() < 0.9 for number in range(chance.randint(0, 3))}
    whole = {
        "started_at": chance.choice(["08:05", "13:30", "8 giờ"]), "ended_at": "17:00", "place": chance.choice(FREE), "copies": chance.choice([2, 12, 99]),
        "opinion": chance.choice(FREE), "dissent": chance.choice(FREE), "plan": chance.choice(FREE), "attached": chance.choice(FREE),
    }  # fmt: skip
    said |= {name: value for name, value in whole.items() if chance.random() < filling}
    return [(f"/minutes/{name}", value) for name, value in said.items()]


def decision(chance: Random, key: str, mark: str = "") -> dict[str, Any]:
    made = {
        "decision": chance.choice(["agreed", "changed", "objected", None, "maybe"]), "text": mark + chance.choice([*FREE, ""]),
        "side": chance.choice(["delegation", "unit", "department", "other", "x"]), "owner": chance.choice(["Sở KH&CN", "", mark]),
        "due": chance.choice(["2026-01-05", None]),
    }  # fmt: skip
    return {f"{key}/commitment_{field}": value for field, value in made.items()}


def person(chance: Random, key: str) -> dict[str, Any]:
    made = {
        "side": chance.choice(["delegation", "delegation", "unit", "unit", "department", "other", None]),
        "name": chance.choice(NAMES), "position": chance.choice(POSITIONS),
        "role": chance.choice(["leader", "chair", "secretary", "member", "guest"]),
    }  # fmt: skip
    return {f"{key}/present_{field}": value for field, value in made.items()}


def written_on_tablet(
    cases: list[dict[str, Any]], plans: dict[str, Any], modules: dict[str, str]
) -> list[dict[str, Any]]:
    """What the scripts of the field app compose for each case, all in one run."""
    addresses = {
        name: f"data:text/javascript;base64,{b64encode(text.encode()).decode()}" for name, text in modules.items()
    }
    given = {"cases": cases, "plans": plans, "modules": addresses}
    lines = [f"const {name} = {json.dumps(value)};" for name, value in given.items()]
    found: list[dict[str, Any]] = run_module("\n".join([joined(FIELD, "log"), joined(FIELD, "minutes"), *lines]), RUN)
    return found


def from_html(html: str) -> list[Any]:
    """The body of the server's minutes as blocks, what stands in <main> on the same level as the head."""
    body = ElementTree.fromstring(printable(html)).find("body")
    assert body is not None
    blocks = [block for child in body for block in (child if child.tag == "main" else [child])]
    return [tidied(*parts_of(block)) for block in blocks]


def parts_of(element: ElementTree.Element) -> tuple[str, dict[str, str], list[Any]]:
    inside: list[Any] = [element.text or ""]
    for child in element:
        inside += [parts_of(child), child.tail or ""]
    return element.tag, dict(element.attrib), inside


def from_tree(node: Any) -> Any:
    """A block as the tablet composes it, in the same form."""
    tag, attributes, *children = node
    return tidied(tag, attributes, [one if isinstance(one, str) else tuple_of(one) for one in children])


def tuple_of(node: Any) -> tuple[str, dict[str, str], list[Any]]:
    tag, attributes, *children = node
    return tag, attributes, [one if isinstance(one, str) else tuple_of(one) for one in children]


INLINE = {"b", "i", "span", "img"}
TOLD = ("class", "scope", "alt")


def tidied(tag: str, attributes: dict[str, str], children: list[Any]) -> list[Any]:
    """[tag, class …, children] with space as a page shows it: runs are one, none at the edges of blocks and lines."""
    made: list[Any] = []
    for child in children:
        if isinstance(child, tuple):
            made.append(tidied(*child))
        elif made and isinstance(made[-1], str):
            made[-1] += child
        else:
            made.append(child)
    texts = [one if isinstance(one, list) else re.sub(r"[ \t\n]+", " ", one) for one in made]
    edges = [-1, len(texts)] if tag not in INLINE else []
    breaks = {*edges, *(at for at, one in enumerate(texts) if isinstance(one, list) and one[0] not in INLINE)}
    for at, one in enumerate(texts):
        if isinstance(one, str):
            one = one.lstrip(" ") if at - 1 in breaks else one
            texts[at] = one.rstrip(" ") if at + 1 in breaks else one
    return [tag, *(attributes.get(name, "") for name in TOLD), [one for one in texts if one != ""]]
