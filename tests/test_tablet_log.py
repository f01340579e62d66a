"""The answer log of a tablet tells who disagrees, however often it was asked before."""

from __future__ import annotations

from pathlib import Path

from survey.field.joined_script import joined
from tests.javascript import run_module

SCRIPTS = Path(__file__).parents[1] / "static" / "field"
LATER = """(() => {
  const change = (id, value, replaces = []) => ({ id, question: "/A/a", value, replaces, at: `2026-01-0${id}` });
  const log = new $log.Log();
  const seen = () => [log.conflicts(), log.questions(), log.value("/A/a")];
  const told = [seen()];
  for (const one of [change("1", "x"), change("2", "y"), change("3", "z", ["1", "2"])]) {
    log.merge([one]);
    told.push(seen());
  }
  log.drop(change("3", "z"));
  return [...told, seen()];
})()"""


def test_conflicts_are_told_anew_after_each_change():
    asked, differing = ["/A/a"], ["/A/a"]
    assert run_module(joined(SCRIPTS, "log"), LATER) == [
        [[], [], None],
        [[], asked, "x"],
        [differing, asked, "y"],
        [[], asked, "z"],
        [differing, asked, "y"],
    ]
