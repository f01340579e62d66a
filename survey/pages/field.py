"""The field app: pages without any visit in them, so that a tablet can keep them; the answers come from the tablet."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from functools import lru_cache, partial
from typing import Any

from flask import Blueprint, Response, current_app, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from forms.checklist import Checklist
from forms.minutes import minutes_engine
from survey.checklists.attached import media_address
from survey.clock import local_date
from survey.field import pack
from survey.field.joined_script import exported_by
from survey.field.outline import Part, asked_in, needs_rare_controls, outline_of
from survey.field.wording import texts_of_page
from survey.language import LANGUAGES, say
from survey.language import gettext as _
from survey.map.drawn_map import geometry_for_locator
from survey.pages.checklists import answer_module, packed
from survey.permissions import find_visit_or_404, require
from survey.problems import Problem
from survey.progress import progress_of
from survey.store import checklists, units
from survey.store.visits import Visit
from survey.web.app_assets import fingerprint

bp = Blueprint("field", __name__)

SCOPES = ("full", "core")


@bp.get("/visits/<visit_id>/fill")
@bp.get("/visits/<visit_id>/fill/<section>")
@require("confidential.read")
def open_visit(visit_id: str, section: str = "") -> ResponseReturnValue:
    """From the pages of the office to the page of a section, or to where the visit goes on."""
    visit = find_visit_or_404(g.db, visit_id, seen_by=g.person)
    slugs = [part.slug for part in parts_of(*pinned(visit))]
    if section and section not in slugs:
        raise Problem("not_found")
    ahead = progress_of(g.db, visit)
    known = ahead.next_section if ahead.next_section in slugs else slugs[0]
    anchor = ahead.next_code if not section and known == ahead.next_section else None
    return redirect(address_of(visit, section or known, anchor), 303)


@bp.get("/field/")
@require("visit.edit")
def show_start() -> ResponseReturnValue:
    return redirect(url_for(".show_home", language=g.language), 303)


@bp.get("/field/<language>/")
@require("visit.edit")
def show_home(language: str) -> ResponseReturnValue:
    choose(language)
    data = shared_data(with_home=True)
    return render_template("field/home.html", script=pack.home_script(), fonts=fonts(), data=data)


@bp.get("/field/<language>/fill/<checklist_id>/<version>/<scope>/<section>")
@require("confidential.read")
def show_section(language: str, checklist_id: str, version: str, scope: str, section: str) -> ResponseReturnValue:
    choose(language)
    parts = parts_of(checklist_id, version, scope)
    at = next((index for index, part in enumerate(parts) if part.slug == section), None)
    if at is None:
        raise Problem("not_found")
    named: dict[str, Any] = {"language": language, "checklist_id": checklist_id, "version": version, "scope": scope}
    module = url_for("checklists.show_page_module", language=language, checklist_id=checklist_id, version=version)
    page = render_template(
        "fill/page.html",
        named=named,
        section_address=lambda slug: url_for(".show_section", section=slug, **named),
        parts=parts,
        part=parts[at],
        title=title_of(parts[at]),
        previous=parts[at - 1] if at else None,
        following=parts[at + 1] if at + 1 < len(parts) else None,
        fragment=fragment_of(checklist_id, version, scope, parts[at]),
        fonts=fonts(),
        review=url_for(".show_review", **named),
        modules=[pack.checklist_address(checklist_id, version, language), module],
        data=checklist_data(checklist_id, version, scope, parts) | {"section": section},
    )
    return page, visit_ahead(request.args.get("visit", ""))


def visit_ahead(visit_id: str) -> dict[str, str]:
    """A header that has the visit fetched beside the scripts, for a tablet without it; the page stays the same."""
    if not visit_id:
        return {}
    address = url_for("field_data.send_visit", visit_id=visit_id, lang=g.language)
    return {"Link": f"<{address}>; rel=preload; as=fetch; crossorigin=anonymous"}


@bp.get("/field/<language>/review/<checklist_id>/<version>/<scope>")
@require("confidential.read")
def show_review(language: str, checklist_id: str, version: str, scope: str) -> ResponseReturnValue:
    choose(language)
    parts = parts_of(checklist_id, version, scope)
    return render_template(
        "field/review.html",
        script=pack.whole_address("review", checklist_id, version),
        fonts=fonts(),
        data=checklist_data(checklist_id, version, scope, parts),
        named={"language": language, "checklist_id": checklist_id, "version": version, "scope": scope},
    )


@bp.get("/field/<language>/agree/<checklist_id>/<version>/<scope>")
@require("confidential.read")
def show_agreement(language: str, checklist_id: str, version: str, scope: str) -> ResponseReturnValue:
    """What both sides agree on, and what else the minutes hold."""
    choose(language)
    form = minutes_engine().checklist
    return render_template(
        "field/agree.html",
        script=pack.whole_address("agree", checklist_id, version),
        fonts=fonts(),
        data=checklist_data(checklist_id, version, scope, parts_of(checklist_id, version, scope)),
        named={"language": language, "checklist_id": checklist_id, "version": version, "scope": scope},
        asked={node.name: node for node in form.walk()},
        choices=form.choices,
    )


@bp.get("/field/<language>/minutes/<checklist_id>/<version>/<scope>")
@require("confidential.read")
def show_minutes(language: str, checklist_id: str, version: str, scope: str) -> ResponseReturnValue:
    """The minutes as the paper that both sides read, print and sign; the tablet writes them."""
    choose(language)
    data = checklist_data(checklist_id, version, scope, parts_of(checklist_id, version, scope))
    data["urls"]["plan"] = pack.plan_address(checklist_id, version, language)
    return render_template(
        "field/minutes.html",
        script=pack.whole_address("minutes_page", checklist_id, version),
        fonts=fonts(),
        data=data,
        named={"language": language, "checklist_id": checklist_id, "version": version, "scope": scope},
    )


@bp.get("/field/<language>/plan/<fingerprint>/<checklist_id>/<version>.json")
@require("confidential.read")
def show_plan(language: str, fingerprint: str, checklist_id: str, version: str) -> ResponseReturnValue:
    """What the minutes of every visit with this checklist version have in common."""
    choose(language)
    text = pack.plan_text(checklist_id, version, language)
    response = answer_script(text)
    response.mimetype = "application/json"
    return response


@bp.get("/field/<language>/pack/<checklist_id>/<version>/<scope>.json")
@require("confidential.read")
def list_files(language: str, checklist_id: str, version: str, scope: str) -> ResponseReturnValue:
    """What a tablet has to keep for filling with this checklist version."""
    choose(language)
    slugs = [part.slug for part in parts_of(checklist_id, version, scope)]
    return jsonify(files=pack.checklist_files(checklist_id, version, scope, slugs, language))


@bp.get("/field/<language>/app.webmanifest")
def show_manifest(language: str) -> ResponseReturnValue:
    choose(language)
    words = _("Phiếu đánh giá cơ sở, dùng được khi không có mạng")
    text = render_template("field/app.webmanifest", description=words)
    return Response(text, mimetype="application/manifest+json", headers={"Cache-Control": "no-cache"})


@bp.get("/field/worker.js")
def show_worker() -> ResponseReturnValue:
    """The service worker with its version and the files it takes in; asked for again at each start of the app."""
    made_for = {"version": pack.app_version(), "files": pack.app_files()}
    source = (pack.SCRIPTS / "worker.js").read_text("utf-8")
    text = f"const APP = {json.dumps(made_for)};\n{source}"
    return Response(text, mimetype="text/javascript", headers={"Cache-Control": "no-cache"})


@bp.get("/field/map/<code>.svg")
@require("visit.edit")
def show_place(code: str) -> ResponseReturnValue:
    """Where the unit lies: the drawing that its report prints."""
    from reports.locator import locator_map

    day = today()
    unit = units.find_unit(g.db, code, day)
    if unit is None:
        raise Problem("unit_not_found", code=code[:20])
    words = {"country": "Việt Nam", "hoang_sa": "Hoàng Sa", "truong_sa": "Trường Sa"}
    country = geometry_for_locator(g.db, current_app.config["SETTINGS"])
    drawing = locator_map(country, unit, unit.name, unit.province_name, words)
    return Response(drawing, mimetype="image/svg+xml")


@bp.get("/field/home/<fingerprint>.js")
def show_home_script(fingerprint: str) -> ResponseReturnValue:
    return answer_script(pack.script_text("home"))


@bp.get("/field/later/<fingerprint>.js")
def show_later_script(fingerprint: str) -> ResponseReturnValue:
    """What a page imports once it can be used: everybody would wait for it."""
    names = ", ".join(exported_by(pack.SCRIPTS / "later.js"))
    return answer_script(f"{pack.script_text('later')}\nexport const {{ {names} }} = $later;\n")


@bp.get("/field/kinds/<fingerprint>.js")
def show_kinds_script(fingerprint: str) -> ResponseReturnValue:
    """What the page imports for a checklist with types that few checklists have."""
    names = ", ".join(exported_by(pack.SCRIPTS / "kinds.js"))
    return answer_script(f"{pack.script_text('kinds')}\nexport const {{ {names} }} = $kinds;\n")


@bp.get("/field/looks/<fingerprint>.js")
def show_looks_script(fingerprint: str) -> ResponseReturnValue:
    """The controls that only some appearances ask for."""
    names = ", ".join(exported_by(pack.SCRIPTS / "looks.js"))
    return answer_script(f"{pack.script_text('looks')}\nexport const {{ {names} }} = $looks;\n")


@bp.get("/field/fill/<fingerprint>/<checklist_id>/<version>/<language>.js")
def show_script(fingerprint: str, checklist_id: str, version: str, language: str) -> ResponseReturnValue:
    """The script of the page, which imports the module of its checklist by name.

    Imported by the page at run time the module would wait for a frame to be drawn.
    """
    module = url_for("checklists.show_page_module", checklist_id=checklist_id, version=version, language=language)
    return answer_script(starting(module, "page"))


@bp.get("/field/review/<fingerprint>/<checklist_id>/<version>.js", defaults={"page": "review"})
@bp.get("/field/agree/<fingerprint>/<checklist_id>/<version>.js", defaults={"page": "agree"})
@bp.get("/field/minutes/<fingerprint>/<checklist_id>/<version>.js", defaults={"page": "minutes_page"})
def show_whole_script(page: str, fingerprint: str, checklist_id: str, version: str) -> ResponseReturnValue:
    module = url_for("checklists.show_module", checklist_id=checklist_id, version=version)
    return answer_script(starting(module, page, "open, checklist"))


def starting(module: str, first: str, names: str = "open") -> str:
    """A script that hands what it needs of a checklist's module to the `start` of our own."""
    script = pack.script_text(first)
    started = names.replace("open", "$opening.tolerant(open)", 1)
    return f"import {{ {names} }} from {json.dumps(module)};\n{script}\n${first}.start({started});\n"


