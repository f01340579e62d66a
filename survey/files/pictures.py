"""Uploaded pictures are decoded and written anew, so that nothing but the picture is kept."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageFile, ImageOps

from survey.problems import Problem

MEDIA_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}
MOST_PIXELS = 40_000_000


def rewrite(content: bytes) -> tuple[bytes, str]:
    """The picture written anew without the camera's data, upright, and its media type; Problem attachment_bad."""
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint turns this on for the whole process: half a picture would pass
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _rewrite(content)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Problem("attachment_bad") from error


def _rewrite(content: bytes) -> tuple[bytes, str]:
    with Image.open(io.BytesIO(content), formats=list(MEDIA_TYPES)) as picture:
        kind = str(picture.format)
        if picture.width * picture.height > MOST_PIXELS or getattr(picture, "n_frames", 1) > 1:
            raise ValueError("too many pixels or frames")
        picture.load()
        upright = ImageOps.exif_transpose(picture)
    if kind == "JPEG" and upright.mode not in {"RGB", "L"}:
        upright = upright.convert("RGB")
    bare = Image.new(upright.mode, upright.size)
    if upright.mode == "P":
        bare = upright.convert("RGBA")
    else:
        bare.paste(upright)
    out = io.BytesIO()
    bare.save(out, kind, **({"quality": 88} if kind != "PNG" else {"optimize": False}))
    return out.getvalue(), MEDIA_TYPES[kind]
