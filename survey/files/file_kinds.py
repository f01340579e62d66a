"""What an uploaded file is, told from its bytes and never from its name or header; only what is known is taken."""

from __future__ import annotations

import re
from collections.abc import Callable

from survey.files import pictures
from survey.files.film import film_type
from survey.files.office_files import office_type
from survey.files.sound import sound_type
from survey.problems import Problem

MIB = 1024 * 1024
LARGEST_PICTURE = 10 * MIB
LARGEST_FILE = 25 * MIB

PDF, TEXT = "application/pdf", "text/plain"
EXTENSIONS = {
    "image/png": "png", "image/jpeg": "jpg", "image/webp": "webp",
    "audio/ogg": "ogg", "audio/webm": "webm", "audio/mp4": "m4a", "audio/mpeg": "mp3", "audio/wav": "wav",
    "video/mp4": "mp4", "video/webm": "webm", "video/quicktime": "mov", "video/3gpp": "3gp",
    PDF: "pdf", TEXT: "txt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.oasis.opendocument.text": "odt", "application/vnd.oasis.opendocument.spreadsheet": "ods",
}  # fmt: skip
"""The media types of files that are kept, with the ending of the name under which they are given out."""

PICTURE = re.compile(rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff|RIFF.{4}WEBP", re.DOTALL)
PDF_END = 2048  # bytes at the end in which the last line of a PDF file stands
CONTROLS = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
MARKUP = re.compile(
    r"\A\s*(?:<|#!|%PDF|%!PS|\{\\rtf)"
    r"|<(?:!doctype|\?xml|html|head|body|script|style|svg|iframe|object|embed|form|img|meta|link)\b",
    re.IGNORECASE,
)
"""Texts that a browser, a shell or another program takes for more than a text."""


def purify(content: bytes) -> tuple[bytes, str]:
    """The bytes to keep and their media type: pictures written anew, sound, films and documents as they came.

    Problem attachment_bad for everything else, too_large for a picture above its own limit or any file above all.
    """
    is_picture = PICTURE.match(content) is not None
    if len(content) > (LARGEST_PICTURE if is_picture else LARGEST_FILE):
        raise Problem("too_large")
    if is_picture:
        return pictures.rewrite(content)
    for told in KINDS:
        if media_type := told(content):
            return content, media_type
    raise Problem("attachment_bad")


def is_inline(media_type: str) -> bool:
    """Whether a browser may show a file within a page: pictures, sound and films run nothing."""
    return media_type in EXTENSIONS and media_type.startswith(("image/", "audio/", "video/"))


def pdf_type(content: bytes) -> str | None:
    is_pdf = content.startswith(b"%PDF-") and b"%%EOF" in content[-PDF_END:]
    return PDF if is_pdf else None


def text_type(content: bytes) -> str | None:
    """Plain text in UTF-8 with something in it, without control characters and without markup."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    is_plain = text.strip() and not CONTROLS.search(text) and not MARKUP.search(text)
    return TEXT if is_plain else None


KINDS: tuple[Callable[[bytes], str | None], ...] = (sound_type, film_type, pdf_type, office_type, text_type)
