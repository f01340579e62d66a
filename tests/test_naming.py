"""The names of units in two languages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask, g

from forms.units import Unit, load
from survey.naming import province_named, unit_in_sentence, unit_title, unit_with_province

DAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def named() -> Callable[[str], Unit]:
    units = {unit.code: unit for unit in load()}
    return units.__getitem__


def names(unit: Unit) -> tuple[str, str, str]:
    return unit_title(unit), unit_in_sentence(unit), unit_with_province(unit, DAY)


def test_a_commune(app: Flask, named: Callable[[str], Unit]):
    with app.test_request_context():
        assert names(named("15271")) == ("Xã Hà Trung", "xã Hà Trung", "Xã Hà Trung, tỉnh Thanh Hóa")
        g.language = "en"
        assert names(named("15271")) == ("Hà Trung Commune", "Hà Trung Commune", "Hà Trung Commune, Thanh Hóa Province")


def test_a_body_of_a_province(app: Flask, named: Callable[[str], Unit]):
    with app.test_request_context():
        g.language = "en"
        assert unit_title(named("92.TT")) == "Public Administration Service Centre of Cần Thơ City"
        assert unit_title(named("38")) == "Thanh Hóa Province"


def test_a_province_that_became_a_city(app: Flask):
    with app.test_request_context():
        assert [province_named("75", "Đồng Nai", day) for day in (date(2026, 4, 29), DAY)] == [
            "Tỉnh Đồng Nai",
            "Thành phố Đồng Nai",
        ]
        g.language = "en"
        assert [province_named("75", "Đồng Nai", day) for day in (date(2026, 4, 29), DAY)] == [
            "Đồng Nai Province",
            "Đồng Nai City",
        ]
