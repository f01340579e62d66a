"""Choices of a long list stay out of the page: they are searched, and the page's module keeps their words."""

from __future__ import annotations

from forms.checklist import Checklist, Choice
from survey.field.outline import MOST_IN_PAGE, outline_of
from survey.field.page_module import lean
from tests.small_checklists import small_checklist


def checklist(count: int) -> Checklist:
    choices = [Choice(name=f"c{number}", label={"vi": f"Số {number}", "en": f"No {number}"}) for number in range(count)]
    rows = [{"name": "one", "type": "select_one", "choices": "many"}, {"name": "several", "type": "select_multiple", "choices": "many"}]  # fmt: skip
    return small_checklist(*rows, choices={"many": choices})


def test_a_long_list_is_searched_and_a_short_one_stands_in_the_page():
    controls = {
        count: [(item.control, len(item.options)) for item in outline_of(checklist(count))[0].items]
        for count in (MOST_IN_PAGE, MOST_IN_PAGE + 1, 10_000)
    }
    assert controls == {
        MOST_IN_PAGE: [("dropdown", MOST_IN_PAGE), ("chips", MOST_IN_PAGE)],
        MOST_IN_PAGE + 1: [("finder", 0), ("finder", 0)],
        10_000: [("finder", 0), ("finder", 0)],
    }


def test_the_module_of_the_page_keeps_the_words_that_are_searched():
    short, long = (lean(checklist(count), "en").choices["many"][7].label for count in (MOST_IN_PAGE, MOST_IN_PAGE + 1))
    assert (short, long) == ({}, {"en": "No 7"})
