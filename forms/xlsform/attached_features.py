"""Features of a GeoJSON file as records: id, geometry as ODK writes places ("latitude longitude 0 0"), properties."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from forms.xlsform.diagnosis import Diagnosis
from forms.xlsform.workbook import StopReadingError
from forms.xpath.functions.coercion import number_text


def feature_rows(name: str, data: Any, diagnosis: Diagnosis) -> Iterator[dict[str, str]]:
    """One record a feature; rows of faults count as in the table: the first feature is row 2."""
    features = data.get("features") if isinstance(data, dict) and data.get("type") == "FeatureCollection" else None
    if not isinstance(features, list):
        diagnosis.refuse("geojson_not_features", name)
        raise StopReadingError
    for row, feature in enumerate(features, start=2):
        if not isinstance(feature, dict) or not isinstance(feature.get("properties") or {}, dict):
            diagnosis.refuse("geojson_not_features", name, row)
            continue
        yield feature_record(name, row, feature, diagnosis)


def feature_record(name: str, row: int, feature: dict[str, Any], diagnosis: Diagnosis) -> dict[str, str]:
    """The record of a feature; its own id comes before a property of that name."""
    record = {"id": "", "geometry": geometry_text(name, row, feature.get("geometry"), diagnosis)}
    for key, value in (feature.get("properties") or {}).items():
        if key == "geometry":
            diagnosis.refuse("geojson_geometry_taken", name, row, key)
        elif isinstance(value, dict | list):
            diagnosis.refuse("geojson_nested", name, row, key)
        else:
            record[key] = scalar_text(value)
    own = feature.get("id")
    return record | {"id": scalar_text(own)} if own not in (None, "") else record


def scalar_text(value: Any) -> str:
    """A JSON scalar as XPath spells it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return number_text(float(value)) if isinstance(value, int | float) else str(value)


def geometry_text(name: str, row: int, geometry: Any, diagnosis: Diagnosis) -> str:
    """A point, line or outline as ODK's geopoint, geotrace and geoshape; "" for a feature without a place."""
    if geometry is None:
        return ""
    try:
        return "; ".join(point_text(point) for point in points_of(geometry["type"], geometry["coordinates"]))
    except (TypeError, ValueError, KeyError, IndexError):
        diagnosis.refuse("geojson_geometry_unusable", name, row, "geometry")
        return ""


def points_of(kind: str, coordinates: Any) -> Any:
    """The points of a geometry, of a polygon those of its outline; KeyError for other kinds."""
    outline = coordinates[0] if kind == "Polygon" else coordinates
    return {"Point": [coordinates], "LineString": coordinates, "Polygon": outline}[kind]


def point_text(point: Any) -> str:
    """ "latitude longitude altitude accuracy" of [longitude, latitude, altitude]; ValueError when it is no place."""
    longitude, latitude, *rest = (float(number) for number in point)
    if not (math.isfinite(longitude) and abs(longitude) <= 180 and abs(latitude) <= 90):
        raise ValueError
    altitude = rest[0] if rest and math.isfinite(rest[0]) else 0.0
    return " ".join(number_text(number) for number in (latitude, longitude, altitude, 0.0))
