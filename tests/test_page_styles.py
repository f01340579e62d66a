import re

import pytest

from reports.minutes import minutes
from reports.pdf import HERE, parsed_html
from reports.report import visit_report
from tests.minutes_sample import record
from tests.report_sample import facts

BASE = (HERE / "templates" / "base.css").read_text("utf-8")
UNSTYLED = {"span"}
"""Elements that look like the text around them."""


def elements_of_templates() -> set[str]:
    texts = [*(HERE / "templates").glob("*.html"), *HERE.glob("*.toml")]
    return {name for file in texts for name in re.findall(r"<([a-z]+[1-6]?)\b", file.read_text("utf-8"))}


def test_every_element_of_the_templates_has_its_base_style():
    selectors = ",".join(re.findall(r"([^{}]+)\{", BASE))
    styled = {re.sub(":.*", "", one).strip() for one in re.sub(r"/\*.*?\*/", "", selectors, flags=re.DOTALL).split(",")}
    assert elements_of_templates() - styled == UNSTYLED


@pytest.mark.parametrize("make", [lambda: visit_report(facts(fictitious=True)), lambda: minutes(facts(), record())])
def test_base_styles_give_what_the_style_sheet_of_html_gives(make, monkeypatch):
    made = make()
    monkeypatch.delattr(parsed_html(), "_ua_stylesheets")
    assert make() == made