def answer_script(text: str) -> Response:
    return answer_module(packed(text), fingerprint(text.encode()))


def choose(chosen: str) -> None:
    """The language of this page stands in its address: a tablet keeps each of them as a file."""
    if chosen not in LANGUAGES:
        raise Problem("not_found")
    g.language = chosen


def fonts() -> list[str]:
    return pack.font_addresses()


def today() -> date:
    return local_date(current_app.config["SETTINGS"].utc_offset_hours)


def pinned(visit: Visit) -> tuple[str, str, str]:
    return visit.checklist_id, visit.checklist_version, visit.scope


def address_of(visit: Visit, section: str, anchor: str | None = None) -> str:
    checklist_id, version, scope = pinned(visit)
    named: dict[str, Any] = {"checklist_id": checklist_id, "version": version, "scope": scope, "section": section}
    return url_for(".show_section", language=g.language, visit=visit.id, _anchor=anchor, **named)


def parts_of(checklist_id: str, version: str, scope: str) -> list[Part]:
    if scope not in SCOPES:
        raise Problem("not_found")
    return outline_of(checklists.definition_of(g.db, checklist_id, version), scope)


def title_of(part: Part) -> str:
    """The section's name behind its letter, as the paper form has it."""
    words = say(part.label)
    return words if part.slug == "0" or words.startswith(f"{part.slug}.") else f"{part.slug}. {words}"


