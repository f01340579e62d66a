"""Signatures as they are printed: blue on nothing, without the empty paper around them."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageOps

BLUE = (27, 58, 160)
"""The blue of a ballpoint pen, readable on white and in a grey copy."""

LARGEST = (600, 260)
"""Pixels of 50×22 mm, the place of a signature, at 300 dots per inch."""

PAPER = 24
"""Darkness out of 255 up to which a pixel counts as paper."""


def inked(data: bytes) -> bytes | None:
    """A drawn signature as a transparent PNG file in blue, cut to what is drawn and no larger than its place.

    None when the file cannot be read as a picture or nothing is drawn on it.
    """
    try:
        with Image.open(BytesIO(data)) as image:
            image.draft("RGB", (2 * LARGEST[0], 2 * LARGEST[1]))
            drawn = image.convert("RGBA")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None
    on_paper = Image.alpha_composite(Image.new("RGBA", drawn.size, "white"), drawn)
    strength = ImageOps.invert(on_paper.convert("L"))
    edges = strength.point(lambda darkness: 255 if darkness > PAPER else 0).getbbox()
    return coloured(strength.crop(edges)) if edges else None


def coloured(strength: Image.Image) -> bytes:
    """The strokes in blue, the darkest of them fully opaque."""
    strength.thumbnail(LARGEST)
    signature = Image.new("RGBA", strength.size, BLUE)
    signature.putalpha(ImageOps.autocontrast(strength))
    out = BytesIO()
    signature.save(out, "PNG", optimize=True)
    return out.getvalue()
