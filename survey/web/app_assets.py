"""Where the static files lie, addresses for them that change with their content, and the icons in the pages."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from pathlib import Path

from flask import Response, request, url_for
from markupsafe import Markup

ASSETS = {"static", "show_styles"}
"""Endpoints of what is the same for everybody, signed in or not."""

STATIC = Path(__file__).parents[2] / "static"
ICONS = Path(__file__).parents[1] / "templates" / "icons.svg"
SYMBOL = re.compile(r'<symbol id="([^"]+)" viewBox="0 0 24 24">(.+?)</symbol>')


def fingerprint(content: bytes) -> str:
    """A short hash for an address that changes with what it leads to."""
    return hashlib.sha256(content).hexdigest()[:12]


@lru_cache(maxsize=512)
def _fingerprint_of(path: Path, changed_ns: int) -> str:
    return fingerprint(path.read_bytes())


def asset(name: str) -> str:
    """The address of a static file that changes when its content does, so that browsers may keep it for ever."""
    path = STATIC / name
    return url_for("static", filename=name, v=_fingerprint_of(path, path.stat().st_mtime_ns))


@lru_cache(maxsize=1)
def _icons() -> dict[str, Markup]:
    return {name: Markup(drawing) for name, drawing in SYMBOL.findall(ICONS.read_text())}  # noqa: S704 - our own file


def icon_drawing(name: str) -> Markup:
    """What stands inside the <svg> of an icon; KeyError when there is none of that name.

    In the page and not in a file of its own: Chromium would open that as a document beside each page.
    """
    return _icons()[name]


def keep_versioned_assets(response: Response) -> Response:
    """Static files with a fingerprint stay in the browser's cache, fonts for a month; others are asked for again."""
    if request.endpoint in ASSETS and response.status_code == 200:
        for_ever = "public, max-age=31536000, immutable"
        named = "public, max-age=2592000" if request.path.startswith("/static/fonts/") else "no-cache"
        response.headers["Cache-Control"] = for_ever if "v" in request.args else named
    return response
