"""The application, put together from top to bottom."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from flask import Blueprint, Flask, Response, request, url_for
from jinja2 import StrictUndefined

from survey.accounts import register_accounts
from survey.compression import register_compression
from survey.database import prepare_data_folder
from survey.language import choose_language, register_language
from survey.permissions import leads, may, role_name
from survey.problems import register_problems
from survey.security import register_security
from survey.settings import Settings

STATIC = Path(__file__).parents[1] / "static"

PAGES = ("accounts", "home", "trips", "visits", "fill", "sync", "attachments", "checklists", "map", "units", "reports")


def create_app(settings: Settings) -> Flask:
    """Everything built, nothing started; Problem when the data folder cannot be used."""
    prepare_data_folder(settings.data)
    app = Flask("survey", static_folder=str(STATIC), static_url_path="/static")
    app.config["SETTINGS"] = settings
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    register_security(app, settings)
    register_compression(app)
    register_accounts(app)
    app.before_request(choose_language)
    register_language(app)
    register_problems(app)
    app.after_request(keep_versioned_assets)
    app.jinja_env.globals.update(
        asset=asset, may=may, leads=leads, role_name=role_name, has_page=app.view_functions.__contains__
    )
    for name in PAGES:
        register_pages(app, name)
    return app


def register_pages(app: Flask, name: str) -> None:
    if find_spec(f"survey.pages.{name}") is None:
        return
    blueprint: Blueprint = import_module(f"survey.pages.{name}").bp
    app.register_blueprint(blueprint)


@lru_cache(maxsize=512)
def _fingerprint(path: Path, changed_ns: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def asset(name: str) -> str:
    """The address of a static file that changes when its content does, so that browsers may keep it for ever."""
    path = STATIC / name
    return url_for("static", filename=name, v=_fingerprint(path, path.stat().st_mtime_ns))


def keep_versioned_assets(response: Response) -> Response:
    if request.endpoint == "static" and response.status_code == 200:
        kept = "public, max-age=31536000, immutable" if "v" in request.args else "no-cache"
        response.headers["Cache-Control"] = kept
    return response
