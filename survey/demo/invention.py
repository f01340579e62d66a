"""Fictitious answers to any checklist: complete, valid, and about as good as a unit's given strength."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from forms.answers import ACKNOWLEDGED
from forms.checklist import UNASKED, Checklist, Choice, Node
from forms.engine import Engine
from forms.log import Value

NUMBERS: dict[str, tuple[float, float]] = {
    "E01": (30, 36), "E03": (1, 2), "C03_fast": (0, 2), "C05": (18, 140), "F04": (25, 92), "F05": (25, 92),
    "F09": (48, 93), "E13": (0, 4), "E15": (2, 10), "E15_teams": (8, 40), "E14_people": (1, 12), "H02_area": (60, 240),
    "H04_counters": (3, 8), "H04_officers": (3, 9), "J03_real": (0, 2), "J03_simulated": (1, 3), "F01": (300, 1600),
}  # fmt: skip
"""Least and greatest value of numbers where more is better, or no better."""

FALLING: dict[str, tuple[float, float]] = {"C02": (4, 60), "F11": (0.4, 6), "H05": (8, 65)}
"""The same where less is better."""

SHARES: dict[str, tuple[str, float, float]] = {
    "E02": ("E01", 0.68, 1.0), "C01": ("E02", 0.62, 1.08), "C01_counter": ("C01", 0.2, 0.3),
    "F02": ("F01", 0.85, 1.0), "F03": ("F02", 0.87, 1.0), "C03": ("H04_counters", 0.3, 1.1),
}  # fmt: skip
"""Counts that are a share of another count."""

PERIOD = timedelta(days=45)
"""The period of the dossier statistics ends on the day of the visit, as the 46 days of the ministry's own figures."""

SIGNALS = {"khong": 0.82, "ban_khoan": 0.11, "mot_so": 0.06, "toan_bo": 0.01}
"""How often a unit of usual strength gives a signal of wishing to return powers."""

WORDS = "Nội dung minh họa, không phải số liệu thật."
EVIDENCE = ["seen", "document", "document", "statement"]
HEARSAY = ["statement", "statement", "document", "none"]


class Inventor:
    """Fills one visit; `strength` in [0, 1] is how well the unit does on average."""

    def __init__(self, engine: Engine, rng: Random, strength: float, today: date, unit: dict[str, str]) -> None:
        self.checklist: Checklist = engine.checklist
        self.rng, self.strength, self.today, self.unit = rng, strength, today, unit
        self.state = engine.open({}, today=today.isoformat())
        self.pictures: list[str] = []
        self.evidence = HEARSAY if rng.random() < 0.1 else EVIDENCE

    def answers(self, pictures: list[str], given: dict[str, Value]) -> dict[str, Value]:
        """Answers by path; what is given (by name or name#facet) stays as it is."""
        self.pictures, self.given = pictures, given
        for node in self.checklist.nodes:
            self._fill(node, node.path)
        return dict(self.state.answers())

    def _fill(self, node: Node, path: str) -> None:
        if node.type == "repeat":
            path = f"{path}[{self._key()}]"
            self.state.set(path, True)
        if node.children:
            for child in node.children:
                self._fill(child, path + child.path.removeprefix(node.path))
        elif node.type not in UNASKED:
            self._answer(node, path)

    def _key(self) -> str:
        return f"{self.rng.getrandbits(48):012x}"

    def _answer(self, node: Node, path: str) -> None:
        question = self.state.question(path)
        if not question["relevant"] or (question["value"] is not None and node.default is None):
            return
        if node.name not in self.given and not (question["required"] or node.is_scored):
            return
        value = self.given[node.name] if node.name in self.given else self._value(node, path)
        self.state.set(path, value)
        if node.is_scored:
            self.state.set(f"{path}#evidence", self.given.get(f"{node.name}#evidence", self.rng.choice(self.evidence)))
        for facet in ("note", "reason"):
            if text := self.given.get(f"{node.name}#{facet}"):
                self.state.set(f"{path}#{facet}", text)

    def _value(self, node: Node, path: str) -> Value:
        if node.type in ("integer", "decimal"):
            number = self._number(node.name)
            return round(number) if node.type == "integer" else round(number, 1)
        if node.type in ("select_one", "select_multiple"):
            return self._choices(node, path)
        if node.type == "select_one_from_file":
            return self.unit["code"]
        if node.type == "image":
            return self.pictures[:3]
        if node.type == "signature":
            return self.pictures[-1]
        if node.type == "geopoint":
            return f"{self.unit['latitude']} {self.unit['longitude']} 0 12"
        if node.type == "date":
            return self._day(node.name).isoformat()
        return self._rare(node)

    def _rare(self, node: Node) -> Value:
        """An answer of a type that few checklists have."""
        if node.slider:
            start, end, step = node.slider
            return start + step * self.rng.randint(0, int((end - start) / step + 1e-6))
        if node.type == "rank":
            names = [choice.name for choice in self.checklist.choices.get(node.choices or "", [])]
            return self.rng.sample(names, len(names))
        moments = {"time": "08:00:00", "dateTime": f"{self.today}T08:00:00.000+07:00", "acknowledge": ACKNOWLEDGED}
        return moments.get(node.type, WORDS)

    def _day(self, name: str) -> date:
        if "retest" in name:
            return self.today + timedelta(days=30)
        return self.today - PERIOD if name == "F01_from" else self.today

    def _number(self, name: str) -> float:
        if name in SHARES:
            of, low, high = SHARES[name]
            return self._answered(of) * min(high, max(low, low + (high - low) * self._luck()))
        if name in FALLING:
            low, high = FALLING[name]
            return high - (high - low) * self._luck()
        low, high = NUMBERS.get(name, (0, 3))
        return low + (high - low) * self._luck()

    def _answered(self, name: str) -> float:
        """The number already given under a name; for one that comes later in the form, a usual one."""
        for node in self.checklist.walk():
            if node.name == name:
                value = self.state.question(node.path)["value"]
                if isinstance(value, (int, float)):
                    return float(value)
                self._answer(node, node.path)
                value = self.state.question(node.path)["value"]
                return float(value) if isinstance(value, (int, float)) else 0.0
        return 0.0

    def _luck(self) -> float:
        return min(1.0, max(0.0, self.rng.gauss(self.strength, 0.22)))

    def _choices(self, node: Node, path: str) -> Value:
        allowed = set(self.state.choices(path))
        choices = [c for c in self.checklist.choices_of(node.choices) if c.name in allowed]
        scored = [c for c in choices if isinstance(c.score, float | int)]
        if node.choices == "return_signal":
            return self.rng.choices(list(SIGNALS), list(SIGNALS.values()))[0]
        if node.type == "select_one":
            return self._nearest(scored).name if scored else self._ordinary(choices).name
        names = [c.name for c in choices if c.name not in ("khong", "khac")]
        count = round(len(names) * self._luck()) if node.is_scored else self.rng.randint(1, 3)
        return self.rng.sample(names, max(1, min(count, len(names))))

    def _nearest(self, choices: list[Choice]) -> Choice:
        goal = self._luck()
        return min(choices, key=lambda choice: abs(float(choice.score) - goal))  # type: ignore[arg-type]

    def _ordinary(self, choices: list[Choice]) -> Choice:
        wanted = {"yes", "khong", self.unit["kind"]}
        return next((c for c in choices if c.name in wanted), None) or self.rng.choice(choices)
