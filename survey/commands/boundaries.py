"""Commands for official boundaries: import a file that the map draws from then on, and go back to the schematic."""

from __future__ import annotations

import os
from pathlib import Path

import click

from survey.clock import local_date
from survey.commands.options import data_option
from survey.database import opened
from survey.language import gettext as _
from survey.map.boundaries import Summary, import_boundaries, remove_boundaries
from survey.settings import settings_from


@click.group("boundaries")
def boundaries() -> None:
    """Official boundaries in place of the schematic of the map."""


@boundaries.command("import")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@data_option
def import_file(file: Path, data: Path) -> None:
    """Take in the boundaries of units and let the map draw them.

    FILE is GeoJSON (a FeatureCollection) or TopoJSON with polygons in WGS 84 degrees; each has the unit's official code
    as property `code`, `ma` or `ma_xa`, or as `id`. Codes that other units of the list have replaced are brought up to
    date. Prints how many units have a boundary, which codes are unknown and which units keep a schematic shape.
    """
    day = local_date(settings_from(os.environ).utc_offset_hours)
    with file.open("rb") as source, opened(data) as db:
        summary = import_boundaries(db, data, source, file.name, day=day, by=None)
    for line in told(summary):
        click.echo(line)


@boundaries.command("remove")
@data_option
def remove(data: Path) -> None:
    """Go back to the schematic."""
    with opened(data) as db:
        removed = remove_boundaries(db, by=None)
    click.echo(_("Đã bỏ ranh giới của tệp {file}; bản đồ dùng lại sơ đồ.", file=removed.file_name))


def told(summary: Summary) -> list[str]:
    """The numbers, then the codes that a person has to look at, a line each."""
    sizes = {"kb": round(summary.page_size / 1000), "packed": round(summary.packed_size / 1000)}
    return [
        _("{drawn} đơn vị có ranh giới, {missing} đơn vị chưa có, {unknown} mã không rõ", **summary.counts()),
        *(_("{old}: nay là {new}", old=old, new=new) for old, new in summary.recoded.items()),
        *(_("{code}: không có trong danh mục đơn vị", code=code) for code in summary.unknown),
        *(_("{code} {unit}: chưa có ranh giới, vẽ theo sơ đồ", code=u.code, unit=u.title) for u in summary.missing),
        _("Bản đồ tải {kb} kB, nén còn {packed} kB", **sizes),
    ]
