"""Where a document is signed: its places become signature fields that readers of the screen find too.

WeasyPrint leaves a rectangle for each element named `sign-…` (see archive.frame_destinations). A place gets two fields:
one for the signature of a person, centred between position and name, and one for the seal of an agency, which covers
about a third of the signature on its left (NĐ 30/2020/NĐ-CP, Annex I). All fields are made before the first signature,
because nobody may add to the structure of a document that somebody has signed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["person", "agency", "annex"]
Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points from the lower left corner of the page."""

MM = 72 / 25.4
"""Points in a millimetre."""

SIGNATURE = (50.0, 20.0)
"""Millimetres that the picture of a signature takes at most."""

LARGEST_SEAL = 50.0
"""Millimetres of the widest seal that a field has room for."""

COVERED = 1 / 3
"""Share of the signature that the seal covers."""

ANNEX = (80.0, 10.0)
"""Millimetres of the words that sign an annex, at the top right of its first page."""

EDGE = (20.0, 8.0)
"""Millimetres that they keep from the right and the upper edge of the sheet."""

PREFIX = "sign-"
AWAITING = "awaiting-signature"
"""The name that a document bears for as long as its own words say that it is not signed yet."""


@dataclass(frozen=True)
class Place:
    """A place for signatures: its name ("unit"), the page (from 0), the room between position and name."""

    name: str
    page: int
    box: Box


def field_name(place: str, kind: Kind) -> str:
    return f"{PREFIX}{place}-{kind}"


def destinations(reader: Any) -> dict[str, Any]:
    """The named destinations of a document; empty for one that has none."""
    names = list(inside(reader.root, "/Names", "/Dests", "/Names") or ())
    return {str(name): target for name, target in zip(names[::2], names[1::2], strict=True)}


def inside(thing: Any, *keys: str) -> Any:
    """What stands behind keys one inside the other, its references followed; None when one of them is missing."""
    for key in keys:
        if thing is None or key not in thing:
            return None
        thing = thing[key]
    return thing


def places_of(reader: Any) -> list[Place]:
    """The places that a document has, from its first page to its last and down the page."""
    pages = {reader.find_page_for_modification(number)[0].reference: number for number in range(page_count(reader))}
    found = []
    for name, target in destinations(reader).items():
        if name.startswith(PREFIX) and target[1] == "/FitR":
            left, bottom, right, top = (float(corner) for corner in list(target)[2:])
            box = (left, bottom, right, top)
            found.append(Place(name.removeprefix(PREFIX), pages[target.raw_get(0).reference], box))
    return sorted(found, key=lambda place: (place.page, -place.box[3], place.box[0]))


def page_count(reader: Any) -> int:
    return int(reader.root["/Pages"]["/Count"])


def person_box(place: Place) -> Box:
    """The middle of the place, as large as a signature may be and the place allows."""
    left, bottom, right, top = place.box
    width, height = min(SIGNATURE[0] * MM, right - left), min(SIGNATURE[1] * MM, top - bottom)
    return around((left + right) / 2, (bottom + top) / 2, width, height)


def agency_box(place: Place) -> Box:
    """Room for the widest seal on the left of a signature of any width; the seal is drawn inside it."""
    left, bottom, right, top = place.box
    middle, side = (left + right) / 2, LARGEST_SEAL * MM
    reach = SIGNATURE[0] * MM * (1 / 2 - COVERED)
    return (middle - reach - side, (bottom + top - side) / 2, middle, (bottom + top + side) / 2)


def around(x: float, y: float, width: float, height: float) -> Box:
    return (x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def annex_box(page: Any) -> Box:
    """The top right of a page, within its upper margin."""
    _, _, right, top = (float(side) for side in page["/MediaBox"])
    right, top = right - EDGE[0] * MM, top - EDGE[1] * MM
    return (right - ANNEX[0] * MM, top - ANNEX[1] * MM, right, top)


def drawn_size(width: int, height: int, room: tuple[float, float]) -> tuple[float, float]:
    """The largest size in the shape of a picture that fits into the room."""
    scale = min(room[0] / width, room[1] / height)
    return width * scale, height * scale


def seal_box(room: Box, signature_width: float, size: tuple[float, float]) -> Box:
    """Where the seal lies inside its field, from the field's own corner: right over a third of the signature.

    `signature_width` and `size` of the seal are in points; without a signature the seal lies as if one had full width.
    """
    reach = signature_width * (1 / 2 - COVERED)
    right, middle = room[2] - room[0] - reach, (room[3] - room[1]) / 2
    return (right - size[0], middle - size[1] / 2, right, middle + size[1] / 2)
