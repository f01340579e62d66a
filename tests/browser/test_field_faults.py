"""What goes wrong between tablet and server: the network at each step, two tabs, clocks, versions, sessions, refusals."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, Response, Route, expect

from survey.database import Database
from survey.store import attachments, changes, visits
from survey.store.people import Person
from survey.sync import exchange
from tests.browser import conftest
from tests.browser.tablet import (
    DAY_MS,
    Line,
    answer,
    arrive,
    listen,
    make_ready,
    open_home,
    open_section,
    rows,
    save_line,
    section_shown,
    set_clock,
    until,
    wear_clock,
)
from tests.conftest import PASSWORD
from tests.field_world import CHECKLIST, DAY, plan_visit

Enter = Callable[..., Page]
WITHOUT_LOCKS = "Object.defineProperty(navigator, 'locks', { value: { request: (name, work) => work() } })"


@pytest.fixture
def visit(db: Database, cast: dict[str, Person]) -> None:
    plan_visit(db, cast)


@pytest.fixture
def sheet(enter: Enter, visit: None) -> Page:
    """Section B of the visit, open on Lan's tablet."""
    return open_section(enter("lan"))


def values(db: Database, visit_id: str = "v1") -> list[Any]:
    return [change.value for change in changes.changes_of(db, visit_id)]


def test_an_answer_without_network_waits_and_goes_when_it_is_back(sheet: Page, db: Database):
    sheet.context.set_offline(True)
    answer(sheet, "B05", "40")
    save_line(sheet, "chờ gửi 1")
    save_line(sheet, "không có mạng")
    assert values(db) == []
    sheet.context.set_offline(False)
    save_line(sheet, "đã gửi")
    assert values(db) == [40]
    expect(sheet.locator("[data-part=refused]")).to_be_empty()


def test_a_call_that_dies_on_its_way_is_made_again_by_itself(sheet: Page, db: Database):
    line = Line(sheet.context, "lost before")
    answer(sheet, "B05", "40")
    save_line(sheet, "không có mạng")
    assert values(db) == []
    save_line(sheet, "đã gửi")
    assert values(db) == [40]
    assert line.sent == [line.sent[0], line.sent[0]]


def test_an_answer_that_the_server_has_but_did_not_confirm_stays_single(
    sheet: Page, db: Database, cast: dict[str, Person]
):
    line = Line(sheet.context, "lost after")
    answer(sheet, "B05", "40")
    save_line(sheet, "không có mạng")
    assert values(db) == [40]
    save_line(sheet, "đã gửi")
    assert values(db) == [40]
    assert line.sent == [line.sent[0], line.sent[0]]
    assert rows(sheet, cast["lan"].id, "outbox") == []
    expect(sheet.locator("[data-part=refused]")).to_be_empty()


def test_two_tabs_of_a_tablet_send_a_batch_once(sheet: Page, db: Database, monkeypatch: pytest.MonkeyPatch):
    other = open_section(sheet.context.new_page())
    sheet.context.set_offline(True)
    answer(sheet, "B05", "40")
    answer(other, "B06", "2")
    slow_server(monkeypatch)
    line = Line(sheet.context)
    sheet.context.set_offline(False)
    for tab in (sheet, other):
        save_line(tab, "đã gửi")
    assert values(db) == [40, 2]
    assert [len(ids) for ids in line.sent] == [2]


def test_a_batch_that_two_tabs_send_at_once_is_kept_once(
    enter: Enter, visit: None, db: Database, monkeypatch: pytest.MonkeyPatch
):
    page = enter("lan")
    page.context.add_init_script(WITHOUT_LOCKS)
    tabs = [open_section(page), open_section(page.context.new_page())]
    answered: list[Response] = []
    page.context.set_offline(True)
    answer(page, "B05", "40")
    slow_server(monkeypatch)
    line = Line(page.context)
    page.context.set_offline(False)
    page.context.on("response", lambda one: answered.append(one))
    for tab in tabs:
        save_line(tab, "đã gửi")
    assert line.sent == [line.sent[0], line.sent[0]]
    until(page, lambda: len(confirmed(answered)) == 2)  # one tab tells the other, before its own answer comes
    assert confirmed(answered) == line.sent
    assert values(db) == [40]


def confirmed(answered: list[Response]) -> list[list[str]]:
    """What each answer says that the server has, of those that say anything."""
    return [ids for one in answered if (ids := accepted_in(one))]


def accepted_in(answer_given: Response) -> list[str]:
    """The ids of changes that the server says it has, in an answer to a call of the exchange."""
    if "/api/sync" not in answer_given.url:
        return []
    ids: list[str] = answer_given.json()["accepted"]
    return ids


PIECE = 512 * 1024
WITH_FILE = CHECKLIST.replace(
    "| | image | A06 |", "| | file | A08 | Biên bản | Minutes | | | | | | | |\n| | image | A06 |"
)


