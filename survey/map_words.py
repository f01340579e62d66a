"""The words on the map: steps, places and buttons, in the language of the request."""

from __future__ import annotations

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
        "steps": {"lv": level_words(), "sc": score_words()},
        "archipelagos": archipelagos,
        "places": [*cities, sea, *({**one, "always": True} for one in archipelagos)],
        "words": {
            "unvisited": _("Chưa khảo sát"),
            "low": _("độ tin cậy thấp"),
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
