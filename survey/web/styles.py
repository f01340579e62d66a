"""The style sheets of a page as one file: each would be a request of its own before anything can be seen."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, url_for
from flask.typing import ResponseReturnValue

from survey.problems import Problem
from survey.web.app_assets import STATIC, fingerprint

ON_EVERY_PAGE = ("tokens", "base")
FOLDERS = ("css", "vendor")
COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)
SPACE_AROUND = re.compile(r"\s*([{};])\s*")
SPACE_AFTER_COLON = re.compile(r":\s+")


def stylesheet(*names: str) -> str:
    """The address of the sheets of every page and of these, in this order; it changes when one of them does."""
    sheets = (*ON_EVERY_PAGE, *names)
    return url_for("show_styles", names="-".join(sheets), v=fingerprint(joined(sheets).encode()))


def show_styles(names: str) -> ResponseReturnValue:
    """Beside the folder of the sheets, so that the addresses in them lead where they did."""
    try:
        return Response(joined(tuple(names.split("-"))), mimetype="text/css")
    except KeyError:
        raise Problem("not_found") from None


def joined(names: tuple[str, ...]) -> str:
    """The sheets of these names one after the other. KeyError for a name that no sheet has."""
    files = [_sheets()[name] for name in names]
    return _kept(tuple(files), tuple(file.stat().st_mtime_ns for file in files))


@lru_cache(maxsize=1)
def _sheets() -> dict[str, Path]:
    return {file.stem: file for folder in FOLDERS for file in (STATIC / folder).glob("*.css")}


@lru_cache(maxsize=64)
def _kept(files: tuple[Path, ...], changed_ns: tuple[int, ...]) -> str:
    return "\n".join(tightened(file.read_text("utf-8")) for file in files)


def tightened(sheet: str) -> str:
    """A sheet without its comments and without the space that only people read; no text in it holds such signs."""
    return SPACE_AFTER_COLON.sub(":", SPACE_AROUND.sub(r"\1", COMMENT.sub("", sheet)))


def register_styles(app: Flask) -> None:
    app.jinja_env.globals["stylesheet"] = stylesheet
    app.add_url_rule("/static/styles/<names>.css", view_func=show_styles)
