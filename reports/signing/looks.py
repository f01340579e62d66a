"""How a signature shows in a document: the picture of a signature, the print of a seal, or words on an annex."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from markupsafe import escape
from PIL import Image

from reports.ink import inked, sealed
from reports.pdf import ONE_AT_A_TIME, closed_fetcher, parsed_html, prepared, printable
from reports.signing.fields import fields_of, picture_size, show_page, show_picture, size_of
from reports.signing.places import MM, Box, Kind, around, drawn_size, field_name, seal_box

FONT_SIZE = 10
"""Points of the words that sign an annex (NĐ 30/2020/NĐ-CP, Annex I: Times New Roman, upright, black)."""


@dataclass(frozen=True)
class Look:
    """How a signature shows (NĐ 30/2020/NĐ-CP, Annex I).

    That of a person is a picture of it, that of an agency its seal, `seal_mm` wide as it is in reality; without a
    picture nothing shows. On an annex in a file of its own the words `number` (number and symbol) and the time show.
    """

    kind: Kind
    place: str = "delegation"
    picture: bytes | None = None
    seal_mm: float = 36
    number: str = ""


def draw(writer: Any, field: Any, look: Look, moment: datetime) -> None:
    """Let a field show what the signature looks like, if anything."""
    width, height = size_of(field)
    if look.kind == "annex":
        show_page(writer, field, annex_page(look.number, moment, (width, height)))
    elif look.kind == "person" and (picture := look.picture and inked(look.picture)):
        size = drawn_size(*pixels(picture), (width, height))
        show_picture(writer, field, picture, around(width / 2, height / 2, *size))
    elif look.kind == "agency" and (picture := look.picture and sealed(look.picture)):
        across, down = pixels(picture)
        size = (look.seal_mm * MM, look.seal_mm * MM * down / across)
        signature = fields_of(writer)[field_name(look.place, "person")].get_object()
        show_picture(writer, field, picture, seal_box(box_of(field), signature_width(signature), size))


def box_of(field: Any) -> Box:
    left, bottom, right, top = (float(side) for side in field["/Rect"])
    return left, bottom, right, top


def signature_width(field: Any) -> float:
    """Points that the picture of a person's signature is wide; while there is none, that it may be wide."""
    room = size_of(field)
    drawn = picture_size(field)
    return drawn_size(*drawn, room)[0] if drawn else room[0]


def pixels(picture: bytes) -> tuple[int, int]:
    with Image.open(BytesIO(picture)) as opened:
        return opened.size


def annex_page(number: str, moment: datetime, size: tuple[float, float]) -> bytes:
    """A page of that size in points with number and symbol and the time (ISO 8601, with its zone), to the right."""
    words = "<br/>".join(str(escape(printable(line))) for line in (number, moment.isoformat(timespec="seconds")))
    page = f"<html lang='vi'><head><title>Chữ ký số</title></head><body>{words}</body></html>"
    styles = (
        f"@page{{size:{size[0]}pt {size[1]}pt;margin:0}} body{{margin:0;font:{FONT_SIZE}pt/1.2 Tinos;text-align:right}}"
    )
    with ONE_AT_A_TIME:
        configuration, sheet = prepared(styles)
        content: bytes = parsed_html()(page, closed_fetcher()).write_pdf(
            stylesheets=[sheet], font_config=configuration, pdf_variant="pdf/a-3b"
        )
    return content
