import pytest

from reports.bodies import body_key, body_names, plain_body


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Vụ Pháp chế (đầu mối tổng hợp)", "Vụ Pháp chế"),
        ("Cục Sở hữu trí tuệ - Bộ KH&CN", "Cục Sở hữu trí tuệ"),
        ("Bộ KH&CN (Cục Chuyển đổi số quốc gia) tổng hợp", "Cục Chuyển đổi số quốc gia"),
        ("Bộ KH&CN", "Bộ KH&CN"),
        ("VNPT/Viettel", "VNPT/Viettel"),
        ("", ""),
    ],
)
def test_plain_body_leaves_the_ministry_and_the_part_in_the_matter_out(written, plain):
    assert plain_body(written) == plain


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sở KH&CN", "Sở Khoa học và Công nghệ"),
        ("Ủy ban TCĐLCL Quốc gia", "Ủy ban Tiêu chuẩn Đo lường Chất lượng Quốc gia - Bộ KH&CN"),
        ("UBND cấp xã", "Uỷ ban nhân dân cấp xã"),
        ("Vụ Pháp chế", "vụ pháp chế (đầu mối)."),
    ],
)
def test_body_key_is_one_for_all_spellings(one, other):
    assert body_key(one) == body_key(other)


def test_different_bodies_keep_different_keys():
    assert len({body_key(body) for body in ("Sở KH&CN", "Bộ KH&CN", "Sở Nội vụ", "Bộ Nội vụ", "UBND cấp tỉnh")}) == 5


def test_body_names_take_the_most_frequent_plain_spelling():
    written = ["Vụ Pháp chế (đầu mối)", "Vụ Pháp chế", "Sở Khoa học và Công nghệ", "Sở KH&CN"]
    assert body_names(written) == {"vu phap che": "Vụ Pháp chế", "so khoa hoc va cong nghe": "Sở KH&CN"}
