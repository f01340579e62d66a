"""What is wrong with a file of boundaries is told before it fills the memory or reaches the map."""

from __future__ import annotations

import io
import json
import tracemalloc
from typing import Any

import pytest

from survey.map import boundary_file
from survey.map.boundary_file import read_boundaries
from survey.problems import Problem
from tests.boundary_world import FOUR, OPEN, collection, feature, square


def told(content: object, known: tuple[str, ...] = FOUR) -> tuple[str, dict[str, object]]:
    """The code and details of the refusal of a file."""
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    with pytest.raises(Problem) as raised:
        read_boundaries(io.BytesIO(body), known)
    return raised.value.code, raised.value.details


FLAT = [[105.6, 19.9], [105.7, 19.9], [105.6, 19.9]]


def topojson(arcs: list[Any], numbers: list[Any], transform: object = None) -> dict[str, Any]:
    shape = {"type": "Polygon", "id": FOUR[0], "arcs": numbers}
    return {"type": "Topology", "arcs": arcs, "transform": transform,
            "objects": {"x": {"type": "GeometryCollection", "geometries": [shape]}}}  # fmt: skip


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04 a ZIP file", "boundaries_unreadable"),
        (b"", "boundaries_unreadable"),
        (b"[" * 100_000, "boundaries_unreadable"),
        (b'{"type": "FeatureCollection", "features": ' + b"[" * 90_000 + b"]" * 90_000 + b"}", "boundaries_unreadable"),
        ({"type": "Polygon", "coordinates": []}, "boundaries_unreadable"),
        (collection(feature(FOUR[0], "ring")), "boundaries_unreadable"),  # type: ignore[arg-type]
        (collection(feature(FOUR[0], [["105", "20"]])), "boundaries_unreadable"),  # type: ignore[list-item]
        (collection(feature(FOUR[0], OPEN)), "boundaries_ring_open"),
        (collection(feature(FOUR[0], FLAT)), "boundaries_empty"),
        (collection(feature(FOUR[0], [])), "boundaries_empty"),
        (collection(feature(FOUR[0])), "boundaries_empty"),
        (collection(feature(FOUR[0], square(106, 20), kind="LineString")), "boundaries_not_polygon"),
        (collection(feature(FOUR[0], square(98, 20))), "boundaries_outside"),
        (collection(feature(FOUR[0], square(20, 106))), "boundaries_outside"),
        (collection(feature(FOUR[0], square(586_000, 2_200_000))), "boundaries_outside"),
        (collection(feature(FOUR[0], [[float("nan"), 20.0]] * 4)), "boundaries_outside"),
        (collection(feature(FOUR[0], [[10**400, 20]] * 4)), "boundaries_outside"),
        (collection(feature(FOUR[0], square(106, 20)), feature(" ", square(106, 20))), "boundaries_code_missing"),
        (collection(feature(FOUR[0], square(106, 20)), feature(FOUR[0], square(107, 20))), "boundaries_twice"),
        (topojson([OPEN], [[0]]), "boundaries_ring_open"),
        (topojson([OPEN, FLAT], [[0, 1]]), "boundaries_ring_open"),
        (topojson([OPEN], [[1]]), "boundaries_unreadable"),
        (topojson([OPEN], [["0"]]), "boundaries_unreadable"),
        (topojson([[]], [[0]]), "boundaries_empty"),
        (topojson([OPEN], [[0]], {"scale": [1, 1e999], "translate": [0, 0]}), "boundaries_unreadable"),
    ],
)  # fmt: skip
def test_a_faulty_file_is_refused_with_its_fault(content: object, code: str):
    assert told(content)[0] == code


def test_a_refusal_names_the_place():
    assert told(collection(feature(FOUR[0], square(106, 20)), feature(FOUR[1], OPEN))) == (
        "boundaries_ring_open", {"place": FOUR[1]}
    )  # fmt: skip
    twice = collection(*(feature(FOUR[n % 2], square(106, 20)) for n in range(4)))
    assert told(twice) == ("boundaries_twice", {"codes": f"{FOUR[1]}, {FOUR[0]}"})


@pytest.mark.parametrize(
    "body",
    [
        b'{"type": "Topology", "arcs": [' + b"[105,20]," * 10_000_000 + b"[]]}",
        b'{"type": "FeatureCollection", "features": [' + b"1," * 30_000_000 + b"1]}",
        b'{"type": "FeatureCollection", "features": [' + b'{"a":1},' * 9_000_000 + b"1]}",
    ],
)
def test_ten_million_points_are_refused_before_they_fill_the_memory(body: bytes):
    tracemalloc.start()
    assert told(body) == ("boundaries_too_many", {"limit": boundary_file.MOST_POINTS})
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < len(body) + (8 << 20)


def test_one_arc_walked_a_million_times_is_refused_before_it_fills_the_memory():
    arc = [[105 + n / 1e5, 20.0] for n in range(1_000)]
    assert told(topojson([arc], [[0, -1] * 500_000]))[0] == "boundaries_too_many"


def test_a_file_of_two_gigabytes_is_not_read_further_than_its_limit():
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size: int = -1) -> bytes:
            self.given += size
            return b" " * size

    endless = Endless()
    with pytest.raises(Problem) as raised:
        read_boundaries(endless, FOUR)  # type: ignore[arg-type]
    assert (raised.value.code, endless.given) == ("boundaries_too_large", boundary_file.LARGEST_FILE + 1)
