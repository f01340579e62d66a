"""Signatures and seals as they are printed: blue or red on nothing, without the empty paper around them."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageOps

BLUE = (27, 58, 160)
"""The blue of a ballpoint pen, readable on white and in a grey copy."""

RED = (200, 16, 46)
"""The red of a seal."""

LARGEST = (600, 260)
"""Pixels of 50×22 mm, the place of a signature, at 300 dots per inch."""

LARGEST_SEAL = (600, 600)
"""The same of the widest seal, 50 mm."""

PAPER = 24
"""Darkness out of 255 up to which a pixel counts as paper."""


def inked(data: bytes) -> bytes | None:
    """A drawn signature as a transparent PNG file in blue, cut to what is drawn and no larger than its place.

    None when the file cannot be read as a picture or nothing is drawn on it.
    """
    return in_ink(data, BLUE, LARGEST)


def sealed(data: bytes) -> bytes | None:
    """The same of the print of a seal, in red: its edge is the edge of the picture."""
    return in_ink(data, RED, LARGEST_SEAL)


def in_ink(data: bytes, colour: tuple[int, int, int], largest: tuple[int, int]) -> bytes | None:
    try:
        with Image.open(BytesIO(data)) as image:
            image.draft("RGB", (2 * largest[0], 2 * largest[1]))
            drawn = image.convert("RGBA")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None
    on_paper = Image.alpha_composite(Image.new("RGBA", drawn.size, "white"), drawn)
    strength = ImageOps.invert(on_paper.convert("L"))
    edges = strength.point(lambda darkness: 255 if darkness > PAPER else 0).getbbox()
    return coloured(strength.crop(edges), colour, largest) if edges else None


def coloured(strength: Image.Image, colour: tuple[int, int, int], largest: tuple[int, int]) -> bytes:
    """The strokes in one colour, the darkest of them fully opaque."""
    strength.thumbnail(largest)
    picture = Image.new("RGBA", strength.size, colour)
    picture.putalpha(ImageOps.autocontrast(strength))
    out = BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()
