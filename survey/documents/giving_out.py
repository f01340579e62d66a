"""A document from request to answer: asked for in somebody's name, made or waited for, sent as a file."""

from __future__ import annotations

from flask import Response, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from survey.documents.making import MAKINGS
from survey.documents.rendering import ask_for, render_here
from survey.documents.report_files import MEDIA_TYPES
from survey.problems import Problem
from survey.settings import Settings
from survey.store import documents
from survey.store.documents import Document, Wanted


def settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found


def ask_in_request(wanted: Wanted) -> Document:
    """The document that the signed-in person wants; made at once unless a process of its own makes documents.

    Problem not_allowed, or not found, for what that person may not have.
    """
    MAKINGS[wanted.kind].ensure_may(g.db, g.person, wanted)
    document = ask_for(g.db, wanted, settings(), page=confirming_page(), by=g.person.id)
    if document.state == "waiting":
        current_app.extensions.get("make_document", render_here)(g.db, document, settings())
    return documents.find(g.db, document.id) or document


def confirming_page() -> str:
    """The address of the page that confirms documents, before their code."""
    return f"{settings().public_address.rstrip('/') or request.host_url.rstrip('/')}/d/"


def find_document_or_404(document_id: str) -> Document:
    """The document, when the signed-in person may have it."""
    document = documents.find(g.db, document_id)
    if document is None:
        raise Problem("not_found")
    MAKINGS[document.wanted.kind].ensure_may(g.db, g.person, document.wanted)
    return document


def give_out(document: Document) -> ResponseReturnValue:
    """The file of a document that is ready; else the page that tells how far it is."""
    content = documents.read_file(settings().data, document.sha256) if document.sha256 else None
    if document.state != "ready" or content is None:
        return redirect(url_for("documents.show_document", document_id=document.id), 303)
    response = Response(content, mimetype=MEDIA_TYPES[document.wanted.form])
    shown = "inline" if document.wanted.form == "pdf" else "attachment"
    response.headers["Content-Disposition"] = f'{shown}; filename="{document.file_name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
