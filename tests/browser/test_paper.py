"""The minutes as sheets of paper: divided where paper may be divided, and printed one to one."""

from __future__ import annotations

import io
import re
from base64 import b64encode
from pathlib import Path
from random import Random
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from reports.ink import BLUE, PAPER, inked
from survey.field.joined_script import joined
from tests.minutes_sample import drawing

STATIC = Path(__file__).parents[2] / "static"
CHECKS = Path(__file__).with_name("paper.js")
WORDS = "đơn vị đề nghị cấp tài khoản riêng cho công chức phụ trách khoa học và công nghệ tại trung tâm phục vụ"
Node = list[Any]


@pytest.fixture(scope="module")
def desk(chromium: Browser) -> Page:
    """A page with nothing but the sheets, their style and fonts, and what finds their faults."""
    page = chromium.new_page(viewport={"width": 800, "height": 1280})
    styles = "".join(
        (STATIC / "css" / f"{name}.css").read_text("utf-8") for name in ("tokens", "base", "signing", "paper")
    )
    styles = re.sub(r"url\(\.\./fonts/([\w-]+\.woff2)\)", lambda found: data_url(STATIC / "fonts" / found[1]), styles)
    page.set_content(f'<style>{styles}</style><body class="papered"><main class="page"><div class="a4s"></div></main>')
    page.add_script_tag(content=f"{joined(STATIC / 'field', 'paper')}\nglobalThis.paper = $paper;")
    page.add_script_tag(content=f"{joined(STATIC / 'field', 'ink')}\nglobalThis.ink = $ink;")
    page.add_script_tag(content=CHECKS.read_text("utf-8"))
    page.evaluate("paper.paperFonts()")
    return page


def data_url(file: Path) -> str:
    return f"url(data:font/woff2;base64,{b64encode(file.read_bytes()).decode()})"


def minutes(seed: int, longest: int, rows: int, people: int) -> dict[str, Any]:
    """Minutes of that make: paragraphs and cells of up to so many words, rows of a table, people who sign."""
    chance = Random(seed)
    words = lambda most: " ".join(chance.choice(WORDS.split()) for _ in range(chance.randint(1, most)))  # noqa: E731
    parts = [["p", {}, "Biên bản"]]
    for number in range(8):
        parts += [
            ["h2", {}, f"{number}. {words(12)}"],
            ["p", {}, words(longest), ["b", {}, f" {words(9)} "], words(longest)],
        ]
        parts += [["h3", {}, words(6)], ["p", {"class": "lead"}, f"{words(4)}:"]]
        parts.append(["ul", {"class": "dashes"}, *(["li", {}, words(longest)] for _ in range(chance.randint(1, 5)))])
        if number % 3 == 0:
            parts += [["h2", {}, words(5)], table(words, chance.randint(1, rows), longest)]
    return {
        "language": "vi",
        "blocks": [*parts, end(words, people)],
        "foot": "Dự thảo",
        "corner": "Minh họa",
        "mark": "DỰ THẢO",
    }


def table(words: Any, rows: int, longest: int) -> Node:
    head = ["thead", {}, ["tr", {}, *(["th", {"scope": "col"}, words(2)] for _ in range(6))]]
    body = ["tbody", {}, *(["tr", {}, *(["td", {}, words(longest)] for _ in range(6))] for _ in range(rows))]
    return ["table", {"class": "decisions"}, ["caption", {}, words(4)], head, body]


def end(words: Any, people: int) -> Node:
    def place() -> list[Node]:
        return [
            ["div", {"class": "signing"}, ["p", {"class": "strong"}, words(5)]],
            ["div", {"class": "drawn"}],
            ["p", {}, "Tên"],
        ]

    pairs = [["div", {"class": "signers"}, *place(), *place()] for _ in range(people // 2)]
    sign = [
        "div",
        {"class": "sign"},
        ["div", {"class": "to"}, ["p", {}, "Nơi nhận"]],
        ["div", {"class": "signer"}, *place()],
    ]
    return [
        "div",
        {"class": "end"},
        ["p", {}, "gồm ", ["span", {"class": "pages"}], f" trang {words(40)}"],
        *pairs,
        sign,
    ]


@pytest.mark.parametrize(("longest", "rows", "people"), [(8, 2, 2), (60, 6, 4), (120, 2, 2), (300, 1, 2), (30, 5, 24)])
def test_nothing_is_divided_badly_or_lost(desk: Page, longest: int, rows: int, people: int):
    for seed in range(2):
        found = desk.evaluate("layOut", minutes(seed, longest, rows, people))
        assert (found["faults"], found["told"]) == ([], f"{found['sheets']:02}")


@pytest.mark.parametrize("block", [
    ["ul", {"class": "dashes"}, *(["li", {}, "một"] for _ in range(3))],
    ["p", {}, " ".join([WORDS] * 3)],
    ["table", {"class": "rows"}, ["thead", {}, ["tr", {}, ["th", {}, "TT"]]], ["tbody", {}, *(["tr", {}, ["td", {}, "1"]] for _ in range(3))]],
])  # fmt: skip
def test_a_block_may_begin_at_any_height(desk: Page, block: Node):
    heights = [930 + 0.37 * step for step in range(110)]
    faults = desk.evaluate(
        "([heights, block]) => heights.map((height) => layOutBelow(height, block)).flat()", [heights, block]
    )
    assert faults == []


def test_what_is_printed_are_the_sheets_of_the_screen(desk: Page):
    found = desk.evaluate("layOut", minutes(7, 30, 4, 2))
    printed = PdfReader(io.BytesIO(desk.pdf(prefer_css_page_size=True, print_background=True)))
    assert [round(page.mediabox.width) for page in printed.pages] == [595] * found["sheets"]
    around = [
        ["DỰ THẢO", "Minh họa", "Dự thảo", str(number) if number > 1 else ""]
        for number in range(1, found["sheets"] + 1)
    ]
    on_screen = [letters("".join([text, *more])) for text, more in zip(found["texts"], around, strict=True)]
    assert [letters(page.extract_text()) for page in printed.pages] == on_screen


def letters(text: str) -> list[str]:
    """What a text is written with, without the dashes that a style sets before items."""
    return sorted(re.sub(r"[\s-]+", "", text))


def test_a_signature_has_the_same_ink_as_on_the_server(desk: Page):
    address = f"data:image/png;base64,{b64encode(drawing()).decode()}"
    points = desk.evaluate("inkOf", [address, {"colour": BLUE, "paper": PAPER}])
    expected = inked(drawing())
    assert expected
    with Image.open(io.BytesIO(expected)) as picture:
        assert points["size"] == list(picture.size)
        opaque = list(picture.getchannel("A").tobytes())
    assert max(abs(one - other) for one, other in zip(points["alpha"], opaque, strict=True)) <= 2
    assert points["colour"] == list(BLUE)


@pytest.mark.parametrize(
    "address", ["data:image/png;base64,AAAA", "data:image/gif;base64,R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs="]
)
def test_what_is_no_drawing_gives_no_ink(desk: Page, address: str):
    empty = address.startswith("data:image/gif")
    assert (
        desk.evaluate(
            "([address, ink]) => globalThis.ink.inked(address, ink)",
            [address, {"colour": BLUE, "paper": 255 if empty else PAPER}],
        )
        is None
    )
