"""The checklist page: one section of a visit's checklist, with everything its scripts need to work alone."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from forms.checklist import Checklist
from forms.log import Change, current_changes
from survey.app_assets import fingerprint
from survey.assess import unit_facts
from survey.fill_script import kept_script
from survey.fill_wording import texts_of_page
from survey.language import gettext as _
from survey.language import language, say
from survey.naming import unit_with_province
from survey.outline import Part, asked_in, outline_of
from survey.permissions import find_visit_or_404, may, require
from survey.problems import Problem
from survey.progress import progress_of
from survey.store import changes, checklists, units
from survey.store.visits import Visit

bp = Blueprint("fill", __name__)


@bp.get("/visits/<visit_id>/fill")
@require("confidential.read")
def fill_visit(visit_id: str) -> ResponseReturnValue:
    visit = find_visit_or_404(g.db, visit_id, seen_by=g.person)
    parts = parts_of(visit)
    slugs = [part.slug for part in parts]
    ahead = progress_of(g.db, visit)
    section = ahead.next_section if ahead.next_section in slugs else slugs[0]
    anchor = ahead.next_code if section == ahead.next_section else None
    return redirect(url_for(".fill_section", visit_id=visit.id, section=section, _anchor=anchor), 303)


@bp.get("/visits/<visit_id>/fill/<section>")
@require("confidential.read")
def fill_section(visit_id: str, section: str) -> ResponseReturnValue:
    visit = find_visit_or_404(g.db, visit_id, seen_by=g.person)
    parts = parts_of(visit)
    at = next((index for index, part in enumerate(parts) if part.slug == section), None)
    if at is None:
        raise Problem("not_found")
    read_only = why_read_only(visit)
    return render_template(
        "fill/page.html",
        visit=visit,
        parts=parts,
        part=parts[at],
        title=title_of(parts[at]),
        previous=parts[at - 1] if at else None,
        following=parts[at + 1] if at + 1 < len(parts) else None,
        read_only=read_only,
        fragment=fragment_of(visit, parts[at]),
        modules=[script_address(visit), module_address(visit)],
        data=page_data(visit, parts, section, read_only),
    )


@bp.get("/fill/<fingerprint>/<checklist_id>/<version>/<language>.js")
def show_script(fingerprint: str, checklist_id: str, version: str, language: str) -> ResponseReturnValue:
    """The script of the page, which imports the module of its checklist by name.

    Imported by the page at run time the module would wait for a frame to be drawn.
    """
    module = url_for("checklists.show_page_module", checklist_id=checklist_id, version=version, language=language)
    return answer_script(f"import {{ open }} from {json.dumps(module)};\n{page_script()}\n$page.start(open);\n")


def page_script() -> str:
    """The scripts of `static/fill` as one text."""
    folder = Path(str(current_app.static_folder)) / "fill"
    return kept_script(folder, "page", tuple(path.stat().st_mtime_ns for path in sorted(folder.glob("*.js"))))


def answer_script(text: str) -> Response:
    response = Response(text, mimetype="text/javascript")
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def parts_of(visit: Visit) -> list[Part]:
    return outline_of(checklists.definition_of(g.db, visit.checklist_id, visit.checklist_version), visit.scope)


def title_of(part: Part) -> str:
    """The section's name behind its letter, as the paper form has it."""
    words = say(part.label)
    return words if part.slug == "0" or words.startswith(f"{part.slug}.") else f"{part.slug}. {words}"


def why_read_only(visit: Visit) -> str:
    """Why nothing can be changed on this page; empty while it can."""
    if visit.state != "draft":
        return _("Buổi làm việc đã nộp nên không sửa được. Trưởng đoàn có thể mở lại.")
    return "" if may(g.person, "visit.edit") else _("Tài khoản này chỉ xem, không điền phiếu.")


def script_address(visit: Visit) -> str:
    """The address of the page's script, which changes when its text does."""
    return url_for(
        ".show_script",
        fingerprint=fingerprint(page_script().encode()),
        checklist_id=visit.checklist_id,
        version=visit.checklist_version,
        language=language(),
    )


def module_address(visit: Visit) -> str:
    return url_for(
        "checklists.show_page_module",
        checklist_id=visit.checklist_id,
        version=visit.checklist_version,
        language=language(),
    )


def fragment_of(visit: Visit, part: Part) -> Markup:
    """The section as HTML; it follows from the checklist version, so that it is rendered once a language."""
    found = checklists.require_version(g.db, visit.checklist_id, visit.checklist_version)
    kept = kept_fragment(found.sha256, visit.scope, part.slug, language())
    if not kept or current_app.debug:
        kept[:] = [render_template("fill/_section.html", part=part)]
    return Markup(kept[0])  # noqa: S704 - our own template, rendered with escaping


@lru_cache(maxsize=512)
def kept_fragment(sha256: str, scope: str, slug: str, language: str) -> list[str]:
    return []


def page_data(visit: Visit, parts: list[Part], section: str, read_only: str) -> dict[str, Any]:
    """What the scripts start from; changes are those that count, the cursor lies behind them."""
    log = changes.changes_of(g.db, visit.id)
    current = current_changes(log)
    return {
        "visit": visit.id,
        "scope": visit.scope,
        "today": visit.planned_on,
        "unit": unit_facts(g.db, visit),
        "unit_names": unit_names(visit, current),
        "own_unit": {"code": visit.unit_code, "name": visit.unit_title},
        "language": language(),
        "person": {"id": g.person.id, "name": g.person.name},
        "people": changes.author_names(g.db, [change.author for change in current]),
        "read_only": bool(read_only),
        "section": section,
        "sections": [
            {"slug": p.slug, "label": say(p.label), "items": [asdict(item) for item in asked_in(p)]} for p in parts
        ],
        "cursor": changes.last_number(g.db, visit.id),
        "changes": [change.model_dump() for change in current],
        "texts": texts_of_page(),
        "urls": page_addresses(visit),
    }


def page_addresses(visit: Visit) -> dict[str, str]:
    return {
        "sync": url_for("sync.exchange_changes"),
        "attachments": url_for("attachments.keep_attachment", sha256=""),
        "units": url_for("units.send_results"),
        "login": url_for("accounts.show_login", next=request.path),
    }


def unit_names(visit: Visit, current: list[Change]) -> dict[str, str]:
    """The names of the units that were chosen as answers, and of the one that is visited."""
    checklist = checklists.definition_of(g.db, visit.checklist_id, visit.checklist_version)
    asked = questions_for_units(checklist)
    chosen = (str(c.value) for c in current if c.value and c.question.rpartition("/")[2] in asked)
    codes = [visit.unit_code, *chosen]
    day = date.fromisoformat(visit.planned_on)
    return {code: unit_with_province(unit, day) for code, unit in units.find_units(g.db, codes, day).items()}


def questions_for_units(checklist: Checklist) -> set[str]:
    return {node.name for node in checklist.walk() if node.type == "select_one_from_file"}
