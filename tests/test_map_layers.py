"""The layers that a checklist gives the map, and who may choose them."""

from __future__ import annotations

import pytest

from survey.map.layers import LONGEST_LABEL, Layer, find_layer, grouped, list_layers
from survey.problems import Problem
from survey.store import checklists
from tests.visit_world import CHECKLIST

SECRET = CHECKLIST.replace("| Danh sách cập nhật | Updated list | 1 | | | |", "| Danh sách | List | 1 | yes | | yes |")


@pytest.fixture
def layers(db, cast) -> list[Layer]:
    checklists.publish(db, SECRET.encode(), "nho.md", by=cast["quan"].id)
    return list_layers(db)


def test_sections_gates_and_questions_come_from_the_checklist(layers):
    found = {one.key: (one.name, one.measure, one.scale) for one in layers}
    assert found["B"] == ("B · Hệ thống dữ liệu", "section", "score")
    assert found["gate-B01"] == ("B01 · Tài khoản", "gate", "gate")
    assert found["item-B01"] == ("B01 · Tài khoản", "item", "score")


def test_the_choice_goes_by_groups_and_questions_are_searched(layers):
    assert [(group, len(members)) for group, members in grouped(layers)] == [
        ("Kết luận và điểm", 3), ("Chất lượng số liệu", 3), ("Điều kiện bắt buộc", 3),
        ("Khó khăn theo nhóm của CĐ 111/CĐ-TTg", 4), ("Cam kết, hồ sơ, tín hiệu", 5),
    ]  # fmt: skip


@pytest.mark.parametrize("key", ["return", "gate-B02", "item-B02"])
def test_confidential_layers_need_the_right(layers, key):
    assert find_layer(layers, key, with_confidential=True).key == key
    with pytest.raises(Problem) as refused:
        find_layer(layers, key, with_confidential=False)
    assert refused.value.code == "not_allowed"


def test_long_questions_are_shortened_at_a_word(db, cast):
    long = CHECKLIST.replace("| Tài khoản |", f"| {'Tài khoản ' * 20}|")
    checklists.publish(db, long.encode(), "nho.md", by=cast["quan"].id)
    name = next(one.name for one in list_layers(db) if one.key == "item-B01")
    assert (name.endswith("khoản …") or name.endswith("Tài …"), len(name) < LONGEST_LABEL + 9) == (True, True)


def test_before_there_is_a_checklist_only_the_layers_of_its_own_remain(db):
    assert {one.measure for one in list_layers(db)} & {"section", "gate", "item"} == set()
