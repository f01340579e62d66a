import io

import pikepdf
import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from reports.pdf import render
from reports.signing.check import check
from reports.signing.keys import key_of
from reports.signing.looks import Look
from reports.signing.pdf import SigningRefusedError, sign
from tests.signing_world import NOW, PASSWORD, key_file, other_root, root_file

PLAIN = "<html lang='vi'><head><title>a</title></head><body><p id='sign-unit'>Xã</p></body></html>"


@pytest.fixture(scope="module")
def signed() -> bytes:
    return sign(render(PLAIN, ""), key_of(key_file(), PASSWORD, NOW), Look("person", "unit"), NOW)


def states(content: bytes) -> list[str]:
    return [one.state for one in check(content)]


def with_comment(content: bytes) -> bytes:
    """The file with another title for its reader, added as if it were a new version."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    writer.root["/Lang"] = writer.root["/Lang"].__class__("en")
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_document_without_signatures_has_none():
    assert check(render(PLAIN, "")) == []


def test_change_of_what_was_signed_is_seen(signed):
    place = signed.index(b"stream") + 20
    assert states(signed[:place] + bytes([signed[place] ^ 1]) + signed[place + 1 :]) == ["broken"]


def test_what_was_added_after_the_last_signature_is_seen(signed):
    assert [states(changed) for changed in (signed, with_comment(signed), signed + b"%\n")] == [
        ["unchanged"], ["changed"], ["changed"]
    ]  # fmt: skip


def test_file_written_anew_lost_its_signature(signed):
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        pdf.save(out)
    assert states(out.getvalue()) == ["broken"]


def test_certificate_is_trusted_only_when_a_given_authority_stands_behind_it(signed):
    other = other_root()
    found = [check(signed, authorities)[0] for authorities in (b"", root_file(), other, other + root_file())]
    assert [(one.is_trusted, one.is_good) for one in found] == [
        (None, True),
        (True, True),
        (False, False),
        (True, True),
    ]


def test_name_in_a_certificate_cannot_pretend_to_be_more_than_a_name():
    key = key_of(key_file("Bộ\x1b[2J\n1. Giả \u202eb"), PASSWORD, NOW)
    [one] = check(sign(render(PLAIN, ""), key, Look("person", "unit"), NOW))
    assert one.name == "Bộ\ufffd[2J\ufffd1. Giả \ufffdb"


def test_signature_that_cannot_be_read_is_broken(signed):
    name = "Nguyễn".encode().hex().upper().encode()
    assert signed.count(name) == 1
    torn = signed.replace(name, b"4D" + name[2:])
    assert [(one.state, one.is_good) for one in check(torn, root_file())] == [("broken", False)]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"<html>"])
def test_what_is_no_pdf_cannot_be_checked(content):
    with pytest.raises(SigningRefusedError, match="signing_not_pdf"):
        check(content)
