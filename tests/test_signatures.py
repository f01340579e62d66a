"""A signature stands while the log says what was signed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from forms.log import Change
from forms.signatures import Signed, content_digest, signatures_of
from tests.field_world import sent
from tests.javascript import joined, run_module

PLACE = "/minutes/signature[unit]"
IMAGE = "a" * 64
SCRIPTS = Path(__file__).parents[1] / "static" / "field"


def log(*said: dict[str, Any]) -> list[Change]:
    return [Change.model_validate(change | {"author": "lan"}) for change in said]


CONTENT = (sent(1, "/B/B01", "1"), sent(2, "/B/B01", "2", (1,)), sent(3, "/minutes/place", "Hội trường"))


def signing(
    digest: str, *, first: int = 10, place: str = PLACE, image: str | None = IMAGE
) -> tuple[dict[str, Any], ...]:
    said = {"": True, "/signature_side": "unit", "/signature_role": "leader", "/signature_name": "Lê Thị Hòa",
            "/signature_position": "Chủ tịch", "/signature_image": image, "/signature_content": digest}  # fmt: skip
    return tuple(sent(n, place + field, value) for n, (field, value) in enumerate(said.items(), first))


DIGEST = content_digest("v1", log(*CONTENT))
MADE = Signed(
    key="unit", side="unit", role="leader", name="Lê Thị Hòa", position="Chủ tịch", image=IMAGE,
    at="2025-08-19T02:00:16.000Z", author="lan", stands=True,
)  # fmt: skip


def test_a_signature_stands_over_what_was_signed():
    assert signatures_of("v1", log(*CONTENT, *signing(DIGEST))) == [MADE]


def test_another_signature_leaves_the_first_one_standing():
    second = signing(DIGEST, first=30, place="/minutes/signature[delegation]")
    assert [made.stands for made in signatures_of("v1", log(*CONTENT, *signing(DIGEST), *second))] == [True, True]


@pytest.mark.parametrize("late", [
    sent(40, "/B/B01", "3", (2,)), sent(40, "/B/B01", "2"), sent(40, "/B/B02", None), sent(40, "/minutes/reopened", "Sai ngày"),
])  # fmt: skip
def test_any_change_of_the_content_ends_a_signature(late: dict[str, Any]):
    assert [made.stands for made in signatures_of("v1", log(*CONTENT, *signing(DIGEST), late))] == [False]


def test_what_had_been_replaced_before_does_not_count():
    assert content_digest("v1", log(*CONTENT[1:])) == DIGEST
    assert content_digest("v2", log(*CONTENT)) != DIGEST


def test_the_order_of_the_log_does_not_matter():
    assert signatures_of("v1", log(*reversed([*CONTENT, *signing(DIGEST)]))) == [MADE]


@pytest.mark.parametrize(
    "more", [(), (sent(40, PLACE, False, (10,)),), (sent(40, f"{PLACE}/signature_image", "b" * 64),)]
)
def test_incomplete_withdrawn_and_doubled_signatures_are_none(more: tuple[dict[str, Any], ...]):
    made = signing(DIGEST) if more else signing(DIGEST, image=None)
    assert signatures_of("v1", log(*CONTENT, *made, *more)) == []


def test_tablet_and_server_compute_the_same_digest():
    source = joined([SCRIPTS / name for name in ("log.js", "signature.js")])
    conflict = sent(5, "/minutes/place", "Nhà văn hóa")
    written = [*CONTENT, *signing(DIGEST), conflict, sent(6, "/B/B04", ["dvc"])]
    call = f"""(async () => {{
      const log = new Log(() => true);
      log.merge({[c | {"value": None} for c in reversed(written)]!r});
      return contentDigest("v1", log);
    }})()""".replace("None", "null")
    assert run_module(source, call) == content_digest("v1", log(*written))
    assert content_digest("v1", log(*written)) != DIGEST
