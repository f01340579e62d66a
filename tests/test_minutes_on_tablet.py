"""The minutes that a tablet composes say word for word what those of the server say."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import datetime
from html import escape
from itertools import zip_longest
from pathlib import Path
from random import Random
from typing import Any

import pytest

from reports.minutes import minutes_html, page_margins
from reports.minutes_facts import Minutes, Signature
from reports.minutes_plan import minutes_plan
from reports.wording import LANGUAGES, Wording
from survey.database import Database, opened
from survey.documents.minutes_record import record_of
from survey.documents.report_facts import collect_facts
from survey.field.facts import visit_facts
from survey.store import changes, checklists, people, visits
from tests.minutes_sample import drawing
from tests.paper_world import (
    FREE,
    NAMES,
    POSITIONS,
    SECRET,
    fill_world,
    from_html,
    from_tree,
    shuffled,
    written_on_tablet,
)

Paper = dict[str, Any]
DRAWN = drawing()


@pytest.fixture(scope="module")
def world(prepared_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    folder = tmp_path_factory.mktemp("papers") / "data"
    shutil.copytree(prepared_folder, folder)
    with opened(folder) as db:
        fill_world(db)
        yield db


@pytest.fixture(scope="module")
def papers(world: Database) -> list[tuple[str, Paper, Paper]]:
    """Each visit in each language: its name, what the server prints, and what a tablet without a network shows."""
    minh = people.find_by_login(world, "minh")
    assert minh
    known = {version.id: version for version in checklists.list_latest(world)}
    definitions = {name: checklists.definition_of(world, name, version.version) for name, version in known.items()}
    plans = {
        f"{name}-{one}": minutes_plan(checklist, one) for name, checklist in definitions.items() for one in LANGUAGES
    }
    modules = {name: checklists.module_of(world, name, version.version) for name, version in known.items()}
    names, printed, cases = [], [], []
    for number in range(24):
        visit = visits.find(world, f"v{number}")
        assert visit
        facts = collect_facts(world, visit, Path())
        signatures = signed(Random(number), number % 4)
        told = visit_facts(world, visit, minh)
        log = shuffled(changes.changes_of(world, visit.id), number)
        for language in LANGUAGES:
            record = record_of(world, visit, facts, Path(), language).model_copy(update={"signatures": signatures})
            names.append(f"{visit.id} {visit.checklist_id} {language}")
            printed.append(on_server(facts, record, language))
            cases.append({
                "plan": f"{visit.checklist_id}-{language}", "module": visit.checklist_id, "facts": json.loads(json.dumps(told)),
                "scope": visit.scope, "log": log, "signatures": [on_screen(one) for one in signatures],
            })  # fmt: skip
    return list(zip(names, printed, written_on_tablet(cases, plans, modules), strict=True))


def signed(chance: Random, how_many: int) -> tuple[Signature, ...]:
    """Signatures of both sides and others: some drawn, some given in another way."""
    made = [
        ("unit", "leader"),
        ("delegation", "leader"),
        ("delegation", "secretary"),
        ("other", "chair"),
        ("other", "leader"),
    ]
    return tuple(
        Signature(
            side=side, role=role, name=chance.choice(NAMES), position=chance.choice(POSITIONS),
            image=DRAWN if chance.random() < 0.8 else None, signed_at=datetime(2026, 1, 5, 9, 7),
        )
        for side, role in made[: (0, 1, 3, 5)[how_many]]
    )  # fmt: skip


def on_screen(signature: Signature) -> dict[str, Any]:
    """A signature as the scripts of the page know it."""
    image = "blob:drawn" if signature.image else None
    return {
        **signature.model_dump(include={"side", "role", "name", "position"}),
        "image": image,
        "signed_at": "2026-01-05T09:07",
    }


def on_server(facts: Any, record: Minutes, language: str) -> Paper:
    html = minutes_html(facts, record, language)
    return {"blocks": from_html(html), "margins": page_margins(facts, record, Wording(language)), "html": html}


def test_every_block_is_the_same(papers: list[tuple[str, Paper, Paper]]):
    differing = [
        (name, one, other)
        for name, server, tablet in papers
        for one, other in zip_longest(server["blocks"], [from_tree(block) for block in tablet["blocks"]])
        if one != other
    ]
    assert differing == []


def test_title_and_margins_are_the_same(papers: list[tuple[str, Paper, Paper]]):
    differing = [
        (name, entry, paper[entry])
        for name, server, paper in papers
        for entry, told in (("title", server["html"]), *((one, server["margins"]) for one in ("foot", "corner")))
        if escape(paper[entry]) not in told
    ]
    assert differing == []
    drafts = [(bool(paper["mark"]), "background-image" in server["margins"]) for _, server, paper in papers]
    assert set(drafts) == {(True, True), (False, False)}


def test_what_the_visits_hold_reaches_the_paper_but_nothing_confidential(papers: list[tuple[str, Paper, Paper]]):
    texts = {text for _, _, paper in papers for block in paper["blocks"] for text in leaves(block)}
    whole = "\n".join(texts)
    assert [
        words for words in (FREE[0], FREE[1], "Đồng ý có sửa đổi", "Objected to", "Lê Thị Hòa") if words not in whole
    ] == []
    assert SECRET not in whole
    assert "\ufffd" in whole


def leaves(node: Any) -> Iterator[str]:
    for child in node[2:]:
        if isinstance(child, str):
            yield child
        else:
            yield from leaves(child)
