from collections import Counter
from datetime import date

import pytest

from forms.units import Unit, body_name, english_name, fold, load, name_in_sentence, search, valid_on

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def every() -> tuple[Unit, ...]:
    return load()


@pytest.fixture(scope="module")
def today(every):
    return valid_on(every, TODAY)


def codes(units):
    return [unit.code for unit in units]


@pytest.mark.parametrize(
    ("day", "xa", "phuong"),
    [(date(2025, 7, 1), 2621, 687), (date(2026, 4, 29), 2621, 687), (date(2026, 4, 30), 2611, 697)],
)
def test_counts_are_those_of_the_resolutions(every, day, xa, phuong):
    kinds = Counter(unit.kind for unit in valid_on(every, day))
    assert kinds == {"xa": xa, "phuong": phuong, "dac_khu": 13, "so": 34, "tinh": 34, "province": 34}


@pytest.mark.parametrize(("day", "cities"), [(date(2026, 4, 29), 6), (date(2026, 4, 30), 7)])
def test_dong_nai_becomes_a_city(every, day, cities):
    names = [unit.name for unit in valid_on(every, day) if unit.kind == "province"]
    assert sum(name.startswith("Thành phố ") for name in names) == cities


def test_a_code_is_valid_once_on_a_day(today):
    assert max(Counter(codes(today)).values()) == 1


def test_a_unit_with_a_new_code_ends_where_the_new_one_begins(every):
    ba_che = [(u.code, u.valid_from, u.valid_to) for u in every if u.name == "Ba Chẽ"]
    change = date(2026, 4, 30)
    assert ba_che == [("06970", date(2025, 7, 1), change), ("06978", change, None)]


@pytest.mark.parametrize(
    ("code", "kind", "name", "province"),
    [
        ("15271", "xa", "Hà Trung", "Thanh Hóa"), ("14797", "phuong", "Hạc Thành", "Thanh Hóa"),
        ("09190", "phuong", "Võ Cường", "Bắc Ninh"), ("21040", "xa", "Bình Sơn", "Quảng Ngãi"),
        ("11953", "phuong", "Phố Hiến", "Hưng Yên"), ("06994", "dac_khu", "Vân Đồn", "Quảng Ninh"),
        ("31078", "dac_khu", "Phú Quốc", "An Giang"), ("20333", "dac_khu", "Hoàng Sa", "Đà Nẵng"),
        ("22736", "dac_khu", "Trường Sa", "Khánh Hòa"), ("10543", "phuong", "Việt Hòa", "Hải Phòng"),
        ("11848", "xa", "Vĩnh Hòa", "Hải Phòng"), ("31213", "phuong", "Tân Lộc", "Cần Thơ"),
        ("31299", "xa", "Phong Điền", "Cần Thơ"), ("26425", "phuong", "Xuân Lộc", "Đồng Nai"),
        ("38.SO", "so", "Sở Khoa học và Công nghệ tỉnh Thanh Hóa", "Thanh Hóa"),
        ("75.TT", "tinh", "Trung tâm Phục vụ hành chính công thành phố Đồng Nai", "Đồng Nai"),
    ],
)  # fmt: skip
def test_known_units(today, code, kind, name, province):
    found = [(u.kind, u.name, u.province_name) for u in today if u.code == code]
    assert found == [(kind, name, province)]


def test_thanh_hoa_has_147_communes_and_19_wards(today):
    kinds = Counter(u.kind for u in today if u.province_code == "38")
    assert kinds == {"xa": 147, "phuong": 19, "so": 1, "tinh": 1, "province": 1}


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đắk Lắk", "dak lak"),
        ("  HÀ   Trung ", "ha trung"),
        ("Hoà, hòa", "hoa hoa"),
        ("“Thủ Đức”", "thu duc"),
        ('"', ""),
    ],
)
def test_fold(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    "typed", ["ha trung", "hà trung", "HÀ TRUNG", "15271", "xa ha trung thanh hoa", "Xã Hà Trung, tỉnh Thanh Hóa"]
)
def test_search_finds_ha_trung_first(today, typed):
    assert codes(search(today, typed))[0] == "15271"


def test_search_prefers_beginning_of_the_name_then_of_a_word_then_inside(today):
    found = [u.name for u in search([u for u in today if u.kind == "xa"], "dak", limit=100)]
    first_other = next(i for i, name in enumerate(found) if not fold(name).startswith("dak"))
    assert (found[0], all(fold(name).startswith("dak") for name in found[:first_other])) == ("Đak Đoa", True)


def test_search_finds_thu_duc_and_bodies_of_a_province(today):
    assert [search(today, typed)[0].code for typed in ("thu duc", "so khoa hoc ha noi", "38.tt")] == [
        "26824", "01.SO", "38.TT"
    ]  # fmt: skip


@pytest.mark.parametrize("typed", ["", "  ", '"', "%", "khong co xa nay"])
def test_search_without_words_or_without_a_match_is_empty(today, typed):
    assert search(today, typed) == []


def named(units, code):
    return next(unit for unit in units if unit.code == code)


@pytest.mark.parametrize(
    ("code", "sentence", "title", "body", "english"),
    [
        ("15271", "xã Hà Trung", "Xã Hà Trung", "Ủy ban nhân dân xã Hà Trung", "Hà Trung Commune, Thanh Hóa Province"),
        ("31078", "đặc khu Phú Quốc", "Đặc khu Phú Quốc", "Ủy ban nhân dân đặc khu Phú Quốc", "Phú Quốc Special Zone, An Giang Province"),
        ("01.SO", "Sở Khoa học và Công nghệ thành phố Hà Nội", "Sở Khoa học và Công nghệ thành phố Hà Nội",
         "Sở Khoa học và Công nghệ thành phố Hà Nội", "Department of Science and Technology of Hà Nội City"),
        ("38", "tỉnh Thanh Hóa", "Tỉnh Thanh Hóa", "Ủy ban nhân dân tỉnh Thanh Hóa", "Thanh Hóa Province"),
    ],
)  # fmt: skip
def test_names(today, code, sentence, title, body, english):
    unit = named(today, code)
    assert (name_in_sentence(unit), unit.title, body_name(unit), english_name(unit, TODAY)) == (
        sentence, title, body, english
    )  # fmt: skip


def test_a_name_with_province_takes_the_kind_of_the_day(today):
    unit = named(today, "26041")
    names = [name_in_sentence(unit, with_province_on=day) for day in (date(2025, 8, 19), TODAY)]
    assert names == [f"phường {unit.name}, {kind} Đồng Nai" for kind in ("tỉnh", "thành phố")]
