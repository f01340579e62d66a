"""What the field app keeps on a tablet so that it needs no network: its version, its own files, and a checklist's."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import g, url_for

from forms.checklist import Checklist
from reports.minutes_plan import minutes_plan
from survey.checklists.attached import media_address, media_names
from survey.checklists.tables import table_address, tables_apart
from survey.field.joined_script import kept_script
from survey.field.outline import needs_rare_controls
from survey.language import LANGUAGES
from survey.store import checklists
from survey.web.app_assets import STATIC, asset, fingerprint
from survey.web.styles import stylesheet

SCRIPTS = STATIC / "field"
SOURCES = (STATIC, *(Path(__file__).parents[2] / name for name in ("survey", "forms", "reports")))
FACES = (
    "be-vietnam-pro-400",
    "be-vietnam-pro-600",
    "be-vietnam-pro-700",
    "sat-canh-figures-400",
    "sat-canh-figures-700",
)
ICONS = ("icon-192.png", "icon-512.png", "icon-maskable-512.png")
SHEETS = (
    ("home", "field", "tripmap"),
    ("fill",),
    ("fill", "looks"),
    ("visits", "field"),
    ("visits", "field", "agree"),
    ("visits", "field", "paper", "signing"),
)


@lru_cache(maxsize=1)
def app_version() -> str:
    """A short hash of everything that the field app is made from; another one is another app to a tablet."""
    digest = hashlib.sha256()
    for folder in SOURCES:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(str(path.relative_to(folder)).encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def script_text(first: str) -> str:
    """The scripts behind `static/field/<first>.js` as one text."""
    changed = tuple(path.stat().st_mtime_ns for path in sorted(SCRIPTS.glob("*.js")))
    return kept_script(SCRIPTS, first, changed)


def font_addresses() -> list[str]:
    return [url_for("static", filename=f"fonts/{face}.woff2") for face in FACES]


def home_script() -> str:
    """The address of the home page's script, which changes when its text does."""
    return url_for("field.show_home_script", fingerprint=fingerprint(script_text("home").encode()))


def later_script() -> str:
    return url_for("field.show_later_script", fingerprint=fingerprint(script_text("later").encode()))


def kinds_script() -> str:
    return url_for("field.show_kinds_script", fingerprint=fingerprint(script_text("kinds").encode()))


def kinds_files(checklist: Checklist) -> list[str]:
    """Script and style of the types that few checklists have; none for a checklist without them."""
    return [kinds_script(), asset("css/kinds.css")] if needs_rare_controls(checklist) else []


def looks_script() -> str:
    """The address of the script of controls that only some appearances ask for."""
    return url_for("field.show_looks_script", fingerprint=fingerprint(script_text("looks").encode()))


def app_files() -> list[str]:
    """What the app needs whatever is assessed; the service worker takes it in when it is installed."""
    shared = [asset("app.js"), asset("favicon.svg"), *(asset(f"icons/{name}") for name in ICONS)]
    sheets = [stylesheet(*names) for names in SHEETS]
    pages = [url_for(name, language=one) for one in LANGUAGES for name in ("field.show_home", "field.show_manifest")]
    fonts = [url_for("static", filename=f"fonts/{path.name}") for path in sorted((STATIC / "fonts").glob("*.woff2"))]
    return [*pages, home_script(), later_script(), looks_script(), *shared, *sheets, *fonts]


def checklist_address(checklist_id: str, version: str, language: str) -> str:
    """The address of the checklist page's script: it names its module and changes with its text."""
    mark = fingerprint(script_text("page").encode())
    return url_for("field.show_script", fingerprint=mark, checklist_id=checklist_id, version=version, language=language)


def whole_address(page: str, checklist_id: str, version: str) -> str:
    """The address of the script of a page that works with the whole module of a checklist, "review" for instance."""
    named: dict[str, Any] = {"checklist_id": checklist_id, "version": version, "page": page}
    return url_for("field.show_whole_script", fingerprint=fingerprint(script_text(page).encode()), **named)


def plan_text(checklist_id: str, version: str, language: str) -> str:
    """The plan of the minutes as JSON text; it follows from the checklist version, so it is made once a language."""
    found = checklists.require_version(g.db, checklist_id, version)
    kept = _kept_plan(found.sha256, language)
    if not kept:
        definition = checklists.definition_of(g.db, checklist_id, version)
        kept.append(json.dumps(minutes_plan(definition, language), ensure_ascii=False, separators=(",", ":")))
    return kept[0]


@lru_cache(maxsize=64)
def _kept_plan(sha256: str, language: str) -> list[str]:
    return []


def plan_address(checklist_id: str, version: str, language: str) -> str:
    """The address of the plan of the minutes, which changes when a word of them does."""
    mark = fingerprint(plan_text(checklist_id, version, language).encode())
    named: dict[str, Any] = {"language": language, "checklist_id": checklist_id, "version": version}
    return url_for("field.show_plan", fingerprint=mark, **named)


def checklist_files(checklist_id: str, version: str, scope: str, slugs: list[str], language: str) -> list[str]:
    """Everything that filling, reviewing and the minutes with one checklist version open."""
    named: dict[str, Any] = {"checklist_id": checklist_id, "version": version, "language": language}
    definition = checklists.definition_of(g.db, checklist_id, version)
    pages = [url_for("field.show_section", scope=scope, section=slug, **named) for slug in slugs]
    return [
        *pages,
        url_for("field.show_review", scope=scope, **named),
        url_for("field.show_agreement", scope=scope, **named),
        url_for("field.show_minutes", scope=scope, **named),
        plan_address(checklist_id, version, language),
        checklist_address(checklist_id, version, language),
        whole_address("review", checklist_id, version),
        whole_address("agree", checklist_id, version),
        whole_address("minutes_page", checklist_id, version),
        url_for("checklists.show_page_module", **named),
        url_for("checklists.show_module", checklist_id=checklist_id, version=version),
        *kinds_files(definition),
        *(table_address(definition, name) for name in tables_apart(definition)),
        *(media_address(definition, name) for name in media_names(definition)),
    ]
