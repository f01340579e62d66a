"""Recognises office documents by what their ZIP container says they are; nothing but that one part is unpacked."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

MIB = 1024 * 1024
LARGEST_LIST = MIB  # the container's own list of its parts: thousands fit, a bomb does not
LARGEST_UNPACKED = 500 * MIB  # what the parts say they come to: more is made to fill the reader's machine
LARGEST_NOTE = 256 * 1024  # the part that names the type
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)
"""What Python raises for a ZIP file that is torn, damaged, forged or locked with a password."""

OPEN_XML = "application/vnd.openxmlformats-officedocument."
OFFICE_TYPES = {
    OPEN_XML + "wordprocessingml.document": b'"' + OPEN_XML.encode() + b'wordprocessingml.document.main+xml"',
    OPEN_XML + "spreadsheetml.sheet": b'"' + OPEN_XML.encode() + b'spreadsheetml.sheet.main+xml"',
}
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
OPEN_DOCUMENT_TYPES = (OPEN_DOCUMENT + "text", OPEN_DOCUMENT + "spreadsheet")


class _Reader(io.BytesIO):
    """Gives out no piece larger than the list of parts may be."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > LARGEST_LIST:
            raise zipfile.BadZipFile("the list of parts is too long")
        return super().read(size)


def office_type(content: bytes) -> str | None:
    """The media type of a DOCX, XLSX, ODT or ODS document without macros, None when it is none."""
    if not content.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(_Reader(content)) as archive:
            return _type_of(archive)
    except BROKEN:
        return None


def _type_of(archive: zipfile.ZipFile) -> str | None:
    parts = archive.infolist()
    if sum(part.file_size for part in parts) > LARGEST_UNPACKED or any(_is_suspect(part) for part in parts):
        return None
    names = {part.filename for part in parts}
    if "mimetype" in names:
        said = _read(archive, "mimetype").decode("ascii")
        return said if said in OPEN_DOCUMENT_TYPES and "content.xml" in names else None
    listed = _read(archive, "[Content_Types].xml") if "[Content_Types].xml" in names else b""
    return next((name for name, mark in OFFICE_TYPES.items() if mark in listed), None)


def _is_suspect(part: zipfile.ZipInfo) -> bool:
    """A macro, or packed in a way that unpacks without a limit."""
    folder, _, last = part.filename.lower().rpartition("/")
    is_macro = last == "vbaproject.bin" or folder.partition("/")[0] in ("basic", "scripts")
    return is_macro or part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        content = part.read(LARGEST_NOTE + 1)
    if len(content) > LARGEST_NOTE:
        raise ValueError("more than a note")
    return content
