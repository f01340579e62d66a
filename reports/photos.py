"""Photos at the size in which they are printed: a camera's file is many times larger than its place on the page."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from reports.facts import Photo

PRINTED = (460, 332)
"""Pixels of 78×56 mm, the place of a photo in the annex, at 150 dots per inch."""

QUALITY = 80


def printed(photo: Photo) -> bytes | None:
    """The photo as a JPEG file no larger than its place, on white where it is transparent.

    None when the file cannot be read as a picture.
    """
    try:
        with Image.open(BytesIO(photo.data)) as image:
            image.draft("RGB", (2 * PRINTED[0], 2 * PRINTED[1]))
            picture = image.convert("RGBA")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None
    picture.thumbnail(PRINTED)
    paper = Image.new("RGBA", picture.size, "white")
    out = BytesIO()
    Image.alpha_composite(paper, picture).convert("RGB").save(out, "JPEG", quality=QUALITY)
    return out.getvalue()
