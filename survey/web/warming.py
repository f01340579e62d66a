"""What the first visitor would otherwise wait for: Folium's part of the map, its geometry and the checklists in use."""

from __future__ import annotations

from flask import Flask

from reports.map import map_parts
from survey.clock import local_date
from survey.database import connect
from survey.field.page_module import module_for_page
from survey.language import LANGUAGES
from survey.map.drawn_map import boundaries_shown, geometry_for_page
from survey.store import checklists
from survey.units.shapes import reshaped_on


def warm_up(app: Flask) -> None:
    """Build what is built once in a process; called before a server begins to listen."""
    map_parts()
    folder = app.config["SETTINGS"].data
    db = connect(folder)
    try:
        changes = reshaped_on(db, local_date(app.config["SETTINGS"].utc_offset_hours))
        geometry_for_page(boundaries_shown(db, folder), folder, changes)
        for version in checklists.list_latest(db):
            engine = checklists.engine_of(db, version.id, version.version)
            for language in LANGUAGES:
                module_for_page(engine, version.sha256, language)
    finally:
        db.close()