def test_a_file_goes_on_in_the_middle_where_the_line_was_cut(enter: Enter, db: Database, cast: dict[str, Person]):
    plan_visit(db, cast, WITH_FILE)
    sheet = open_section(enter("lan"), "A")
    ranges: list[str] = []
    sheet.context.route("**/api/attachments/**", lambda route: cut_second_piece(route, ranges))
    content = b"Bien ban lam viec.\n" * 70_000
    sheet.locator("#A08 input[type=file]").set_input_files(
        {"name": "bienban.txt", "mimeType": "text/plain", "buffer": content}
    )
    until(sheet, lambda: bool(attachments.attachments_of(db, "v1")))
    size, middle = len(content), 2 * PIECE
    first, second, third = (f"bytes {a}-{b - 1}/{size}" for a, b in ((0, PIECE), (PIECE, middle), (middle, size)))
    assert ranges == [f"bytes */{size}", first, second, f"bytes */{size}", second, third]
    (kept,) = attachments.attachments_of(db, "v1")
    assert (kept.sha256, kept.size) == (hashlib.sha256(content).hexdigest(), size)
    save_line(sheet, "đã gửi")
    until(sheet, lambda: [row.get("sent") for row in rows(sheet, cast["lan"].id, "files")] == [True])


def cut_second_piece(route: Route, ranges: list[str]) -> None:
    """Note which part of the file a request brings; the third request of all dies on its way."""
    ranges.append(route.request.headers["content-range"])
    if len(ranges) == 3:
        route.abort("connectionreset")
    else:
        route.continue_()


def test_a_file_that_got_out_of_step_is_not_given_up(enter: Enter, db: Database, cast: dict[str, Person]):
    plan_visit(db, cast, WITH_FILE)
    sheet = open_section(enter("lan"), "A")
    answered = {"code": "piece_out_of_place", "message": "", "received": 0}
    sheet.context.route("**/api/attachments/**", lambda route: route.fulfill(status=409, json=answered))
    sheet.locator("#A08 input[type=file]").set_input_files(
        {"name": "bienban.txt", "mimeType": "text/plain", "buffer": b"Bien ban lam viec.\n" * 70_000}
    )
    save_line(sheet, "có tệp chưa gửi được, sẽ gửi lại")
    sheet.context.unroute_all()
    listen(sheet)
    until(sheet, lambda: bool(attachments.attachments_of(db, "v1")))
    assert [row.get("refused") for row in rows(sheet, cast["lan"].id, "files")] == [None]


