"""The two messages of the exchange: what a device sends and what it gets back. docs/sync.md is written from them."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from forms.log import Change, Instant, Name

MOST_CHANGES = 1_000

Sent = Annotated[Any, WithJsonSchema({"$ref": "#/$defs/Change"})]
"""A change as it came: each is read alone, so that a wrong one does not keep the others back."""


class Request(BaseModel):
    """What a device sends; `visits` narrows what it gets back, and each such set has a cursor of its own."""

    device: Name
    cursor: int = Field(default=0, ge=0, lt=2**63)
    visits: list[Annotated[str, Field(max_length=80)]] | None = Field(default=None, max_length=MOST_CHANGES)
    changes: list[Sent] = Field(default=[], max_length=MOST_CHANGES)


class ReadableRequest(Request):
    """A message in which every change can be read."""

    changes: list[Change] = Field(default=[], max_length=MOST_CHANGES)


class RefusedChange(BaseModel):
    """A change that was not taken in: a stable code for the program, a message for the person.

    `id` is what the device called it: at most 80 characters, and "" when it had no id that is a text.
    """

    model_config = ConfigDict(extra="forbid")

    id: str
    code: str
    message: str


class Answer(BaseModel):
    """What the device gets: what became of its changes, and the next page of changes since its cursor.

    `people` names the authors of the changes by id. `more` says that another page waits after the cursor.
    """

    model_config = ConfigDict(extra="forbid")

    accepted: list[str]
    refused: list[RefusedChange]
    changes: list[Change]
    people: dict[str, str]
    cursor: int
    more: bool
    server_time: Instant
