"""Small files of every kind that is taken, and of some that are not, made byte by byte."""

from __future__ import annotations

import hashlib
import io
import wave
import zipfile

from PIL import Image

OPEN_XML = "application/vnd.openxmlformats-officedocument."
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
MP3_FRAME = b"\xff\xfb\x90\x00" + bytes(413)  # MPEG-1, layer III, 128 kbit/s at 44,100 Hz: 417 bytes


def hash_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 20), mode: str = "RGB", **options: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "red" if mode == "RGB" else 0).save(out, kind, **options)
    return out.getvalue()


def wav() -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setparams((1, 2, 8_000, 0, "NONE", ""))
        sound.writeframes(bytes(1_600))
    return out.getvalue()


def ogg(codec: bytes = b"OpusHead") -> bytes:
    return b"OggS\0\2" + bytes(20) + b"\x01\x13" + codec + bytes(40)


def webm(*codecs: bytes, kind: bytes = b"webm") -> bytes:
    head = b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84" + kind
    return head + b"\x18\x53\x80\x67" + b"".join(b"\x86" + bytes([0x80 + len(codec)]) + codec for codec in codecs)


def mp4(*handlers: bytes) -> bytes:
    boxes = b"".join(b"\0\0\0\x21hdlr" + bytes(8) + handler + bytes(13) for handler in handlers)
    return b"\0\0\0\x18ftypM4A \0\0\0\0M4A isom" + boxes


def mp3(tag: bytes = b"") -> bytes:
    size = bytes([0, 0, len(tag) >> 7, len(tag) & 127])
    return (b"ID3\4\0\0" + size + tag if tag else b"") + MP3_FRAME * 3


def pdf() -> bytes:
    return b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def container(parts: dict[str, str | bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def content_types(kind: str) -> str:
    said = f'<Override PartName="/main.xml" ContentType="{kind}.main+xml"/>'
    return f'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{said}</Types>'


def open_xml(kind: str = OPEN_XML + "wordprocessingml.document", **parts: str | bytes) -> bytes:
    return container({"[Content_Types].xml": content_types(kind), "word/document.xml": "<w:document/>", **parts})


def open_document(kind: str = "text", **parts: str | bytes) -> bytes:
    return container({"mimetype": OPEN_DOCUMENT + kind, "content.xml": "<office:document-content/>", **parts})
