"""Every page on three screens: nothing for axe to say, large enough for a thumb, no wider than the screen."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from survey.store.visit_list import ListedVisit
from tests.browser.looking import SCREENS, faults, look_at, on_every_screen

Enter = Callable[..., Page]
DESK = ["/", "/trips", "/trips/new", "/nothing", "/units/15271", "/units/search?q=ha+trung", "/sync/copies"]
MAP = [
    "/map?layer=gates&shade=province", "/map?view=table&layer=return&sort=-value", "/map?province=38&view=table&layer=C",
    "/map?province=38&layer=total&from=2026-01-01&from2=2025-01-01&to2=2025-12-31",
]  # fmt: skip


def test_desk(enter_demo: Enter):
    assert on_every_screen(enter_demo("minh"), *DESK) == {}


def test_desk_of_reviewer_and_administrator(enter_demo: Enter):
    synthesis = "/synthesis?area=38&from=2025-08-01&to=2025-08-31"
    assert (
        on_every_screen(enter_demo("huong"), "/", synthesis, "/answers/commune")
        | on_every_screen(enter_demo("quan"), "/")
        == {}
    )


def test_the_door(enter_demo: Enter):
    assert on_every_screen(enter_demo(""), "/login", "/visits/nothing") == {}


def test_problems(enter_demo: Enter):
    assert on_every_screen(enter_demo("thao"), "/trips/new", "/map?layer=Q", "/visits/nothing") == {}


def test_map(enter_demo: Enter):
    assert on_every_screen(enter_demo("huong"), *MAP) == {}


def test_trip_and_visits(enter_demo: Enter, story: dict[str, ListedVisit]):
    submitted, draft = story["submitted"], story["draft"]
    new = f"/trips/{draft.trip_id}/visits/new?unit=14797"
    paths = (f"/trips/{draft.trip_id}?q=ha", new, f"/visits/{draft.id}", f"/visits/{submitted.id}")
    assert on_every_screen(enter_demo("minh"), *paths) == {}


def address_in_field(visit: ListedVisit, page: str, language: str = "vi") -> str:
    """A page of the field app for a visit: "review", "minutes", or "fill" with a section."""
    kind, _, section = page.partition("/")
    place = "/".join((language, kind, visit.checklist_id, visit.checklist_version, visit.scope, section)).rstrip("/")
    return f"/field/{place}?visit={visit.id}"


def test_home_of_the_tablet(enter_demo: Enter):
    page = enter_demo("lan")
    assert on_every_screen(page, "/field/vi/") == {}
    expect(page.locator(".day__row").first).to_be_visible()
    expect(page.locator(".ready__i")).to_have_count(10)
    wrong = {}
    for width, height in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        wrong |= {f"filled at {width}": told} if (told := faults(page)) else {}
    assert wrong == {}


def test_signing_out_on_the_tablet(enter_demo: Enter):
    page = enter_demo("lan", 390, 844)
    page.goto("/field/vi/#sign-out")
    expect(page.get_by_role("dialog", name="Đăng xuất")).to_be_visible()
    assert faults(page) == []


def test_filling_and_reviewing_on_the_tablet(enter_demo: Enter, story: dict[str, ListedVisit]):
    draft, submitted = story["draft"], story["submitted"]
    paths = [address_in_field(draft, page) for page in ("fill/B", "review")]
    page = enter_demo("minh")
    assert on_every_screen(page, *paths, address_in_field(submitted, "review")) == {}
    expect(page.locator(".recs .rec").first).to_be_visible()


def test_reading_the_minutes_on_a_small_screen(enter_demo: Enter, story: dict[str, ListedVisit]):
    page = enter_demo("minh", 390, 844)
    look_at(page, address_in_field(story["submitted"], "minutes"))
    expect(page.locator(".a4w").first).to_be_visible()
    assert faults(page) == []


def test_what_the_tablet_cannot_open(enter_demo: Enter, story: dict[str, ListedVisit]):
    draft = story["draft"]
    addresses = [address_in_field(draft, page).replace(draft.id, "nothing") for page in ("fill/B", "review")]
    page = enter_demo("lan")
    assert on_every_screen(page, *addresses) == {}
    expect(page.get_by_role("heading", level=1)).to_have_text("Không tìm thấy buổi làm việc này.")
    assert page.get_by_role("link").all_inner_texts() == ["Đến nội dung chính", "", "Đi tiếp"]  # "" is the way home


def test_in_the_sun_and_in_english(enter_demo: Enter, story: dict[str, ListedVisit]):
    page = enter_demo("lan")
    page.goto("/")
    page.get_by_role("button", name="Chế độ ngoài nắng").click()
    page.request.post("/language", form={"language": "en"}, headers={"Sec-Fetch-Site": "same-origin"})
    wrong = {}
    for path in (
        f"/visits/{story['draft'].id}/fill/E",
        address_in_field(story["submitted"], "review", "en"),
        "/field/en/",
        f"/visits/{story['submitted'].id}",
        "/map?province=38&view=table",
    ):
        look_at(page, path)
        expect(page.locator("html[data-sun]")).to_have_attribute("lang", "en")
        wrong |= {path: told} if (told := faults(page)) else {}
    assert wrong == {}
