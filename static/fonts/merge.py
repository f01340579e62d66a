"""Builds the fonts of the pages from the subset files of an npm package; run by hand, see README.md."""

from __future__ import annotations

import sys
from pathlib import Path

from reports.fonts.merge import merge

WEIGHTS = (400, 600, 700)
SUBSETS = ("latin", "vietnamese")


if __name__ == "__main__":
    for weight in WEIGHTS:
        font = merge(Path(sys.argv[1]) / f"be-vietnam-pro-{subset}-{weight}-normal.woff2" for subset in SUBSETS)
        font.flavor = "woff2"
        font.save(Path(__file__).parent / f"be-vietnam-pro-{weight}.woff2")