def slow_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that takes a while, so that two calls of the same moment overlap."""
    at_once = exchange.take_in

    def take_in_slowly(*given: Any) -> exchange.Receipt:
        time.sleep(1)
        return at_once(*given)

    monkeypatch.setattr(exchange, "take_in", take_in_slowly)


def clock_offset(page: Page) -> int:
    """Milliseconds by which the tablet thinks that the server is ahead of it."""
    return int(page.evaluate("localStorage.getItem('satcanh.clock') ?? 0"))


def near(text: str, days: int = 0) -> bool:
    """Whether a time is now, or so many days from now, give or take a minute."""
    return abs(datetime.fromisoformat(text) - datetime.now(UTC) - timedelta(days=days)) < timedelta(minutes=1)


@pytest.mark.parametrize("days", [-3, 3])
def test_a_wrong_clock_is_set_right_by_the_servers_and_kept_beside_it(
    enter: Enter, visit: None, db: Database, cast: dict[str, Person], days: int
):
    page = enter("lan")
    wear_clock(page.context)
    open_home(page)
    set_clock(page, days)
    open_section(page)
    until(page, lambda: abs(clock_offset(page) + days * DAY_MS) < 60_000)
    page.context.set_offline(True)
    answer(page, "B05", "40")
    (kept,) = rows(page, cast["lan"].id, "changes")
    assert (near(kept["at"]), near(kept["device_at"], days)) == (True, True)
    page.context.set_offline(False)
    save_line(page, "đã gửi")
    (change,) = changes.changes_of(db, "v1")
    assert (change.at, change.device_at) == (kept["at"], kept["device_at"])


def test_an_answer_written_after_the_clock_was_set_back_still_counts(enter: Enter, visit: None, db: Database):
    page = enter("lan")
    wear_clock(page.context)
    open_section(make_ready(page)).context.set_offline(True)
    answer(page, "B05", "40")
    set_clock(page, -2)
    answer(page, "B05", "55")
    open_section(page)
    expect(page.locator("#B05 input")).to_have_value("55")
    page.context.set_offline(False)
    arrive(page, db, {"/B/B05": 55})
    expect(page.locator("#B05 .two")).to_have_count(0)
    written = {change.value: change for change in changes.changes_of(db, "v1")}
    assert near(written[55].device_at, -2)
    assert written[55].at < written[40].at


def test_an_error_of_the_server_at_one_visit_does_not_hold_up_the_others(
    enter: Enter, visit: None, db: Database, cast: dict[str, Person]
):
    visits.add(db, "v2", "t1", "16012", ("thu", "1"), DAY, cast["minh"].id)
    page = make_ready(enter("lan"))
    page.context.set_offline(True)
    answer(open_section(page, visit="v1"), "B05", "40")
    answer(open_section(page, visit="v2"), "B05", "55")
    page.context.route("**/api/sync*", fail_at_second_visit)
    page.context.set_offline(False)
    save_line(page, "máy chủ gặp lỗi ở một buổi, các buổi khác vẫn gửi")
    save_line(page, "chờ gửi 1")
    assert (values(db, "v1"), values(db, "v2")) == ([40], [])
    page.context.unroute_all()
    listen(page)
    save_line(page, "đã gửi")
    assert (values(db, "v1"), values(db, "v2")) == ([40], [55])


def fail_at_second_visit(route: Route) -> None:
    faulty = any(change["visit"] == "v2" for change in route.request.post_data_json["changes"])
    if faulty:
        route.fulfill(status=500, body="broken")
    else:
        route.continue_()


@pytest.fixture
def refused(sheet: Page, db: Database, cast: dict[str, Person]) -> Page:
    """Section B with an answer that came after the visit was submitted; 40 was sent before."""
    answer(sheet, "B05", "40")
    save_line(sheet, "đã gửi")
    sheet.context.set_offline(True)
    answer(sheet, "B05", "55")
    visits.mark_submitted(db, "v1", cast["minh"].id, None)
    sheet.context.set_offline(False)
    expect(sheet.locator("[data-part=refused]")).to_contain_text("B05 không được nhận. Buổi làm việc đã nộp")
    return sheet


def test_a_refused_answer_is_given_up_only_when_told_twice(refused: Page, db: Database, cast: dict[str, Person]):
    refused.get_by_role("button", name="Bỏ câu này").click()
    sure = refused.get_by_role("button", name="Bấm lần nữa để bỏ hẳn")
    expect(sure).to_be_visible()
    expect(refused.locator("#B05 input")).to_have_value("55")
    assert [row["refused"]["code"] for row in rows(refused, cast["lan"].id, "outbox")] == ["visit_submitted"]
    sure.click()
    expect(refused.locator("#B05 input")).to_have_value("40")
    expect(refused.locator("[data-part=refused]")).to_be_empty()
    assert rows(refused, cast["lan"].id, "outbox") == []
    assert values(db) == [40]


def test_a_refused_answer_goes_out_again_once_the_leader_has_opened_the_visit(
    refused: Page, db: Database, cast: dict[str, Person]
):
    visits.mark_draft(db, "v1")
    refused.get_by_role("button", name="Gửi lại câu này").click()
    expect(refused.locator("[data-part=refused]")).to_be_empty()
    save_line(refused, "đã gửi")
    assert values(db) == [40, 55]
    assert rows(refused, cast["lan"].id, "outbox") == []


def test_a_refused_answer_leads_to_its_question(refused: Page):
    refused.get_by_role("button", name="Trả lời lại").click()
    expect(refused.locator("#B05")).to_be_focused()


def test_a_refused_answer_leads_to_its_question_from_another_section(refused: Page):
    open_section(refused, "A").get_by_role("button", name="Trả lời lại").click()
    expect(refused).to_have_url(re.compile(r"/B\?visit=v1#B05$"))
    expect(refused.locator("#B05")).to_be_in_viewport()


def test_work_goes_on_when_the_session_has_ended_and_is_sent_after_signing_in(sheet: Page, db: Database):
    sheet.context.clear_cookies()
    answer(sheet, "B05", "40")
    save_line(sheet, "phiên làm việc đã hết: đăng nhập lại để gửi")
    answer(sheet, "B06", "2")
    save_line(sheet, "chờ gửi 2")
    sheet.get_by_role("link", name="phiên làm việc đã hết").click()
    sheet.get_by_label("Tên đăng nhập").fill("lan")
    sheet.get_by_label("Mật khẩu").fill(PASSWORD)
    sheet.get_by_role("button", name="Đăng nhập").click()
    expect(section_shown(sheet).locator("#B05 input")).to_have_value("40")
    arrive(sheet, db, {"/B/B05": 40, "/B/B06": 2})


def test_nothing_is_sent_in_the_name_of_somebody_else(
    sheet: Page, app: Flask, db: Database, cast: dict[str, Person], address: str
):
    conftest.sign_in(sheet.context, app, cast["minh"].id, address)
    answer(sheet, "B05", "40")
    save_line(sheet, "người khác đã đăng nhập trên máy này: đăng nhập lại để gửi")
    assert values(db) == []
    conftest.sign_in(sheet.context, app, cast["lan"].id, address)
    listen(sheet)
    save_line(sheet, "đã gửi")
    assert [change.author for change in changes.changes_of(db, "v1")] == [cast["lan"].id]
