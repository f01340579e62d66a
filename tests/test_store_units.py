from datetime import date

import pytest

from forms.units import load
from survey.database import connect, prepare_data_folder, transaction
from survey.store import units

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def db(tmp_path_factory):
    folder = tmp_path_factory.mktemp("units")
    prepare_data_folder(folder)
    db = connect(folder)
    with transaction(db):
        units.load_units(db, load())
    yield db
    db.close()


def test_loading_again_changes_nothing(db):
    before = units.count_units(db)
    with transaction(db):
        units.load_units(db, load())
    assert (before, units.count_units(db)) == (3332 + 35 * 3, 3332 + 35 * 3)


@pytest.mark.parametrize(("day", "kind"), [(date(2025, 8, 19), "xa"), (TODAY, "phuong")])
def test_find_unit_knows_the_day(db, day, kind):
    assert units.find_unit(db, "26425", day).kind == kind


def test_find_unit_finds_one_that_has_ended_but_nothing_for_an_unknown_code(db):
    assert (units.find_unit(db, "06970", TODAY).title, units.find_unit(db, "99999", TODAY)) == ("Xã Ba Chẽ", None)


@pytest.mark.parametrize(
    ("typed", "province", "first"),
    [("ha trung", None, "15271"), ("hà trung thanh hoá", None, "15271"), ("15271", None, "15271"),
     ("so khoa hoc", "38", "38.SO"), ("thu duc", None, "26824"), ("tphcm thu duc", None, "26824")],
)  # fmt: skip
def test_search(db, typed, province, first):
    assert units.search_units(db, typed, TODAY, province=province)[0].code == first


@pytest.mark.parametrize("typed", ["", '"', "%", "_", "ha trung' or 1=1", "x" * 500])
def test_search_for_nothing_finds_nothing(db, typed):
    assert units.search_units(db, typed, TODAY) == []


def test_provinces_are_sorted_by_name_and_dated(db):
    names = [unit.name for unit in units.list_provinces(db, TODAY)]
    assert (len(names), names[0], names[8]) == (34, "Tỉnh An Giang", "Thành phố Đồng Nai")


def test_bodies_and_communes_of_a_province(db):
    bodies = [unit.code for unit in units.provincial_bodies(db, "38", TODAY)]
    assert (bodies, len(units.list_communes(db, "38", TODAY))) == (["38.SO", "38.TT"], 166)
