"""What the log itself says about a visit: when it was begun and last changed, by whom and on which tablet first.

Nobody answers questions of these types, so that two tablets cannot differ about them: server and tablets work them out
of the same changes. The first change counts as the beginning. The twin of static/field/recorded.js.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta, timezone

from forms.answers import Value
from forms.log import Change

VIETNAM = timezone(timedelta(hours=7))
"""One offset and no summer time since 1975; every tablet must come to the same text, wherever its own clock stands."""


def recorded_in(places: Mapping[str, str], log: Iterable[Change], people: Mapping[str, str]) -> dict[str, Value]:
    """The values of these questions by path, from the changes of one visit; none as long as nothing is written.

    `people` are names by id; whoever is not among them goes by the id.
    """
    changes = [change for change in log if change.question not in places]
    if not changes:
        return {}
    first, last = min(changes, key=Change.recency), max(changes, key=Change.recency)
    found = {
        "start": on_the_wall(first.at),
        "end": on_the_wall(last.at),
        "username": people.get(first.author, first.author),
        "deviceid": first.device,
    }
    return {path: found[kind] for path, kind in places.items() if kind in found}


def on_the_wall(at: str) -> str:
    """A moment of the log as clocks in Vietnam show it: "2025-08-19T09:00:01.000+07:00"."""
    return datetime.fromisoformat(at.replace("Z", "+00:00")).astimezone(VIETNAM).isoformat(timespec="milliseconds")
