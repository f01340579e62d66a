import io

import pytest
from PIL import Image

from reports.bars import EDGE, FULL, HEIGHT, WIDTH, bar, pair
from reports.raster import png_of_svg

UNIT = 4
"""Pixels to a point."""


def darkness(svg: str, y: float, share: float) -> str:
    """What stands at a share of the scale in a row of a picture: white, grey, black, or a line of hatching."""
    image = Image.open(io.BytesIO(png_of_svg(svg, [])[0]))
    x = EDGE + (WIDTH - 2 * EDGE) * share / 100
    shades = {image.getpixel((round((x + step / 4) * UNIT), round(y * UNIT))) for step in range(-6, 7)}
    return (
        "hatched"
        if {0, 255} <= shades
        else {0: "black", 0x55: "grey", 255: "white"}[min(shades, key=lambda s: s != 255)]
    )


@pytest.mark.parametrize(
    ("low", "high", "is_total", "shown"),
    [
        (60, 60, False, ["grey", "grey", "white"]),
        (60, 60, True, ["black", "black", "white"]),
        (30, 60, False, ["grey", "hatched", "white"]),
        (0, 0, False, ["white", "white", "white"]),
        (-5, 140, False, ["hatched", "hatched", "hatched"]),
    ],
)
def test_bar_is_filled_hatched_or_empty(low, high, is_total, shown):
    assert [darkness(bar(low, high, is_total), 6.5, share) for share in (15, 45, 85)] == shown


def test_pair_shows_the_first_white_and_the_second_dark_below_it():
    drawn = pair(60, 30, FULL)
    assert [darkness(drawn, y, 15) for y in (3.5, 9.5)] == ["white", "grey"]
    assert [drawn.count(f'width="{(WIDTH - 2 * EDGE) * share:.2f}"') for share in (0.6, 0.3)] == [1, 1]


def test_pair_of_counts_has_no_scale_and_nothing_is_drawn_for_none():
    assert [pair(1, 0, 3).count("<rect"), pair(0, 0, 0).count("<rect"), pair(0, 0, 0).count("<path")] == [1, 0, 1]
    assert pair(1, 2, FULL).count("<path") == 2


def test_pictures_are_of_one_size():
    sizes = {Image.open(io.BytesIO(png_of_svg(svg, [])[0])).size for svg in (bar(1, 2), pair(1, 2, 3))}
    assert sizes == {(WIDTH * UNIT, HEIGHT * UNIT)}
