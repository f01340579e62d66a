"""Signature fields inside a PDF: made with an empty look, given a picture, told to readers of the screen."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PIL import Image
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.content import RawContent
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.images import pil_image
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec, append_signature_field, enumerate_sig_fields

from reports.signing.places import Box, inside

Dictionary: Any = generic.DictionaryObject
Number: Any = generic.NumberObject

IMAGE = pdf_name("/Drawn")
"""What a field calls the picture in it."""


def fields_of(handler: Any) -> dict[str, Any]:
    """The signature fields of a document by name, each a reference to a dictionary; a signed one has a value "/V"."""
    return {name: field for name, _, field in enumerate_sig_fields(handler)}


def is_signed(field: Any) -> bool:
    return "/V" in field.get_object()


def add_field(writer: Any, name: str, page: int, box: Box, words: str, *, told: bool) -> None:
    """An empty field; `words` say what it is for, `told` puts it into the structure that is read aloud."""
    spec = SigFieldSpec(name, on_page=page, box=box, readable_field_name=words)  # type: ignore[arg-type]
    append_signature_field(writer, spec)
    root = inside(writer.root, "/StructTreeRoot")
    if told and root is not None:
        tell(writer, root, fields_of(writer)[name])


def tell(writer: Any, root: Any, field: Any) -> None:
    """A field in the structure of a tagged document, as a form of its own (ISO 14289-1, 7.18.4)."""
    whole = root["/K"][0]
    entry = dictionary(Type="StructElem", S="Form", P=root["/K"].raw_get(0), Pg=field.get_object().raw_get("/P"))
    entry[pdf_name("/K")] = dictionary(Type="OBJR", Obj=field)
    placed = writer.add_object(entry)
    whole["/K"].append(placed)
    writer.update_container(whole["/K"])
    numbers = root["/ParentTree"]["/Nums"]
    key = Number(max(list(numbers)[::2], default=-1) + 1)
    numbers.extend([key, placed])
    writer.update_container(numbers)
    field.get_object()[pdf_name("/StructParent")] = key


def dictionary(**entries: Any) -> Any:
    """A dictionary of PDF; text stands for a name."""
    return Dictionary(
        {
            pdf_name(f"/{key}"): pdf_name(f"/{value}") if isinstance(value, str) else value
            for key, value in entries.items()
        }
    )


def size_of(field: Any) -> tuple[float, float]:
    left, bottom, right, top = (float(side) for side in field["/Rect"])
    return right - left, top - bottom


def show_picture(writer: Any, field: Any, picture: bytes, box: Box) -> None:
    """Let a field show a picture (PNG) in a box that is counted from the field's own corner.

    It lies there like ink: what is below it stays readable.
    """
    with Image.open(BytesIO(picture)) as opened:
        image = pil_image(opened.convert("RGBA"), writer)
    left, bottom, right, top = box
    drawn = b"q /Ink gs %.3f 0 0 %.3f %.3f %.3f cm /Drawn Do Q" % (right - left, top - bottom, left, bottom)
    width, height = size_of(field)
    look = RawContent(drawn, box=BoxConstraints(width=width, height=height)).as_form_xobject()
    ink = dictionary(Ink=dictionary(Type="ExtGState", BM="Multiply"))
    look[pdf_name("/Resources")] = dictionary(XObject=Dictionary({IMAGE: image}), ExtGState=ink)
    show(writer, field, look)


def show_page(writer: Any, field: Any, page: bytes) -> None:
    """Let a field show the first page of another document, which is as large as the field."""
    show(writer, field, writer.import_page_as_xobject(PdfFileReader(BytesIO(page))).get_object())


def show(writer: Any, field: Any, look: Any) -> None:
    field[pdf_name("/AP")] = Dictionary({pdf_name("/N"): writer.add_object(look)})
    writer.update_container(field)


def picture_size(field: Any) -> tuple[int, int] | None:
    """Pixels of the picture that a field shows; None when it shows none."""
    drawn = inside(field, "/AP", "/N", "/Resources", "/XObject", IMAGE)
    return (int(drawn["/Width"]), int(drawn["/Height"])) if drawn is not None else None
