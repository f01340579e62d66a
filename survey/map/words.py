"""The words on the map: steps, places and buttons, in the language of the request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from forms.units import COMMUNE_KINDS, KIND_NAMES
from survey.language import gettext as _

CITIES = (("Hà Nội", 21.03, 105.85), ("Đà Nẵng", 16.05, 108.2), ("TP Hồ Chí Minh", 10.78, 106.7))


def level_words() -> dict[int, str]:
    """Levels by rank, 4 best; 0 = visited, but not enough data."""
    return {
        4: _("Sẵn sàng"),
        3: _("Đáp ứng, cần hoàn thiện"),
        2: _("Cần hỗ trợ có thời hạn"),
        1: _("Cần hỗ trợ tập trung"),
        0: _("Chưa đủ dữ liệu để kết luận"),
    }


def score_words() -> dict[int, str]:
    """Fifths of a score by step, 5 best; 0 = visited, but without this score."""
    return {
        5: _("Từ 80 điểm"),
        4: _("60 đến dưới 80"),
        3: _("40 đến dưới 60"),
        2: _("20 đến dưới 40"),
        1: _("Dưới 20 điểm"),
        0: _("Chưa đủ dữ liệu để tính điểm"),
    }


def step_words(scale: str) -> dict[int, str]:
    """The steps of a scale in words; 0 = visited, but the value is not known."""
    if scale in ("level", "score"):
        return level_words() if scale == "level" else score_words()
    unknown = {0: _("Chưa có lân cận để so") if scale == "neighbours" else _("Chưa có số liệu")}
    return unknown | dict(enumerate(STEP_WORDS[scale](), 1))


STEP_WORDS: dict[str, Callable[[], tuple[str, ...]]] = {
    "share": lambda: (_("Dưới 20%"), _("20 đến dưới 40%"), _("40 đến dưới 60%"), _("60 đến dưới 80%"), _("Từ 80%")),
    "gate": lambda: (_("Chưa đạt"), _("Đạt")),
    "named": lambda: (_("Có nêu khó khăn"), _("Không nêu")),
    "count": lambda: (_("Không có"), "1", "2\u2060–\u20603", "4\u2060–\u20605", _("Từ 6")),
    "load": lambda: (
        _("Dưới 2 hồ sơ"), _("2 đến dưới 4 hồ sơ"), _("4 đến dưới 6 hồ sơ"), _("6 đến dưới 8 hồ sơ"), _("Từ 8 hồ sơ")
    ),
    "neighbours": lambda: (
        _("Gấp đôi lân cận trở lên"), _("Nhiều hơn lân cận"), _("Ngang lân cận"), _("Ít hơn lân cận"),
        _("Chưa bằng nửa lân cận"),
    ),
    "signal": lambda: (
        _("Không có tín hiệu"), _("Còn băn khoăn"), _("Đề nghị trả một số nhiệm vụ"), _("Đề nghị trả toàn bộ")
    ),
    "days": lambda: (
        _("Đến 30 ngày"), _("31 đến 90 ngày"), _("91 đến 180 ngày"), _("181 đến 365 ngày"), _("Trên 1 năm")
    ),
}  # fmt: skip
"""What each step is called, from step 1 on (reports.scales); U+2060 keeps a span of numbers in one line."""


def change_words() -> dict[int, str]:
    """The steps of a difference between two periods; 0 = not visited, or not known, in one of them."""
    return {
        5: _("Khá lên nhiều"),
        4: _("Khá lên"),
        3: _("Gần như không đổi"),
        2: _("Kém đi"),
        1: _("Kém đi nhiều"),
        0: _("Chưa đủ hai kỳ để so"),
    }


def value_pattern(scale: str) -> str:
    """How a value of a scale is written, with the number in place of {n}."""
    patterns = {"share": "{n}%", "load": _("{n} hồ sơ", n="{n}"), "days": _("{n} ngày", n="{n}"), "neighbours": "×{n}"}
    return patterns.get(scale, "{n}")


def kinds_behind_names() -> dict[str, str]:
    """How English names end, by how Vietnamese ones begin: "xã Hà Trung", "Hà Trung Commune"."""
    return {KIND_NAMES[kind]["vi"].lower(): KIND_NAMES[kind]["en"] for kind in COMMUNE_KINDS}


def map_config(language: str) -> dict[str, Any]:
    """What the map's module needs of words, and the places to name."""
    archipelagos = (
        {"text": _("Quần đảo Hoàng Sa"), "short": _("QĐ. Hoàng Sa"), "latitude": 17.45, "longitude": 112.0},
        {"text": _("Quần đảo Trường Sa"), "short": _("QĐ. Trường Sa"), "latitude": 11.9, "longitude": 114.0},
    )
    cities = [{"text": name, "latitude": latitude, "longitude": longitude} for name, latitude, longitude in CITIES]
    sea = {"text": _("Biển Đông"), "latitude": 14.2, "longitude": 111.6, "always": True}
    return {
        "language": language,
        "kinds": kinds_behind_names() if language == "en" else {},
        "archipelagos": archipelagos,
        "places": [*cities, sea, *({**one, "always": True} for one in archipelagos)],
        "words": {
            "unvisited": _("Chưa khảo sát"),
            "low": _("độ tin cậy thấp"),
            "mean": _("trung bình {n}", n="{n}"),
            "visited": _("{visited}/{units} đơn vị", visited="{visited}", units="{units}"),
            "fictitious": _("minh họa"),
            "schematic": _("hình theo sơ đồ"),
            "zoomIn": _("Phóng to"),
            "zoomOut": _("Thu nhỏ"),
            "home": _("Về toàn cảnh"),
            "inset": _("Vị trí trong cả nước, gồm quần đảo Hoàng Sa và quần đảo Trường Sa"),
            "still": _("Chưa di chuyển, phóng to bản đồ được. Mở lại trang để thử lại."),
            "failed": _("Không tải được bản đồ. Mở lại trang, hoặc xem dạng bảng."),
        },
    }
