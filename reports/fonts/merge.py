"""Builds the four Tinos faces of this folder from the subset files of the npm package; run by hand, see README.md."""
# mypy: disable-error-code="import-untyped"

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from fontTools.merge import Merger
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

FACES = {
    "Tinos-Regular": "400-normal",
    "Tinos-Bold": "700-normal",
    "Tinos-Italic": "400-italic",
    "Tinos-BoldItalic": "700-italic",
}
SUBSETS = ("latin", "latin-ext", "vietnamese")
Part = tuple[str, tuple[float, float, float, float, float, float]]


def merge(files: Iterable[Path]) -> TTFont:
    """The subsets of one face as one font."""
    with tempfile.TemporaryDirectory() as scratch:
        parts = []
        for number, path in enumerate(files):
            font = TTFont(path)
            font.flavor = None
            parts.append(f"{scratch}/{number}.ttf")
            font.save(parts[-1])
        return Merger().merge(parts)


def add_sign(font: TTFont, code: int, name: str, width_of: str, parts: list[Part]) -> None:
    """Adds a sign that no subset holds, put together from glyphs that are there."""
    glyphs = font.getGlyphSet()
    pen = TTGlyphPen(None)
    for glyph, matrix in parts:
        recording = DecomposingRecordingPen(glyphs)
        glyphs[glyph].draw(recording)
        recording.replay(TransformPen(pen, matrix))
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"][name] = pen.glyph()
    font["glyf"][name].recalcBounds(font["glyf"])
    font["hmtx"][name] = (font["hmtx"][width_of][0], font["glyf"][name].xMin)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[code] = name


def complete(font: TTFont) -> None:
    """Adds ≤, ≥ and →, which thresholds in checklists use."""
    cmap = font.getBestCmap()
    less, greater, minus, up = (cmap[ord(sign)] for sign in "<>−↑")
    for code, name, base in ((0x2264, "lessequal", less), (0x2265, "greaterequal", greater)):
        low = font["glyf"][minus].yMax
        add_sign(font, code, name, base, [(base, (1, 0, 0, 0.85, 0, 260)), (minus, (1, 0, 0, 1, 0, 60 - low))])
    add_sign(font, 0x2192, "arrowright", up, [(up, (0, -1, 1, 0, 0, 1050))])


def main() -> None:
    for name, style in FACES.items():
        font = merge(Path(sys.argv[1]) / f"tinos-{subset}-{style}.woff" for subset in SUBSETS)
        complete(font)
        font.save(Path(__file__).parent / f"{name}.ttf")


if __name__ == "__main__":
    main()
