"""Answers as JSON and GeoJSON: one object for each visit, written one after the other."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from reports.answers.cells import View
from reports.answers.columns import NOTED, Column
from reports.answers.rows import Record, Rows, key_of

Object = dict[str, Any]


def object_of(rows: Rows, record: Record, facts: Iterable[str], history: list[Object] | None) -> Object:
    """One visit: what is known of it, its answers with the instances of its repeats inside, and what else is wanted.

    A question that was asked and not answered is null; one that does not apply is not there.
    """
    top = rows.layouts[0].columns
    found: Object = {name: record.facts.get(name) for name in facts}
    found |= _filled(rows, record, top, record.questions)
    inside = {"": found}
    for number, one in rows.instances(record):
        own: Object = {"key": key_of(record, one.head), "position": one.position}
        own |= _filled(rows, record, rows.layouts[number].columns, one.questions, one.head)
        inside[one.head] = own
        around = inside.get(one.parent)
        if around is not None:
            around["answers"].setdefault(rows.layouts[number].name, []).append(own)
    if scores := _scores(record, top):
        found["scores"] = scores
    return found if history is None else found | {"history": history}


def _filled(rows: Rows, record: Record, columns: list[Column], questions: Mapping[str, View], head: str = "") -> Object:
    answers: Object = {}
    notes: Object = {}
    for column in columns:
        node = column.nodes.get(record.version)
        view = questions.get(node.path) if node else None
        if view is None or not view.get("relevant"):
            continue
        if column.part == "":
            answers[column.name] = rows.written(record, column, view, head)
        elif column.part in NOTED and (noted := rows.cell(column, record, view)):
            notes.setdefault(column.name.rpartition("#")[0], {})[column.part] = noted
    return {"answers": answers} | ({"notes": notes} if notes else {})


def _scores(record: Record, columns: list[Column]) -> Object:
    version, parts = record.version, ("score", "item")
    sections = {one.sections[version]: one for one in columns if version in one.sections}
    items = {one.name.rpartition("#")[0]: one.nodes[version].path for one in columns if _scored(one, version, parts)}
    if not sections and not items:
        return {}
    return {
        "sections": {name: (record.sections.get(name) or {}).get("score") for name in sections},
        "items": {name: record.items.get(path) for name, path in items.items() if path in record.items},
    }


def _scored(column: Column, version: str, parts: tuple[str, ...]) -> bool:
    return column.part in parts and version in column.nodes


def feature_of(properties: Object, point: tuple[float, ...] | None) -> Object:
    """One visit as a feature; `point` is longitude, latitude and perhaps altitude."""
    geometry = {"type": "Point", "coordinates": list(point)} if point else None
    return {"type": "Feature", "id": properties.get("visit_id"), "geometry": geometry, "properties": properties}


def point_of(value: object) -> tuple[float, ...] | None:
    """The point of an answered place: "latitude longitude altitude accuracy"."""
    parts = [float(part) for part in value.split()] if isinstance(value, str) else []
    return (parts[1], parts[0], *parts[2:3]) if len(parts) >= 2 else None


def json_array(objects: Iterable[Object]) -> Iterator[bytes]:
    """An array, one object a line."""
    yield from _joined("[", objects, "]")


def feature_collection(about: Mapping[str, str], features: Iterable[Object]) -> Iterator[bytes]:
    """A FeatureCollection (RFC 7946), one feature a line."""
    yield from _joined(f'{{"type":"FeatureCollection","about":{_text(about)},"features":[', features, "]}")


def _joined(head: str, objects: Iterable[Object], end: str) -> Iterator[bytes]:
    yield head.encode()
    for number, one in enumerate(objects):
        yield (("," if number else "") + "\n" + _text(one)).encode("utf-8", "replace")
    yield f"\n{end}\n".encode()


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=_day)


def _day(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)
