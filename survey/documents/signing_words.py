"""What is said of the signatures of a file: who, when, by whose clock, unchanged or not, who stands behind them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from survey.language import gettext
from survey.language import mark as _

if TYPE_CHECKING:
    from reports.signing.check import Checked

STATES = {
    "unchanged": _("Tệp không thay đổi từ khi ký."),
    "signed_further": _("Sau đó chỉ có thêm chữ ký khác, nội dung không thay đổi."),
    "changed": _("TỆP ĐÃ BỊ THAY ĐỔI SAU KHI KÝ."),
    "broken": _("CHỮ KÝ HỎNG: nội dung đã ký không còn nguyên vẹn."),
}
TRUST = {
    None: _("Chưa kiểm tra nơi cấp: chưa đặt SATCANH_SIGNATURE_AUTHORITIES."),
    True: _("Nơi cấp nằm trong danh sách tin cậy."),
    False: _("NƠI CẤP KHÔNG NẰM TRONG DANH SÁCH TIN CẬY, hoặc chứng thư không hợp lệ khi ký."),
}
CLOCKS = {True: _("theo dấu thời gian"), False: _("theo đồng hồ của người ký")}
NONE = _("Tệp này không có chữ ký số nào.")
SIGNED = _("Ký lúc {when} ({by}); chứng thư do {issuer} cấp.")


def signature_words(found: list[Checked]) -> Iterator[str]:
    """A paragraph of lines for each signature, or the line that there is none."""
    if not found:
        yield gettext(NONE)
    for number, one in enumerate(found, 1):
        yield f"{number}. {one.name}"
        yield "   " + gettext(SIGNED, when=moment_words(one), by=gettext(CLOCKS[one.stamped]), issuer=one.issuer)
        yield "   " + gettext(STATES[one.state])
        yield "   " + gettext(TRUST[one.is_trusted])


def moment_words(one: Checked) -> str:
    """The moment with its zone: "23/11/2026 23:20:30 +07:00"."""
    if one.moment is None:
        return "?"
    zone = one.moment.strftime("%z")
    return f"{one.moment:%d/%m/%Y %H:%M:%S} {zone[:3]}:{zone[3:]}"
