"""HTML to a tagged PDF by WeasyPrint: fonts embedded, nothing loaded from anywhere, the same bytes each time."""

from __future__ import annotations

import base64
import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
FACES = {
    "Tinos-Regular": ("normal", "normal"),
    "Tinos-Bold": ("bold", "normal"),
    "Tinos-Italic": ("normal", "italic"),
    "Tinos-BoldItalic": ("bold", "italic"),
}
FONT_SCHEME = "font"

UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0f\ufeff]")
"""Control signs, among them those that turn the direction of the sentence around them."""

BEYOND_FONT = re.compile("[\U00010000-\U0010ffff]+")
"""Emoji and rare scripts, which the document font lacks."""


class PrintingUnavailableError(RuntimeError):
    """WeasyPrint cannot find pango; the message says what to install."""

    def __init__(self) -> None:
        super().__init__(
            "Cannot make PDF files: the pango library is missing. "
            "Install it with: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
        )


def data_url(media_type: str, content: bytes) -> str:
    return f"data:{media_type};base64,{base64.b64encode(content).decode()}"


def printable(html: str) -> str:
    """The text with nothing in it that the document font cannot show; a replacement sign stands for emoji."""
    return BEYOND_FONT.sub("\ufffd", UNSEEN.sub("", html))


def font_faces() -> str:
    """The @font-face rules of the document font, with addresses that only `render` knows."""
    return "".join(
        f'@font-face{{font-family:Tinos;font-weight:{weight};font-style:{style};src:url("{FONT_SCHEME}:{name}.ttf")}}'
        for name, (weight, style) in FACES.items()
    )


@lru_cache(maxsize=len(FACES))
def font_file(name: str) -> bytes:
    return (HERE / "fonts" / name).read_bytes()


def weasyprint() -> Any:
    """The library, imported late: it takes 0.5 s and needs pango, which the rest of the product does without."""
    try:
        import weasyprint
    except OSError as error:
        raise PrintingUnavailableError from error
    return weasyprint


def closed_fetcher(library: Any) -> Any:
    """A fetcher that serves the document fonts and `data:` addresses and refuses everything else."""

    class ClosedFetcher(library.urls.URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            scheme, _, name = url.partition(":")
            if scheme == FONT_SCHEME and name.removesuffix(".ttf") in FACES:
                return library.urls.URLFetcherResponse(url, font_file(name), {"Content-Type": "font/ttf"})
            return super().fetch(url, headers)

    return ClosedFetcher(allowed_protocols={"data"})


@contextmanager
def garbage_uncollected() -> Iterator[None]:
    """A tenth faster: laying out makes a million objects that all stay until its end."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def render(html: str, css: str) -> bytes:
    """A PDF/UA-1 file of an HTML text; title, language and author come from its head.

    The same text gives the same bytes. Raises PrintingUnavailableError.
    """
    library = weasyprint()
    configuration = library.text.fonts.FontConfiguration()
    fetcher = closed_fetcher(library)
    style = library.CSS(string=font_faces() + css, font_config=configuration, url_fetcher=fetcher)
    document = library.HTML(string=printable(html), url_fetcher=fetcher)
    with garbage_uncollected():
        content: bytes = document.write_pdf(
            stylesheets=[style],
            font_config=configuration,
            pdf_variant="pdf/ua-1",
        )
    return content
