"""HTML to a tagged PDF for the archive by WeasyPrint: fonts embedded, nothing loaded, the same bytes each time."""

from __future__ import annotations

import base64
import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any
from unicodedata import normalize
from xml.etree import ElementTree

from reports import archive

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

BLANK = "\t\n\u2000-\u200a\u202f\u205f\u3000"
"""Spaces, which need no shape in the font."""


class PrintingUnavailableError(RuntimeError):
    """WeasyPrint cannot find pango; the message says what to install."""

    def __init__(self) -> None:
        super().__init__(
            "Cannot make PDF files: the pango library is missing. "
            "Install it with: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
        )


def data_url(media_type: str, content: bytes) -> str:
    return f"data:{media_type};base64,{base64.b64encode(content).decode()}"


@lru_cache(maxsize=1)
def beyond_font() -> re.Pattern[str]:
    """What the document font lacks: emoji, other scripts, rare signs, and what no document may hold.

    A sign without a shape is no PDF/A (ISO 19005-3, 6.2.11.8), and another font may be missing on the next machine.
    """
    return re.compile(f"[^{BLANK}{re.escape(''.join(map(chr, font_signs())))}]+")


@lru_cache(maxsize=1)
def font_signs() -> list[int]:
    """The code points for which the document font has a shape, in their order; all four faces have the same."""
    from fontTools.ttLib import TTFont  # late like WeasyPrint, which brings it

    return sorted(TTFont(BytesIO(font_file("Tinos-Regular.ttf"))).getBestCmap())


def printable(text: str) -> str:
    """The text with nothing in it that the document font cannot show; a replacement sign stands for the rest."""
    return beyond_font().sub("\ufffd", UNSEEN.sub("", normalize("NFC", text)))


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


@lru_cache(maxsize=1)
def closed_fetcher() -> Any:
    """A fetcher that serves the document fonts and `data:` addresses and refuses everything else."""
    library: Any = weasyprint()

    class ClosedFetcher(library.urls.URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            scheme, _, name = url.partition(":")
            if scheme == FONT_SCHEME and name.removesuffix(".ttf") in FACES:
                return library.urls.URLFetcherResponse(url, font_file(name), {"Content-Type": "font/ttf"})
            return super().fetch(url, headers)

    return ClosedFetcher(allowed_protocols={"data"})


@lru_cache(maxsize=1)
def parsed_html() -> Any:
    """WeasyPrint's document, read by the XML parser: what we write ourselves needs no repair of tags left open.

    That is a twentieth of the whole work, and a template that forgets to close a tag is found by its first test.
    WeasyPrint's style sheet for all of HTML, which styles six pseudo-elements of every element, is another twentieth:
    `base.css` stands in its place.
    """
    from cssselect2 import ElementWrapper

    library: Any = weasyprint()
    base = library.CSS(string=(HERE / "templates" / "base.css").read_text(encoding="utf-8"))

    class ParsedHTML(library.HTML):  # type: ignore[misc]
        def __init__(self, text: str, url_fetcher: Any) -> None:
            self.base_url = None
            self.url_fetcher = url_fetcher
            self.media_type = "print"
            self.wrapper_element = ElementWrapper.from_html_root(ElementTree.fromstring(text))  # noqa: S314 our own text, all escaped
            self.etree_element = self.wrapper_element.etree_element

        def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
            return [base]

    return ParsedHTML


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


@lru_cache(maxsize=4)
def prepared(styles: str) -> tuple[Any, Any]:
    """A style sheet parsed once, with the font configuration that its @font-face rules went into."""
    library = weasyprint()
    configuration = library.text.fonts.FontConfiguration()
    rules = font_faces() + archive.STYLES + styles
    sheet = library.CSS(string=rules, font_config=configuration, url_fetcher=closed_fetcher())
    return configuration, sheet


ONE_AT_A_TIME = Lock()
"""Reports share their fonts, and pango's font map belongs to one thread at a time."""


def render(html: str, styles: str, margins: str = "", data: archive.Data | None = None) -> bytes:
    """A PDF/A-3a and PDF/UA-1 file of well-formed HTML; title, language and author come from its head.

    `styles` are the same for many documents and parsed once, `margins` are the rules of this one; `data`, when given,
    go inside the file as `data.json`. The same arguments give the same bytes. Raises PrintingUnavailableError, and
    xml.etree.ElementTree.ParseError for a tag left open.
    """
    library = weasyprint()
    document = parsed_html()(printable(html), closed_fetcher())
    with ONE_AT_A_TIME, garbage_uncollected():
        configuration, sheet = prepared(styles)
        own = library.CSS(string=printable(margins), font_config=configuration, url_fetcher=closed_fetcher())
        content: bytes = document.write_pdf(
            stylesheets=[sheet, own],
            font_config=configuration,
            pdf_variant=archive.VARIANT,
            attachments=[archive.attachment(library, data)] if data else None,
            finisher=archive.finish,
        )
    return content
