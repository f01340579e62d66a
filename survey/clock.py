"""The one place that reads the clock and makes up ids."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4


def moment() -> datetime:
    """Now, in UTC; tests replace this function."""
    return datetime.now(UTC)


def utc_text(at: datetime | None = None) -> str:
    """A moment as the database keeps it: "2025-08-19T01:02:03Z"."""
    return (at or moment()).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def parse_utc(text: str) -> datetime:
    """The moment behind a stored text."""
    return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(UTC)


def local_date(offset_hours: int) -> date:
    """Today where the delegations work."""
    return (moment() + timedelta(hours=offset_hours)).date()


def local_date_of(moment: str, offset_hours: int) -> date:
    """The day of a stored moment where the delegations work."""
    return (parse_utc(moment) + timedelta(hours=offset_hours)).date()


def new_id() -> str:
    """A random id for a row made on the server."""
    return str(uuid4())
