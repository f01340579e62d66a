"""The documents of a visit: asked for, made while their reader watches, given out; and the numbers they bear."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from survey.database import transaction
from survey.documents.giving_out import ask_in_request, find_document_or_404, give_out, settings
from survey.documents.offering import documents_block, kind_name
from survey.language import language
from survey.permissions import ensure_leads, find_visit_or_404, require
from survey.problems import Problem
from survey.store import audit, document_numbers, documents
from survey.store.document_numbers import LARGEST, Given, Numbered
from survey.store.documents import COPIES, FORMS, Document, Wanted
from survey.store.visits import Visit

bp = Blueprint("documents", __name__)


@bp.post("/visits/<visit_id>/documents")
@require("report.read.province")
def ask(visit_id: str) -> ResponseReturnValue:
    """`document` is kind, copy and form with points between them: "report.province.docx"."""
    asked = request.form.get("document", "").split(".")
    chosen = request.form.get("language") or language()
    allowed = (("minutes", "report"), COPIES, FORMS, ("vi", "en"))
    if len(asked) != 3 or any(value not in known for value, known in zip((*asked, chosen), allowed, strict=True)):
        raise Problem("bad_request")
    document = ask_in_request(Wanted(*asked, chosen, visit_id))  # type: ignore[call-arg, arg-type]
    return redirect(url_for(".show_document", document_id=document.id), 303)


@bp.get("/documents/<document_id>")
@require("report.read.province")
def show_document(document_id: str) -> ResponseReturnValue:
    return _told("documents/document.html", find_document_or_404(document_id))


@bp.get("/documents/<document_id>/progress")
@require("report.read.province")
def show_progress(document_id: str) -> ResponseReturnValue:
    return _told("documents/_progress.html", find_document_or_404(document_id))


@bp.get("/documents/<document_id>/file")
@require("report.read.province")
def send_file(document_id: str) -> ResponseReturnValue:
    return give_out(find_document_or_404(document_id))


@bp.post("/documents/<document_id>/again")
@require("report.read.province")
def ask_again(document_id: str) -> ResponseReturnValue:
    document = ask_in_request(find_document_or_404(document_id).wanted)
    return redirect(url_for(".show_document", document_id=document.id), 303)


@bp.post("/visits/<visit_id>/numbers/<any(minutes, report):kind>")
@require("report.number")
def give_number(visit_id: str, kind: Numbered) -> ResponseReturnValue:
    visit = find_visit_or_404(g.db, visit_id, seen_by=g.person)
    ensure_leads(g.person, visit.leader_id)
    try:
        typed = {name.removesuffix(f"-{kind}"): value for name, value in request.form.items()}
        given = NumberForm.model_validate(typed).given()
        with transaction(g.db):
            document_numbers.give(g.db, visit, kind, given, by=g.person.id)
            told = {"kind": kind, "number": given.printed, "issued_on": given.issued_on.isoformat()}
            audit.record(g.db, "number_given", by=g.person.id, visit_id=visit.id, **told)
    except (ValidationError, Problem) as error:
        problem = error if isinstance(error, Problem) else Problem("bad_number", largest=LARGEST)
        return _numbers(visit, kind, problem), problem.status
    return redirect(url_for("visits.show_visit", visit_id=visit.id, _anchor="documents"), 303)


class NumberForm(BaseModel):
    """What the leader typed: a number, and the day of issue as ISO text."""

    model_config = ConfigDict(extra="ignore", str_strip_whitespace=True)

    number: str = Field(pattern=r"^[0-9]{1,4}$")
    issued_on: date

    def given(self) -> Given:
        """Problem bad_number for 0."""
        if not int(self.number):
            raise Problem("bad_number", largest=LARGEST)
        return Given(int(self.number), self.issued_on)


def _numbers(visit: Visit, kind: Numbered, problem: Problem) -> str:
    """The numbers on a page of their own, with what was typed and what is wrong with it."""
    block = documents_block(g.db, visit, g.person, settings())
    block["number_problem"] = (kind, problem)
    return render_template("documents/numbers.html", visit=visit, fictitious=visit.fictitious, **block)


def _told(template: str, document: Document) -> str:
    return render_template(
        template,
        document=document,
        name=kind_name(document.wanted.kind, document.wanted.copy),
        problem=Problem(document.failure.code, **document.failure.details) if document.failure else None,
        before=documents.count_before(g.db, document) if document.state == "waiting" else 0,
        fictitious=document.label.fictitious,
    )
