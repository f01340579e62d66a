"""Builds the fonts of the pages from the subset files of an npm package; run by hand, see README.md."""
# mypy: disable-error-code="import-untyped"

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.ttLib import TTFont

WEIGHTS = (400, 600, 700)
SUBSETS = ("latin", "vietnamese")


def merge(folder: Path, weight: int) -> TTFont:
    with tempfile.TemporaryDirectory() as scratch:
        parts = []
        for subset in SUBSETS:
            font = TTFont(folder / f"be-vietnam-pro-{subset}-{weight}-normal.woff2")
            font.flavor = None
            parts.append(f"{scratch}/{subset}.ttf")
            font.save(parts[-1])
        return Merger().merge(parts)


if __name__ == "__main__":
    for weight in WEIGHTS:
        font = merge(Path(sys.argv[1]), weight)
        font.flavor = "woff2"
        font.save(Path(__file__).parent / f"be-vietnam-pro-{weight}.woff2")
