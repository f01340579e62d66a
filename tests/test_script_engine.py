"""The module of a checklist runs in node or in Chromium, and the message is clear where neither is there."""

from __future__ import annotations

import shutil

import pytest

from survey import script_engine

SCRIPT = """const answer = JSON.stringify({words: "Hà <b>&amp;</b> </script>", number: 1 / 3});"""
ANSWER = '{"words":"Hà <b>&amp;</b> </script>","number":0.3333333333333333}'


def test_a_script_runs_in_node():
    assert script_engine.answer_of(SCRIPT) == ANSWER


@pytest.mark.skipif(not shutil.which("chromium"), reason="needs Chromium")
def test_a_script_runs_in_chromium(monkeypatch):
    without_node = {name: shutil.which(name) for name in script_engine.BROWSERS}
    monkeypatch.setattr(script_engine.shutil, "which", without_node.get)
    assert script_engine.answer_of(SCRIPT) == ANSWER


def test_without_both_the_message_says_what_to_do(monkeypatch):
    monkeypatch.setattr(script_engine.shutil, "which", lambda name: None)
    with pytest.raises(script_engine.NoScriptEngineError) as caught:
        script_engine.answer_of(SCRIPT)
    assert "--engine python" in caught.value.say("vi")


def test_a_script_that_fails_tells_its_complaint():
    with pytest.raises(script_engine.NoScriptEngineError, match="ghost is not defined"):
        script_engine.answer_of("const answer = ghost;")
