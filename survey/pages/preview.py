"""The preview of a checklist: the tablet's page with live logic; nothing of it reaches a log or the tablet's store."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from flask import Blueprint, Response, current_app, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from survey.checklists.preview import Subject, file_of, find_subject, invented_visit, module_of, script_text
from survey.clock import local_date
from survey.field.facts import person_facts
from survey.field.outline import Part, outline_of
from survey.language import gettext as _
from survey.pages.checklists import answer_module, packed
from survey.pages.copies import settings
from survey.pages.field import SCOPES, choose, data_of, fonts, kept_fragment, title_of
from survey.permissions import require
from survey.problems import Problem
from survey.store import checklists
from survey.web.app_assets import fingerprint

bp = Blueprint("preview", __name__, url_prefix="/publishing/preview")


@bp.get("/draft/<draft_id>")
@require("checklist.publish")
def open_draft(draft_id: str) -> ResponseReturnValue:
    return _first_page(find_subject(g.db, settings().data, draft_id))


@bp.get("/version/<checklist_id>/<version>")
@require("checklist.publish")
def open_version(checklist_id: str, version: str) -> ResponseReturnValue:
    found = checklists.require_version(g.db, checklist_id, version)
    return _first_page(find_subject(g.db, settings().data, found.sha256))


@bp.get("/<key>/<language>/<scope>/<section>")
@require("checklist.publish")
def show_section(key: str, language: str, scope: str, section: str) -> ResponseReturnValue:
    subject = find_subject(g.db, settings().data, key)
    choose(language)
    parts = _parts(subject, scope)
    at = next((index for index, part in enumerate(parts) if part.slug == section), None)
    if at is None:
        raise Problem("not_found")
    named: dict[str, Any] = {"key": key, "language": language, "scope": scope}
    script = url_for(".show_script", key=key, digest=subject.digest, mark=fingerprint(script_text().encode()))
    return render_template(
        "publishing/preview.html", named=named | {"version": subject.checklist.version}, subject=subject,
        section_address=lambda slug: url_for(".show_section", section=slug, **named),
        other=lambda **changed: url_for(".show_section", **({"section": section} | named | changed)),
        sections_short=[part.slug for part in outline_of(subject.checklist, "core")],
        parts=parts, part=parts[at], title=title_of(parts[at]), scope=scope, language_shown=language,
        previous=parts[at - 1] if at else None, following=parts[at + 1] if at + 1 < len(parts) else None,
        fragment=_fragment(subject, scope, parts[at]), fonts=fonts(), review=_way_back(subject),
        way_back=_way_back(subject), review_words=_("Thôi xem thử"), modules=[script, _module_address(subject)],
        data=_data(subject, scope, parts) | {"section": section},
    )  # fmt: skip


@bp.get("/<key>/<digest>/<mark>/script.js")
@require("checklist.publish")
def show_script(key: str, digest: str, mark: str) -> ResponseReturnValue:
    """The script of the page, which imports the module of what is looked at."""
    subject = find_subject(g.db, settings().data, key)
    text = f'import {{ open }} from "{_module_address(subject)}";\n{script_text()}\n$preview.look(open);\n'
    return answer_module(packed(text), fingerprint(text.encode()))


@bp.get("/<key>/<digest>/module.js")
@require("checklist.publish")
def show_module(key: str, digest: str) -> ResponseReturnValue:
    subject = find_subject(g.db, settings().data, key)
    return answer_module(module_of(subject), subject.digest)


@bp.get("/<key>/file/<sha256>")
@require("checklist.publish")
def show_file(key: str, sha256: str) -> ResponseReturnValue:
    """A picture or sound that goes with the checklist, by the hash of its bytes."""
    content, media_type = file_of(settings().data, find_subject(g.db, settings().data, key), sha256)
    return Response(content, mimetype=media_type)


def _media(subject: Subject, name: str) -> str:
    sha256 = subject.checklist.files.get(name)
    return url_for("preview.show_file", key=subject.key, sha256=sha256) if sha256 else ""


def _module_address(subject: Subject) -> str:
    return url_for("preview.show_module", key=subject.key, digest=subject.digest)


def _first_page(subject: Subject) -> ResponseReturnValue:
    parts = _parts(subject, "full")
    if not parts:
        raise Problem("nothing_to_preview")
    named: dict[str, Any] = {"key": subject.key, "language": g.language, "scope": "full", "section": parts[0].slug}
    return redirect(url_for(".show_section", **named), 303)


def _parts(subject: Subject, scope: str) -> list[Part]:
    if scope not in SCOPES:
        raise Problem("not_found")
    return outline_of(subject.checklist, scope)


def _way_back(subject: Subject) -> str:
    if subject.draft_id:
        return url_for("publishing.show_draft", draft_id=subject.draft_id)
    return url_for("publishing.list_checklists", _anchor=f"c-{subject.checklist.id}")


def _fragment(subject: Subject, scope: str, part: Part) -> Markup:
    # By the key too: the addresses of pictures hold it, and the tablet's page of the same content has others.
    kept = kept_fragment(f"{subject.key} {subject.digest}", scope, part.slug, g.language)
    if not kept or current_app.debug:
        kept[:] = [render_template("fill/_section.html", part=part, media_address=partial(_media, subject))]
    return Markup(kept[0])  # noqa: S704 - our own template, rendered with escaping


def _data(subject: Subject, scope: str, parts: list[Part]) -> dict[str, Any]:
    """What the page starts from: that of a visit's page, with the invented visit in it and no pack to download."""
    facts = invented_visit(g.db, subject.checklist, _today())
    data = data_of(subject.checklist, scope, parts)
    data["texts"] |= {"preview_keeps_nothing": _("Xem thử: không lưu, không gửi gì.")}
    person = person_facts(g.person) | {"edits": True}
    return data | {"preview": {"key": subject.digest, "facts": facts, "person": person}}


def _today() -> date:
    return local_date(settings().utc_offset_hours)
