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
            # A JPEG file is read at half or a quarter of its size where that is still enough: thrice as fast.
            image.draft("RGB", PRINTED)
            picture = image.convert("RGBA" if image.has_transparency_data else "RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None
    picture.thumbnail(PRINTED)
    if picture.mode == "RGBA":
        picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture).convert("RGB")
    out = BytesIO()
    picture.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()
