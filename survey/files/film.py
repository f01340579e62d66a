"""Recognises films by the marks of their container: WebM with a track of pictures, MP4, QuickTime and 3GP."""

from __future__ import annotations

from survey.files.sound import HEAD, MP4_HANDLER, WEBM_PICTURES

WEBM = b"\x1a\x45\xdf\xa3"
BRANDS = {b"qt  ": "video/quicktime", b"3gp": "video/3gpp", b"3g2": "video/3gpp"}
"""The first brand of a file of the MP4 family; every other one counts as MP4."""


def film_type(content: bytes) -> str | None:
    """The media type of a film, None when it is none; a container with sound alone is none."""
    head = content[:HEAD]
    if head[:4] == WEBM and b"\x42\x82\x84webm" in head[:64] and any(codec in head for codec in WEBM_PICTURES):
        return "video/webm"
    if content[4:8] != b"ftyp" or b"vide" not in {found[1] for found in MP4_HANDLER.finditer(content)}:
        return None
    brand = content[8:12]
    return next((kind for known, kind in BRANDS.items() if brand.startswith(known)), "video/mp4")
