"""The legal texts that a visit rests on, each with its days of validity, so that no report cites an expired one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from forms.checklist import Text


@dataclass(frozen=True)
class Basis:
    """One legal text, cited in full as at its first mention; in force from `since` up to but not on `until`."""

    text: Text
    since: date
    until: date | None = None

    @property
    def is_decree(self) -> bool:
        return "/NĐ-CP" in self.text["vi"]


BASES = (
    Basis(
        {
            "vi": "Nghị định số 132/2025/NĐ-CP ngày 12 tháng 6 năm 2025 của Chính phủ quy định về phân định thẩm quyền "
            "của chính quyền địa phương 02 cấp trong lĩnh vực quản lý nhà nước của Bộ Khoa học và Công nghệ",
            "en": "Decree No. 132/2025/NĐ-CP of 12 June 2025 of the Government on the allocation of authority between "
            "the two tiers of local government in the fields of the Ministry of Science and Technology",
        },
        date(2025, 7, 1),
        date(2027, 3, 1),
    ),
    Basis(
        {
            "vi": "Nghị định số 133/2025/NĐ-CP ngày 12 tháng 6 năm 2025 của Chính phủ quy định về phân quyền, phân cấp "
            "trong lĩnh vực quản lý nhà nước của Bộ Khoa học và Công nghệ",
            "en": "Decree No. 133/2025/NĐ-CP of 12 June 2025 of the Government on the delegation and decentralisation "
            "of authority in the fields of the Ministry of Science and Technology",
        },
        date(2025, 7, 1),
        date(2027, 3, 1),
    ),
    Basis(
        {
            "vi": "Thông tư số 10/2025/TT-BKHCN ngày 27 tháng 6 năm 2025 của Bộ trưởng Bộ Khoa học và Công nghệ",
            "en": "Circular No. 10/2025/TT-BKHCN of 27 June 2025 of the Minister of Science and Technology",
        },
        date(2025, 7, 1),
    ),
)


def bases_on(day: date) -> list[Basis]:
    """The texts in force on the day of the visit."""
    return [basis for basis in BASES if basis.since <= day and (basis.until is None or day < basis.until)]
