"""Checklists of any length for measuring, all built alike, with answers to them and a data folder that holds them.

Sections of 20 questions: 12 select_one, 3 integer with a constraint, 2 text, 2 select_multiple of 6, 1 calculate. Every
fourth question is relevant on an earlier answer. The calculate is the score of its section, and one more row at the
very end the total; the select_one are scored besides, so that the assessment runs as it does in the ministry's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

from forms.log import Change, Value
from survey.accounts import hash_password
from survey.clock import new_id, utc_text
from survey.database import Database, opened, transaction
from survey.demo.people import CAST, write_passwords
from survey.settings import Settings
from survey.store import changes, checklists, people, trips, visits
from survey.store.trips import Trip

SIZES = (80, 300, 1_000)
DAY = "2026-05-04"
SECTION = [
    "one", "one", "whole", "one", "many", "one", "one", "text", "one", "one",
    "whole", "one", "many", "one", "one", "text", "whole", "one", "one", "score",
]  # fmt: skip
TYPES = {
    "one": "select_one rubric",
    "whole": "integer",
    "text": "text",
    "many": "select_multiple six",
    "score": "calculate",
}
ASKED_IF = {2: 1, 6: 5, 10: 9, 14: 13, 18: 17}
"""Every fourth question of a section, and the one that decides; the second one's lies in the section before."""

SURVEY = ["type", "name", "label::Tiếng Việt (vi)", "label::English (en)", "relevant", "constraint"]
SURVEY += ["constraint_message::Tiếng Việt (vi)", "constraint_message::English (en)", "calculation", "weight"]
LABELS = {
    "one": (
        "Đơn vị thực hiện nhiệm vụ số {n} của mục {s} ở mức nào?",
        "At which level is task {n} of part {s} carried out?",
    ),
    "whole": ("Số cán bộ được giao nhiệm vụ {n} của mục {s}", "Officers who carry out task {n} of part {s}"),
    "text": ("Nêu khó khăn khi thực hiện nhiệm vụ {n} của mục {s}", "What is difficult about task {n} of part {s}"),
    "many": ("Nhiệm vụ {n} của mục {s} dùng những công cụ nào?", "Which tools does task {n} of part {s} use?"),
    "score": ("Điểm của mục {s}", "Score of part {s}"),
}
CHOICES = """
| choices |
| | list_name | name | label::Tiếng Việt (vi) | label::English (en) | score |
| | rubric | 0 | Chưa thực hiện, chưa phân công người làm | Not carried out, nobody is in charge | 0 |
| | rubric | 1 | Có thực hiện nhưng còn lúng túng, phải hỏi | Carried out with difficulty and with help | 1/3 |
| | rubric | 2 | Thực hiện được phần lớn các bước theo quy trình | Most steps are carried out as described | 2/3 |
| | rubric | 3 | Thực hiện đầy đủ, đúng hạn, có hồ sơ lưu | Carried out fully and in time, with records | 1 |
| | six | computer | Máy tính | Computer | |
| | six | scanner | Máy quét | Scanner | |
| | six | phone | Điện thoại | Telephone | |
| | six | software | Phần mềm riêng | Own software | |
| | six | portal | Cổng dịch vụ công | Public service portal | |
| | six | paper | Sổ giấy | Paper register | |
| settings |
| | form_id | version | form_title | translated_title::English (en) | default_language |
| | {id} | {version} | Phiếu đo, {questions} câu | Checklist, {questions} questions | Tiếng Việt (vi) |
| levels |
| | name | rank | label::Tiếng Việt (vi) | label::English (en) | when |
| | good | 4 | Tốt | Good | total() >= 60 |
| | poor | 1 | Cần hỗ trợ | Needs support | true() |
"""


