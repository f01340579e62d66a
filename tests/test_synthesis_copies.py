from reports.synthesis.copies import SharedScore, hidden_codes, hidden_names, shared_copy
from reports.synthesis.facts import ItemMean, SectionMean
from tests.synthesis_sample import FORM, facts, result

AFRESH = SharedScore(total=70.0, rank=3, level="improve", completeness=1.0, sections={"B": 70.0, "C": None})


def test_restricted_are_confidential_questions_and_the_rules_about_them():
    assert "B03" in hidden_names([FORM]) and "B01" not in hidden_names([FORM])
    assert hidden_codes([FORM]) == {"B03"}


def test_shared_copy_holds_nothing_confidential():
    items = [
        *facts().items,
        ItemMean(checklist="tiny", item="B03", mean=0.1, units=1, low=1, failed=1, confidential=True),
    ]
    known = facts(items=items, results=[result("15271", 66.0, 2, gates_failed=("B01", "B03"))])
    copy = shared_copy(known, {})
    assert [one.item for one in copy.items] == ["B01", "B02"]
    assert ([one.code for one in copy.proposals], copy.results[0].gates_failed, copy.copy_for) == (
        ["B01"], ("B01",), "province",
    )  # fmt: skip


def test_shared_copy_shows_the_scores_that_were_computed_without_what_is_hidden():
    copy = shared_copy(facts(), {"v15271": AFRESH})
    assert [(one.total, one.rank, one.level) for one in copy.results] == [(70.0, 3, "improve"), (None, None, None)]
    assert copy.sections == [SectionMean(checklist="tiny", section="B", mean=70.0, units=1)]
    assert [one.total for one in copy.before] == [70.0]


def test_shared_copy_keeps_the_sections_of_checklists_without_restricted_items():
    assert shared_copy(facts(), {}).sections == facts().sections
