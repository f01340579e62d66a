"""Uploaded checklists that wait: kept over a restart, few, not for ever, and never half-written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from survey.checklists import drafts
from survey.checklists.drafts import Draft, discard_draft, files_of, find_draft, keep_draft, list_drafts, source_of
from survey.problems import Problem


def kept(folder: Path, name: str = "a.md", source: bytes = b"| survey |") -> Draft:
    return keep_draft(folder, name, source, {}, by="quan")


def names(folder: Path) -> list[str]:
    return sorted(draft.name for draft in list_drafts(folder))


def test_a_draft_is_what_was_uploaded(tmp_path: Path):
    draft = keep_draft(tmp_path, "a.md", b"| survey |", {"places.csv": b"name"}, by="quan")
    assert find_draft(tmp_path, draft.id) == draft
    assert (source_of(tmp_path, draft), files_of(tmp_path, draft)) == (b"| survey |", {"places.csv": b"name"})


def test_a_later_upload_replaces_the_workbook_and_adds_files(tmp_path: Path):
    first = keep_draft(tmp_path, "a.md", b"1", {"x.csv": b"x", "y.csv": b"y"}, by="quan")
    second = keep_draft(tmp_path, "b.md", b"2", {"y.csv": b"z"}, by="quan", onto=first)
    assert (second.id, source_of(tmp_path, second)) == (first.id, b"2")
    assert files_of(tmp_path, second) == {"x.csv": b"x", "y.csv": b"z"}
    assert first.digest != second.digest


def test_the_draft_that_nobody_touched_for_longest_makes_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(drafts, "MOST", 2)
    oldest = kept(tmp_path, "a.md")
    os.utime(tmp_path / "checklist-drafts" / oldest.id, (1_000_000_000, 1_000_000_000))
    monkeypatch.setattr(drafts, "WAITS", 10**12)
    kept(tmp_path, "b.md")
    kept(tmp_path, "c.md")
    assert names(tmp_path) == ["b.md", "c.md"]


def test_an_old_draft_goes_with_the_next_upload(tmp_path: Path):
    old = kept(tmp_path, "old.md")
    os.utime(tmp_path / "checklist-drafts" / old.id, (1_000_000_000, 1_000_000_000))
    kept(tmp_path, "new.md")
    assert names(tmp_path) == ["new.md"]


@pytest.mark.parametrize("draft_id", ["", "..", "../../secret", "0" * 32, "A" * 32])
def test_a_forged_id_is_no_draft(tmp_path: Path, draft_id: str):
    discard_draft(tmp_path, draft_id)
    with pytest.raises(Problem) as caught:
        find_draft(tmp_path, draft_id)
    assert caught.value.code == "draft_gone"


def test_an_unfinished_upload_is_no_draft(tmp_path: Path):
    draft = kept(tmp_path)
    (tmp_path / "checklist-drafts" / draft.id / "draft.json").write_text('{"id": ')
    assert list_drafts(tmp_path) == []
