"""The commitments that stand in the minutes of a visit, as rows."""

from __future__ import annotations

from forms.commitments import Commitment, commitments_of

AT = "/minutes/commitment"
MADE = {"code": "C01", "due": {"date": "2026-06-01"}, "findings": [{"question": "/C/C01", "code": "C01"}]}


def test_a_decided_recommendation_takes_its_due_date_where_no_other_was_agreed():
    answers = {f"{AT}[C01]": True, f"{AT}[C01]/commitment_decision": "agreed"}
    assert commitments_of(answers, [(MADE, True)]) == [
        Commitment("C01", "unit", "C01", "agreed", "2026-06-01", "", "", confidential=True)
    ]


def test_what_was_agreed_otherwise_stands():
    said = {"decision": "changed", "side": "department", "due": "2026-07-01", "owner": "Sở ", "text": "Cấp 02 máy"}
    answers = {f"{AT}[C01]/commitment_{field}": value for field, value in said.items()}
    assert commitments_of(answers, [(MADE, False)]) == [
        Commitment("C01", "department", "C01", "changed", "2026-07-01", "Cấp 02 máy", "Sở", confidential=False)
    ]


def test_a_commitment_of_a_side_s_own_needs_words():
    answers = {
        f"{AT}[a]/commitment_text": "Mở lớp",
        f"{AT}[a]/commitment_side": "delegation",
        f"{AT}[b]/commitment_text": " ",
    }
    assert commitments_of(answers, []) == [
        Commitment("a", "delegation", "", "", None, "Mở lớp", "", confidential=False)
    ]


def test_undecided_and_removed_ones_do_not_count():
    answers = {
        f"{AT}[C01]/commitment_side": "unit",
        f"{AT}[a]": False,
        f"{AT}[a]/commitment_text": "Mở lớp",
        "/minutes/present[p]/present_name": "Lan",
    }
    assert commitments_of(answers, [(MADE, False)]) == []