def fragment_of(checklist_id: str, version: str, scope: str, part: Part) -> Markup:
    """The section as HTML; it follows from the checklist version, so that it is rendered once a language."""
    found = checklists.require_version(g.db, checklist_id, version)
    kept = kept_fragment(found.sha256, scope, part.slug, g.language)
    if not kept or current_app.debug:
        addresses = partial(media_address, checklists.definition_of(g.db, checklist_id, version))
        kept[:] = [render_template("fill/_section.html", part=part, media_address=addresses)]
    return Markup(kept[0])  # noqa: S704 - our own template, rendered with escaping


@lru_cache(maxsize=512)
def kept_fragment(content: str, scope: str, slug: str, language: str) -> list[str]:
    return []


def shared_data(*, with_home: bool = False) -> dict[str, Any]:
    """What the scripts of every page of the app start from."""
    return {
        "language": g.language,
        "app": pack.app_version(),
        "texts": texts_of_page(with_home=with_home),
        "urls": {
            "home": url_for("field.show_home", language=g.language),
            "app": f"/field/{g.language}/",
            "worker": url_for("field.show_worker"),
            "map": "/field/map/",
            "visits": url_for("field_data.list_visits", lang=g.language),
            "units": url_for("field_data.list_units", lang=g.language),
            "trips": url_for("field_data.list_trips", lang=g.language),
            "sync": url_for("sync.exchange_changes"),
            "attachments": url_for("attachments.keep_attachment", sha256=""),
            "later": pack.later_script(),
            "looks": pack.looks_script(),
            "login": url_for("accounts.show_login"),
            "logout": url_for("accounts.log_out"),
            "office": "/visits/",
        },
    }


def checklist_data(checklist_id: str, version: str, scope: str, parts: Iterable[Part]) -> dict[str, Any]:
    named: dict[str, Any] = {"language": g.language, "checklist_id": checklist_id, "version": version, "scope": scope}
    data = data_of(checklists.definition_of(g.db, checklist_id, version), scope, parts)
    data["urls"]["pack"] = url_for(".list_files", **named)
    return data


def data_of(checklist: Checklist, scope: str, parts: Iterable[Part]) -> dict[str, Any]:
    """What the scripts of a checklist's pages start from, published or not."""
    shared = shared_data()
    if needs_rare_controls(checklist):
        shared["urls"]["kinds"] = pack.kinds_script()
    if places := checklist.recorded:
        shared["recorded"] = places
    return shared | {
        "checklist": {"id": checklist.id, "version": checklist.version, "scope": scope},
        "scope": scope,
        "scored": checklist.is_scored,
        "sections": [
            {"slug": p.slug, "label": say(p.label), "items": [asdict(item) for item in asked_in(p)]} for p in parts
        ],
    }
