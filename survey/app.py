"""The application, put together from top to bottom."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from flask import Blueprint, Flask
from jinja2 import StrictUndefined

from survey.accounts import register_accounts
from survey.database import prepare_data_folder
from survey.documents.signatories import ensure_keys_work
from survey.field.facts import person_facts
from survey.language import choose_language, register_language
from survey.naming import register_naming
from survey.permissions import leads, may, role_name
from survey.problems import register_problems
from survey.settings import Settings
from survey.web.app_assets import STATIC, asset, icon_drawing, keep_versioned_assets
from survey.web.compression import register_compression
from survey.web.security import register_security
from survey.web.styles import register_styles

__all__ = ["asset", "create_app"]

PAGES = (
    "accounts",
    "home",
    "trips",
    "visits",
    "field",
    "field_data",
    "sync",
    "attachments",
    "checklists",
    "answers",
    "publishing",
    "preview",
    "moving",
    "copies",
    "boundaries",
    "map",
    "unit_import",
    "units",
    "reports",
    "minutes",
    "synthesis",
    "documents",
    "confirming",
)


def create_app(settings: Settings) -> Flask:
    """Everything built, nothing started; Problem when the data folder or a configured certificate cannot be used."""
    prepare_data_folder(settings.data)
    ensure_keys_work(settings)
    app = Flask("survey", static_folder=str(STATIC), static_url_path="/static")
    app.config["SETTINGS"] = settings
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(asset=asset, icon_drawing=icon_drawing, may=may, leads=leads, role_name=role_name)
    app.jinja_env.globals["person_facts"] = person_facts
    app.jinja_env.globals.update(has_page=app.blueprints.__contains__)
    register_security(app, settings)
    register_compression(app)
    register_accounts(app)
    app.before_request(choose_language)
    register_language(app)
    register_naming(app)
    register_styles(app)
    register_problems(app)
    app.after_request(keep_versioned_assets)
    for name in PAGES:
        register_pages(app, name)
    return app


def register_pages(app: Flask, name: str) -> None:
    """Register the blueprint of one file of pages, when there is one."""
    if find_spec(f"survey.pages.{name}") is None:
        return
    blueprint: Blueprint = import_module(f"survey.pages.{name}").bp
    app.register_blueprint(blueprint)
