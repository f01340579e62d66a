"""Commands for digital signatures: sign a PDF of the product, and tell who signed one."""

from __future__ import annotations

import logging
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Literal

import click

from survey.commands.options import data_option
from survey.documents.signatories import SIGNATORIES, Signatory, checked, hand_of, look_of
from survey.documents.signatories import sign as signed
from survey.documents.signing_words import signature_words
from survey.problems import Problem
from survey.settings import Settings, settings_from


@click.command("sign")
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--visit", help="In place of FILE: the id of a visit, whose document is made and signed in one go.")
@click.option("--document", type=click.Choice(["minutes", "report"]), default="minutes", show_default=True,
              help="Which document of the visit.")  # fmt: skip
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The signed file to write.")
@click.option("--as", "signatories", multiple=True, type=click.Choice(SIGNATORIES), default=["agency"],
              show_default=True, help="Who signs; given twice, both sign in this order.")  # fmt: skip
@click.option("--place", default="delegation", show_default=True,
              help="Where: unit, delegation or secretary, as far as the document has such a place.")  # fmt: skip
@click.option("--annex", metavar="NUMBER", help="FILE is an annex on its own: sign in words, with number and symbol.")
@click.option("--verify", is_flag=True, help="Tell afterwards who signed, as `verify` does.")
@data_option
def sign(
    file: Path | None, visit: str | None, document: Literal["minutes", "report"], out: Path,
    signatories: tuple[Signatory, ...], place: str, annex: str | None, verify: bool, data: Path,
) -> None:  # fmt: skip
    """Sign a PDF digitally (PAdES) with the certificates of the settings SATCANH_AGENCY_… and SATCANH_PERSON_….

    A file whose pages still say that a signature is awaited is refused, for the words would stay: use --visit. The
    signatures that FILE has already stay good.
    """
    if (file is None) == (visit is None) or (annex and (visit or signatories != ("agency",))):
        raise click.UsageError("give FILE or --visit, and --annex only with FILE and --as agency")
    settings = replace(settings_from(os.environ), data=data)
    if visit:
        from survey.documents.signing_visit import signed_of_visit

        content = signed_of_visit(settings, visit, document, signatories, place)
    elif file:
        content = file.read_bytes()
        if not all(one.is_whole for one in checked(content, settings)):
            raise Problem("signing_changed")
        for who in signatories:
            hand = hand_of(settings, who)
            content = signed(content, hand, look_of(hand, who, place, annex), settings)
    out.write_bytes(content)
    click.echo(str(out))
    if verify:
        tell(content, settings)


@click.command("verify")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def verify(file: Path) -> None:
    """Tell who signed a PDF, when, and whether it is unchanged since; fails unless every signature is good.

    Nothing is asked of the network: what an authority revoked is not known here. SATCANH_SIGNATURE_AUTHORITIES names
    a PEM file with the certificates that are trusted.
    """
    if not tell(file.read_bytes(), settings_from(os.environ)):
        sys.exit(1)


def tell(content: bytes, settings: Settings) -> bool:
    """Print a paragraph for each signature; whether there is one and all are good."""
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)  # what it has to say is in its answer
    found = checked(content, settings)
    for line in signature_words(found):
        click.echo(line)
    return bool(found) and all(one.is_good for one in found)
