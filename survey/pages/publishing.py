"""Publishing checklists: the versions there are, an uploaded workbook with its faults, and what it would change."""

from __future__ import annotations

from contextlib import ExitStack
from io import BytesIO
from pathlib import PureWindowsPath

from flask import Blueprint, flash, g, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from forms.version_differences import compare
from forms.xlsform.spreadsheet import export_xlsx
from survey.checklists.differences import part_words
from survey.checklists.drafts import (
    LARGEST_CHECKLIST,
    Draft,
    discard_draft,
    find_draft,
    keep_draft,
    list_drafts,
    source_of,
)
from survey.checklists.publishing import look_at_draft, publish_draft
from survey.checklists.reading import rows_with_faults
from survey.language import gettext as _
from survey.language import language
from survey.pages.copies import received_files, settings
from survey.permissions import require
from survey.problems import Problem
from survey.store import changes, checklists
from survey.store.checklist_uses import Use, uses_of_versions
from survey.store.checklists import Version

bp = Blueprint("publishing", __name__, url_prefix="/publishing")

WORKBOOKS = (".xlsx", ".xls", ".md")
MOST_FILES = 50
MOST_ROWS = 60  # rows with faults on the page; the number above says how many there are


@bp.get("/")
@require("checklist.publish")
def list_checklists() -> ResponseReturnValue:
    return _list_page()


@bp.post("/drafts")
@require("checklist.publish")
def upload() -> ResponseReturnValue:
    """A new draft; with `draft` the workbook of a draft once more after a repair, or files to go with it."""
    onto = find_draft(settings().data, request.args["draft"]) if "draft" in request.args else None
    try:
        name, source, files = received_checklist(onto)
        draft = keep_draft(settings().data, name, source, files, by=g.person.id, onto=onto)
    except Problem as problem:
        return (_draft_page(onto, problem) if onto else _list_page(problem)), problem.status
    return redirect(url_for(".show_draft", draft_id=draft.id), 303)


@bp.get("/drafts/<draft_id>")
@require("checklist.publish")
def show_draft(draft_id: str) -> ResponseReturnValue:
    return _draft_page(find_draft(settings().data, draft_id))


@bp.post("/drafts/<draft_id>/publish")
@require("checklist.publish")
def publish(draft_id: str) -> ResponseReturnValue:
    """Publish what was shown: the digest in the form is that of the page. Pressing twice publishes once."""
    draft = None
    try:
        draft = find_draft(settings().data, draft_id)
        version = publish_draft(g.db, settings().data, draft, request.form.get("digest", ""), by=g.person.id)
    except Problem as problem:
        if done := _published_before(problem):
            version = done
        elif draft:
            return _draft_page(draft, problem), problem.status
        else:
            raise
    flash(_("Đã công bố {id} bản {version}.", id=version.id, version=version.version))
    return redirect(url_for(".list_checklists", _anchor=f"c-{version.id}"), 303)


@bp.post("/drafts/<draft_id>/discard")
@require("checklist.publish")
def discard(draft_id: str) -> ResponseReturnValue:
    discard_draft(settings().data, draft_id)
    flash(_("Đã bỏ bản nháp."))
    return redirect(url_for(".list_checklists"), 303)


@bp.get("/versions/<checklist_id>/<version>/source")
@require("checklist.publish")
def send_source(checklist_id: str, version: str) -> ResponseReturnValue:
    """The file as it was published, byte for byte."""
    found = checklists.require_version(g.db, checklist_id, version)
    body = checklists.source_of(g.db, checklist_id, version)
    name = PureWindowsPath(found.source_name).name or "checklist"
    return send_file(BytesIO(body), "application/octet-stream", as_attachment=True, download_name=name)


@bp.get("/versions/<checklist_id>/<version>/xlsx")
@require("checklist.publish")
def send_workbook(checklist_id: str, version: str) -> ResponseReturnValue:
    found = checklists.require_version(g.db, checklist_id, version)
    body = export_xlsx(checklists.source_of(g.db, checklist_id, version), found.source_name)
    return send_file(BytesIO(body), as_attachment=True, download_name=f"{checklist_id}-{version}.xlsx")


def received_checklist(draft: Draft | None = None) -> tuple[str, bytes, dict[str, bytes]]:
    """Name and bytes of the workbook and the files beside it; the workbook of the draft when only files came.

    Problem workbook_missing, workbook_too_large, workbook_twice.
    """
    with ExitStack() as stack:
        received = received_files("workbook", LARGEST_CHECKLIST, MOST_FILES)
        for file in received:
            stack.callback(file.close)
        found = {_name(file): file.stream.read() for file in received}
    books = [name for name in found if name.lower().endswith(WORKBOOKS)]
    if not books and draft is None:
        books = [next(iter(found))]
    if len(books) > 1:
        raise Problem("workbook_twice", names=", ".join(books[:5]))
    if books:
        return books[0], found.pop(books[0]), found
    assert draft
    return draft.name, source_of(settings().data, draft), found


def _published_before(problem: Problem) -> Version | None:
    """The version that the form is about, when the same person has published it already."""
    if problem.code not in ("draft_gone", "version_published"):
        return None
    found = checklists.find(g.db, request.form.get("checklist", ""), request.form.get("version", ""))
    return found if found and found.published_by == g.person.id else None


def _name(file: FileStorage) -> str:
    return PureWindowsPath(file.filename or "").name


def _list_page(problem: Problem | None = None) -> str:
    versions = checklists.list_versions(g.db)
    drafts = list_drafts(settings().data)
    names = changes.author_names(g.db, {by for one in versions if (by := one.published_by)} | {d.by for d in drafts})
    by_id: dict[str, list[Version]] = {}
    for version in versions:
        by_id.setdefault(version.id, []).append(version)
    return render_template(
        "publishing/list.html", checklists=by_id, uses=uses_of_versions(g.db), unused=Use(), names=names,
        drafts=drafts, problem=problem, limit=LARGEST_CHECKLIST,
    )  # fmt: skip


def _draft_page(draft: Draft, problem: Problem | None = None) -> str:
    look = look_at_draft(g.db, settings().data, draft)
    faults = [*look.reading.errors, *look.reading.warnings]
    source = source_of(settings().data, draft)
    differs = compare(look.before, look.checklist, language()) if look.before and look.checklist else None
    return render_template(
        "publishing/draft.html", draft=draft, look=look, problem=problem, differs=differs, part_words=part_words(),
        rows=rows_with_faults(source, draft.name, faults[:200]), most_rows=MOST_ROWS, limit=LARGEST_CHECKLIST,
        names=changes.author_names(g.db, {draft.by}),
    )  # fmt: skip
