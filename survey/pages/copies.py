"""Copies of visits that tablets without a network saved as files: uploaded here, taken in, and the result shown."""

from __future__ import annotations

import tempfile
from contextlib import closing
from pathlib import PureWindowsPath
from typing import IO

from flask import Blueprint, current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

from survey.permissions import require
from survey.problems import Problem
from survey.settings import Settings
from survey.sync.copies import Summary, take_in_copy
from survey.sync.copy_file import opened_copy

bp = Blueprint("copies", __name__)

MOST_PARTS = 5  # of the form; each with a file in it becomes a file on the disk
LONGEST_FIELD = 500_000  # bytes of what is no file: that would be held in memory
SHOWN = 20  # places under one reason; the numbers above say how many there are


@bp.get("/sync/copies")
@require("visit.edit")
def show_form() -> ResponseReturnValue:
    return _page()


@bp.post("/sync/copies")
@require("visit.edit")
def take_copy() -> ResponseReturnValue:
    try:
        with closing(received_file("copy", settings().max_copy_mb)) as received, opened_copy(received.stream) as copy:
            name = PureWindowsPath(received.filename or "").name
            summary = take_in_copy(g.db, settings().data, copy, name, g.person)
    except Problem as problem:
        return _page(problem=problem), problem.status
    return _page(summary=summary)


def received_file(name: str, limit: int) -> FileStorage:
    """The uploaded file of that name, at most so many MB, written to the data folder while it comes in.

    It is gone once it is closed. Problem <name>_too_large or <name>_missing. The body is read here and not by Flask,
    which would write it to the system's folder for temporary files, often a small one in memory.
    """
    return received_form(name, limit)[0]


def received_form(name: str, limit: int) -> tuple[FileStorage, dict[str, str]]:
    """Like `received_file`, with the fields beside the file."""
    fields, files = _received(name, limit, MOST_PARTS)
    file = files.get(name)
    if file is None or not file.filename:
        raise Problem(f"{name}_missing")
    return file, fields.to_dict()


def received_files(name: str, limit: int, most: int) -> list[FileStorage]:
    """All uploaded files of that name, at most so many and together at most so many MB; else as `received_file`."""
    found = [file for file in _received(name, limit, most + MOST_PARTS)[1].getlist(name) if file.filename]
    if not found:
        raise Problem(f"{name}_missing")
    return found


def _received(name: str, limit: int, most: int) -> tuple[MultiDict[str, str], MultiDict[str, FileStorage]]:
    request.max_content_length = limit << 20
    reader = FormDataParser(_new_file, max_form_memory_size=LONGEST_FIELD, max_form_parts=most)
    try:
        _stream, fields, files = reader.parse(
            request.stream, request.mimetype, request.content_length, request.mimetype_params
        )
    except RequestEntityTooLarge as error:
        raise Problem(f"{name}_too_large", limit=limit) from error
    return fields, files


def _new_file(*_about: object, **_more: object) -> IO[bytes]:
    """A file without a name in the data folder: nothing is left of it even when the server dies."""
    return tempfile.TemporaryFile(dir=settings().data)


def settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found


def _page(summary: Summary | None = None, problem: Problem | None = None) -> str:
    return render_template(
        "copies/upload.html", summary=summary, problem=problem, limit=settings().max_copy_mb, most_shown=SHOWN
    )
