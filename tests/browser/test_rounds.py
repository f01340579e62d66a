"""However the exchanges of several tablets interleave, repeat and get lost: all end with the same answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from forms.log import Change, answers_from

SCRIPT = Path(__file__).with_name("rounds.js").read_text("utf-8")
VISITS = ["v1", "v2"]
TABLETS = 3

tablets = st.integers(0, TABLETS - 1)
writing = st.tuples(
    st.just("write"), tablets, st.sampled_from(VISITS), st.sampled_from(["/A/A1", "/A/A2"]), st.sampled_from(["0", "1"])
)
exchanging = st.tuples(st.just("exchange"), tablets, st.sampled_from(["ok", "request lost", "answer lost", "twice"]))


@pytest.fixture(scope="module")
def page(chromium: Browser, host: str) -> Page:
    """A page of the product's origin, in which its modules can be imported."""
    return chromium.new_context(base_url=host, bypass_csp=True).new_page()


def play(page: Page, steps: list[tuple[Any, ...]]) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(
        """async ([script, ...given]) => {
             window.rounds ??= import(URL.createObjectURL(new Blob([script.replaceAll('from "/', `from "${location.origin}/`)],
                                                                   {type: "text/javascript"})));
             return (await window.rounds).play(...given);
           }""",
        [SCRIPT, TABLETS, VISITS, steps],
    )
    return found


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.one_of(writing, exchanging), max_size=25))
def test_tablets_and_server_end_in_the_same_state(page: Page, address: str, steps: list[tuple[Any, ...]]):
    if page.url == "about:blank":
        page.goto(f"{address}/login")
    found = play(page, steps)
    log = [Change.model_validate(change) for change in found["log"]]
    assert len(log) == sum(step[0] == "write" for step in steps)
    assert {change.id for change in log} >= set(found["accepted"])
    for state in found["states"]:
        for visit in VISITS:
            own = [change for change in log if change.visit == visit]
            assert state["answers"][visit] == answers_from(own)
            assert state["ids"][visit] == sorted(change.id for change in own)
            assert sorted(change["id"] for change in state["kept"][visit]) == state["ids"][visit]
        assert state["waiting"] == 0
