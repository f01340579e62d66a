"""The journey to the report: from the unit's page to its visit, and its papers in two languages."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

Enter = Callable[..., Page]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("Tiếng Việt", ["Hà Trung", "Cần hỗ trợ có thời hạn", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]),
        ("English", ["Hà Trung", "Needs support with a deadline", "SOCIALIST REPUBLIC OF VIET NAM"]),
    ],
)
def test_the_button_gives_the_report_with_unit_and_conclusion(enter_demo: Enter, language: str, expected: list[str]):
    page = enter_demo("huong", 1280, 800)
    page.goto("/units/15271")
    page.get_by_role("link", name="19/08/2025", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Xã Hà Trung")
    page.get_by_role("radio", name=language).check()
    page.get_by_role("button", name="PDF, Báo cáo kết quả, bản nội bộ").click(timeout=120_000)
    address = page.get_by_role("link", name="Mở tài liệu").get_attribute("href")
    answer = page.request.get(str(address))
    text = " ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(answer.body())).pages)
    words = re.sub(r"\s+", " ", text)
    assert (answer.headers["content-type"], [part for part in expected if part not in words]) == ("application/pdf", [])
