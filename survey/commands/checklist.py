"""Commands for checklists: check, publish, list, export and compile."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import click

from forms.checklist import UNASKED
from forms.module import compile_module
from forms.xlsform.spreadsheet import export_xlsx
from survey.checklists.attached import file_bytes
from survey.commands.options import CHECKLIST_FILE, attach_option, data_option
from survey.commands.sources import files_for, read, read_source
from survey.database import opened
from survey.store import checklists
from survey.store.checklist_files import files_of


@click.group("checklist")
def checklist() -> None:
    """Check, publish, list, export and compile checklists."""


@checklist.command("check", help=f"Summarise a checklist and name its problems by sheet:row.\n\n{CHECKLIST_FILE}")
@click.argument("file")
@attach_option
@click.pass_obj
def check(lang: str, file: str, attach: tuple[Path, ...]) -> None:
    found, warnings = read(file, attach)
    nodes = list(found.walk())
    questions = [node for node in nodes if node.type not in ("group", "repeat", *UNASKED)]
    click.echo(f"{found.title.get(lang) or next(iter(found.title.values()), '')}: {found.id} {found.version}")
    click.echo(
        f"sections {len(found.sections)}, questions {len(questions)}, core {sum(q.core for q in questions)}, "
        f"scored {sum(n.is_scored for n in nodes)}, gates {sum(n.gate is not None for n in nodes)}, "
        f"levels {len(found.levels)}, recommendations {len(found.rules)}, languages {' '.join(found.languages)}"
    )
    for warning in warnings:
        click.echo(warning.say(lang), err=True)


@checklist.command("publish", help=f"Publish a checklist; a published version never changes.\n\n{CHECKLIST_FILE}")
@click.argument("file")
@attach_option
@data_option
def publish(file: str, attach: tuple[Path, ...], data: Path) -> None:
    source, name = read_source(file)
    with opened(data) as db:
        version = checklists.publish(db, source, name, by=None, files=files_for(file, attach), folder=data)
    click.echo(f"{version.id} {version.version}")


@checklist.command("list", help="List published checklists: id, version, title, moment of publication.")
@data_option
def list_versions(data: Path) -> None:
    with opened(data) as db:
        for version in checklists.list_versions(db):
            title = next(iter(version.title.values()), "")
            click.echo(f"{version.id}\t{version.version}\t{title}\t{version.published_at}")


@checklist.command("export")
@click.argument("id")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True)
@data_option
def export(id: str, out: Path, data: Path) -> None:
    """Write a published or library checklist as an Excel workbook; as a .zip with the files attached to it."""
    attached: dict[str, bytes] = {}
    with opened(data) as db:
        version = checklists.find_latest(db, id)
        source = checklists.source_of(db, version.id, version.version) if version else b""
        if version:
            attached = {file.name: file_bytes(data, file) for file in files_of(db, version.id, version.version)}
    source, name = (source, version.source_name) if version else read_source(id)
    workbook = export_xlsx(source, name)
    out.write_bytes(zipped({f"{id}.xlsx": workbook} | attached) if out.suffix.lower() == ".zip" else workbook)
    click.echo(str(out))


@checklist.command("compile", help=f"Write the ES module of a checklist for JavaScript.\n\n{CHECKLIST_FILE}")
@click.argument("file")
@attach_option
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True)
def compile_file(file: str, attach: tuple[Path, ...], out: Path) -> None:
    out.write_text(compile_module(read(file, attach)[0]), encoding="utf-8")
    click.echo(str(out))


def zipped(files: dict[str, bytes]) -> bytes:
    """The files in one archive, the same for the same files: every entry has the first moment that a zip can hold."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return stream.getvalue()
