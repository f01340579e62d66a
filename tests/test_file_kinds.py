"""What a file is comes from its bytes: what is known is kept as it came, everything else is refused."""

from __future__ import annotations

import io
import tracemalloc
import zipfile

import pytest
from PIL import Image

from survey.files import office_files
from survey.files.file_kinds import EXTENSIONS, LARGEST_FILE, LARGEST_PICTURE, is_inline, purify
from survey.problems import Problem
from tests.file_samples import (
    MP3_FRAME,
    OPEN_DOCUMENT,
    OPEN_XML,
    container,
    content_types,
    mp3,
    mp4,
    ogg,
    open_document,
    open_xml,
    pdf,
    picture,
    wav,
    webm,
)  # fmt: skip

WORD, SHEET = OPEN_XML + "wordprocessingml.document", OPEN_XML + "spreadsheetml.sheet"
KEPT = [
    (ogg(), "audio/ogg"),
    (ogg(b"\x01vorbis"), "audio/ogg"),
    (webm(b"A_OPUS"), "audio/webm"),
    (mp4(b"soun"), "audio/mp4"),
    (webm(b"A_OPUS", b"V_VP9"), "video/webm"),
    (mp4(b"vide", b"soun"), "video/mp4"),
    (mp4(b"vide").replace(b"ftypM4A ", b"ftypqt  "), "video/quicktime"),
    (mp4(b"vide").replace(b"ftypM4A ", b"ftyp3gp5"), "video/3gpp"),
    (mp3(), "audio/mpeg"),
    (mp3(tag=b"TIT2" + bytes(300)), "audio/mpeg"),
    (wav(), "audio/wav"),
    (pdf(), "application/pdf"),
    (open_xml(), WORD),
    (open_xml(SHEET), SHEET),
    (open_document(), OPEN_DOCUMENT + "text"),
    (open_document("spreadsheet"), OPEN_DOCUMENT + "spreadsheet"),
    ("Biên bản\r\n\tsố 5: 3 < 5 & x>2".encode(), "text/plain"),
    (b"\xef\xbb\xbfcode;name\n1;An\n", "text/plain"),
]
REFUSED = {
    "nothing": b"",
    "only spaces": b" \n ",
    "a page": b"<!DOCTYPE html><p>x",
    "a page behind spaces": b"\n \t<p onclick=x>",
    "a page behind a mark": b"\xef\xbb\xbf<html>",
    "a page behind words": b"Xin ch\xc3\xa0o <SCRIPT>alert(1)</SCRIPT>",
    "a drawing": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
    "a program of Windows": b"MZ\x90\0" + bytes(80),
    "a program of Linux": b"\x7fELF" + bytes(80),
    "a script": b"#!/bin/sh\nrm -rf x\n",
    "text with control signs": b"abc\x07def",
    "text in another coding": "Biên bản".encode("utf-16"),
    "a moving picture": picture("GIF"),
    "half a picture": picture()[:60],
    "a picture's beginning alone": b"\x89PNG\r\n\x1a\n<script>alert(1)</script>",
    "a film in Ogg": ogg(b"\x80theora"),
    "Matroska": webm(b"A_OPUS", kind=b"matr"),
    "an animation in MP4": mp4(b"text"),
    "a photo of another kind": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
    "one frame that is none": MP3_FRAME + b"<html>",
    "a tag without sound": b"ID3\4\0\0\0\0\0\0<html><script>alert(1)</script>",
    "a torn PDF": pdf()[:40],
    "a PDF behind a page": b"<html>" + pdf(),
    "any ZIP": container({"a.txt": "x"}),
    "a package of programs": container({"META-INF/MANIFEST.MF": "Main-Class: x"}),
    "a torn document": open_xml()[:-30],
    "a document behind a page": b"<html>" + open_xml(),
    "a document with macros": open_xml(**{"word/vbaProject.bin": b"x"}),
    "a document that says it has macros": open_xml("application/vnd.ms-word.document.macroEnabled"),
    "an open document with macros": open_document(**{"Basic/Standard/a.xml": "x"}),
    "a drawing document": open_document("graphics"),
    "another packing": container({"[Content_Types].xml": content_types(WORD)}, zipfile.ZIP_LZMA),
}


@pytest.mark.parametrize(("content", "media_type"), KEPT, ids=[media_type for _, media_type in KEPT])
def test_sound_and_documents_are_kept_byte_for_byte(content: bytes, media_type: str):
    assert purify(content) == (content, media_type)


@pytest.mark.parametrize("content", REFUSED.values(), ids=REFUSED)
def test_everything_else_is_refused(content: bytes):
    with pytest.raises(Problem) as caught:
        purify(content)
    assert caught.value.code == "attachment_bad"


def test_a_page_behind_a_picture_does_not_come_out_again():
    kept, media_type = purify(picture() + b"<html><script>alert(1)</script>")
    assert (media_type, b"script" in kept, Image.open(io.BytesIO(kept)).size) == ("image/png", False, (40, 20))


@pytest.mark.parametrize(
    ("content", "limit"), [(picture(), LARGEST_PICTURE), (wav(), LARGEST_FILE), (b"a", LARGEST_FILE)]
)
def test_pictures_and_other_files_have_limits_of_their_own(content: bytes, limit: int):
    purify(content.ljust(limit, b"a"))
    with pytest.raises(Problem) as caught:
        purify(content.ljust(limit + 1, b"a"))
    assert caught.value.code == "too_large"


def test_a_document_is_not_unpacked():
    bomb = open_xml(**{"word/media/bomb.bin": bytes(60_000_000)})
    tracemalloc.start()
    assert purify(bomb) == (bomb, WORD)
    assert tracemalloc.get_traced_memory()[1] < 2_000_000
    tracemalloc.stop()


def test_a_document_that_would_fill_the_reader_s_machine_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(office_files, "LARGEST_UNPACKED", 1_000_000)
    assert office_files.office_type(open_xml(**{"word/document.xml": bytes(1_000_001)})) is None


def test_the_part_that_names_the_type_is_read_to_its_limit_only():
    bomb = container({"[Content_Types].xml": content_types(WORD).encode() + bytes(60_000_000)})
    tracemalloc.start()
    assert office_files.office_type(bomb) is None
    assert tracemalloc.get_traced_memory()[1] < 4_000_000
    tracemalloc.stop()


def test_a_list_of_parts_without_end_is_not_read():
    entry = b"PK\1\2" + bytes(24) + b"\1\0" + bytes(16) + b"x"
    listed = entry * 300_000
    end = b"PK\5\6" + bytes(4) + b"\xff\xff\xff\xff" + len(listed).to_bytes(4, "little") + b"\4\0\0\0\0\0"
    forged = b"PK\3\4" + listed + end
    del listed
    tracemalloc.start()
    assert office_files.office_type(forged) is None
    assert tracemalloc.get_traced_memory()[1] < 4_000_000
    tracemalloc.stop()


def test_only_pictures_sound_and_films_are_shown_within_a_page():
    inline = {media_type for media_type in EXTENSIONS if is_inline(media_type)}
    assert inline == {media_type for media_type in EXTENSIONS if media_type.startswith(("image/", "audio/", "video/"))}
    assert [is_inline(other) for other in ("image/svg+xml", "text/html", "audio/evil")] == [False, False, False]
