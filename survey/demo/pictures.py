"""Pictures for fictitious visits: drawn, and marked as an illustration in the picture itself."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw

SCENES = [("#CCD5D2", "#8A9AA3"), ("#F1E3C8", "#9A6B3E"), ("#D7E0E8", "#5A6E7D")]


def scenes() -> list[bytes]:
    """Three PNG files of 640×480 that stand for the front, the counter and the equipment of an office."""
    return [_scene(index, wall, wood) for index, (wall, wood) in enumerate(SCENES, 1)]


def _scene(index: int, wall: str, wood: str) -> bytes:
    image = Image.new("RGB", (640, 480), wall)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 640, 64), fill="#B0221A")
    draw.rectangle((0, 330, 640, 480), fill="#B9C3C9")
    for place in range(index + 1):
        left = 70 + place * 150
        draw.rectangle((left, 250, left + 120, 350), fill=wood)
        draw.rectangle((left + 25, 180, left + 95, 235), fill="#0F1F2B")
        draw.rectangle((left + 30, 185, left + 90, 230), fill="#86A8C4")
    draw.text((24, 24), f"HINH MINH HOA {index} / ILLUSTRATION {index}", fill="white")
    return _png(image)


def signature() -> bytes:
    """A drawn stroke on white that stands for a signature."""
    image = Image.new("RGB", (600, 200), "white")
    points = [(40, 130), (90, 60), (120, 140), (180, 70), (215, 135), (300, 80), (330, 130), (440, 70), (560, 110)]
    ImageDraw.Draw(image).line(points, fill="#22377A", width=5, joint="curve")
    return _png(image)


def _png(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