def source_of(questions: int, version: str = "1") -> bytes:
    """The Markdown XLSForm of a checklist with so many questions, a multiple of 20."""
    head = f"| survey |\n| | {' | '.join(SURVEY)} |\n"
    rows = "\n".join(f"| | {' | '.join(row)} |" for row in _rows(questions // len(SECTION)))
    rest = CHOICES.format(id=f"bench-{questions}", version=version, questions=questions)
    return (head + rows + rest).encode()


def _rows(sections: int) -> Iterator[list[str]]:
    for section in range(1, sections + 1):
        yield ["begin_group", f"S{section:02d}", f"Nhiệm vụ nhóm {section}", f"Tasks of group {section}"]
        yield from (_question(section, place, kind) for place, kind in enumerate(SECTION))
        if section == sections:
            sums = " + ".join(_name(number, len(SECTION) - 1) for number in range(1, sections + 1))
            yield ["calculate", "total", "Tổng điểm", "Total score", "", "", "", "", f"({sums}) div {sections}", ""]
        yield ["end_group"]


def _question(section: int, place: int, kind: str) -> list[str]:
    words = [label.format(n=place + 1, s=section) for label in LABELS[kind]]
    bounds = (". >= 0 and . <= 500", "Nhập số từ 0 đến 500.", "Enter 0 to 500.") if kind == "whole" else ("", "", "")
    weight = "1" if kind == "one" else ""
    name = _name(section, place).strip("${}")
    return [TYPES[kind], name, *words, _condition(section, place), *bounds, _score(section, kind), weight]


def _condition(section: int, place: int) -> str:
    if place not in ASKED_IF:
        return ""
    before = section - 1 if place == 6 and section > 1 else section
    return f"{_name(before, ASKED_IF[place])} >= 1"


def _score(section: int, kind: str) -> str:
    if kind != "score":
        return ""
    ones = [_name(section, place) for place, one in enumerate(SECTION) if one == "one"]
    return f"({' + '.join(f'coalesce({one}, 0)' for one in ones)}) div {3 * len(ones)} * 100"


def _name(section: int, place: int) -> str:
    return f"${{S{section:02d}Q{place + 1:02d}}}"


def answers_to(questions: int, rng: Random) -> dict[str, Value]:
    """An answer to every question that takes one, by path; levels 1 to 3, so that every question is asked."""
    made: dict[str, Value] = {}
    for section in range(1, questions // len(SECTION) + 1):
        for place, kind in enumerate(SECTION):
            if kind != "score":
                made[f"/S{section:02d}/{_name(section, place).strip('${}')}"] = _answer(kind, rng)
    return made


def _answer(kind: str, rng: Random) -> Value:
    if kind == "one":
        return str(rng.randint(1, 3))
    if kind == "many":
        return sorted(rng.sample(["computer", "scanner", "phone", "software", "portal", "paper"], 2))
    return rng.randint(0, 40) if kind == "whole" else "Thiếu người, thiếu máy; chờ cấp trên hướng dẫn."


def prepare(data: Path) -> dict[tuple[int, bool], str]:
    """A data folder with a leader, the checklists and two visits of each: {(questions, answered): visit id}."""
    with opened(data) as db, transaction(db):
        [leader] = [one.model_copy(update={"password": new_id()}) for one in CAST if one.login == "minh"]
        trip, author = add_leader(db, leader.password)
        wanted = [(questions, answered) for questions in SIZES for answered in (False, True)]
        found = {one: _visit(db, *one, trip, author, f"{15271 + n}") for n, one in enumerate(wanted)}
    write_passwords(data, [leader])
    return found


def add_leader(db: Database, password: str = "") -> tuple[str, str]:
    """The leader of the demo with one trip; the ids of the trip and of the person."""
    stored = hash_password(password, Settings()) if password else "-"
    person = people.add(db, "minh", "Trần Quang Minh", "leader", stored)
    trip = Trip(
        id=new_id(), decision_number="1/QĐ", decision_date=DAY, title="Đo tốc độ", starts_on=DAY, ends_on=DAY,
        leader_id=person.id,
    )  # fmt: skip
    trips.add(db, trip, created_by=person.id)
    return trip.id, person.id


def _visit(db: Database, questions: int, answered: bool, trip: str, author: str, unit: str) -> str:
    version = checklists.publish(db, source_of(questions), f"bench-{questions}.md", by=author)
    visit = new_id()
    visits.add(db, visit, trip, unit, (version.id, version.version), DAY, author)
    if answered:
        made = list(answers_to(questions, Random(questions)).items())
        changes.append_changes(db, log_of(visit, made, author), utc_text(), author)
    return visit


def log_of(visit: str, answers: Sequence[tuple[str, Any]], author: str) -> list[Change]:
    """These answers as changes, one after the other; one to the same question replaces the one before."""
    made: list[Change] = []
    latest: dict[str, list[str]] = {}
    at = f"{DAY}T02:00:00.000Z"
    for number, (question, value) in enumerate(answers):
        name = f"01900000-0000-7000-8000-{number:012x}"
        facts = {"id": name, "visit": visit, "question": question, "value": value, "at": at, "device_at": at}
        made.append(
            Change.model_validate(facts | {"replaces": latest.get(question, []), "device": "t-1", "author": author})
        )
        latest[question] = [name]
    return made
