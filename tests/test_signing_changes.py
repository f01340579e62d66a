import io

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from reports.pdf import render
from reports.signing.changes import only_signatures_since
from reports.signing.keys import key_of
from reports.signing.looks import Look
from reports.signing.pdf import sign
from tests.signing_world import NOW, PASSWORD, key_file

PLAIN = "<html lang='vi'><head><title>a</title></head><body><p id='sign-unit'>Xã</p><p id='sign-secretary'>b</p></body></html>"
KEY = key_of(key_file(), PASSWORD, NOW)
NUMBER, WORD = generic.NumberObject, generic.pdf_string


@pytest.fixture(scope="module")
def signed() -> bytes:
    return sign(render(PLAIN, ""), KEY, Look("person", "unit"), NOW)


def goes_on(content: bytes) -> bool:
    return only_signatures_since(PdfFileReader(io.BytesIO(content)), 1)


def changed(content: bytes, change) -> bytes:
    """The file with a new version of whatever `change` does to its writer and first page."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    page = writer.find_page_for_modification(0)[0]
    change(writer, page)
    writer.mark_update(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_further_signatures_are_only_signatures(signed):
    again = sign(signed, KEY, Look("person", "secretary"), NOW)
    assert [goes_on(content) for content in (signed, again)] == [True, True]


def test_field_that_another_program_adds_in_order_to_sign_is_one_too(signed):
    assert goes_on(sign(signed, KEY, Look("annex", number="05/BB-ĐCT"), NOW))


def move_field(writer, page):
    field = writer.root["/AcroForm"]["/Fields"][1]
    field[pdf_name("/Rect")] = generic.ArrayObject(map(NUMBER, (0, 0, 600, 800)))
    writer.mark_update(writer.root["/AcroForm"]["/Fields"].raw_get(1))


def cover_signature(writer, page):
    field = writer.root["/AcroForm"]["/Fields"].raw_get(0)
    field.get_object()[pdf_name("/AP")] = generic.DictionaryObject()
    writer.mark_update(field)


def paint_over(writer, page):
    stream = writer.add_object(generic.StreamObject(stream_data=b"0 0 600 800 re f"))
    writer.add_stream_to_page(0, stream)


def replace_text(writer, page):
    held = (
        page.get_object()["/Contents"].raw_get(0)
        if isinstance(page.get_object()["/Contents"], list)
        else page.get_object().raw_get("/Contents")
    )
    stream = held.get_object()
    stream._data = b"0 0 600 800 re f"
    stream._encoded_data = None
    writer.mark_update(held)


def add_note(writer, page):
    note = generic.DictionaryObject(
        {pdf_name("/Type"): pdf_name("/Annot"), pdf_name("/Subtype"): pdf_name("/FreeText")}
    )
    writer.register_annotation(page, writer.add_object(note))


def drop_field(writer, page):
    del page.get_object()["/Annots"][0]
    writer.mark_update(page)


def rename(writer, page):
    writer.root[pdf_name("/Lang")] = WORD("en")
    writer.update_root()


def add_text_field(writer, page):
    field = generic.DictionaryObject({pdf_name("/FT"): pdf_name("/Tx"), pdf_name("/T"): WORD("x")})
    writer.root["/AcroForm"]["/Fields"].append(writer.add_object(field))
    writer.update_container(writer.root["/AcroForm"]["/Fields"])


@pytest.mark.parametrize(
    "change", [move_field, cover_signature, paint_over, replace_text, add_note, drop_field, rename, add_text_field]
)
def test_any_other_change_is_seen(signed, change):
    assert not goes_on(changed(signed, change))


def test_field_for_a_signature_may_be_added_without_one(signed):
    added = changed(signed, lambda writer, page: append_signature_field(writer, SigFieldSpec("mới", box=(0, 0, 9, 9))))
    assert goes_on(added)
