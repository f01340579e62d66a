"""Text answers travel compressed: the networks of the field are slow and metered."""

from __future__ import annotations

import gzip
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, request

from survey.web.app_assets import ASSETS

TEXT_TYPES = {
    "text/html", "text/css", "text/javascript", "application/javascript", "application/json", "image/svg+xml",
    "application/manifest+json",
}  # fmt: skip
LEAST_BYTES = 800


@lru_cache(maxsize=256)
def compressed_file(path: Path, changed_ns: int) -> bytes:
    """The compressed content of a static file, kept until the file changes."""
    return gzip.compress(path.read_bytes(), 9, mtime=0)


def compress(response: Response) -> Response:
    """Compress what is text and large enough; everything else passes."""
    response.vary.add("Accept-Encoding")
    if response.status_code != 200 or response.mimetype not in TEXT_TYPES or "Content-Encoding" in response.headers:
        return response
    if request.accept_encodings["gzip"] <= 0:
        return response
    body = _compressed_body(response)
    if body is not None:
        response.direct_passthrough = False
        response.set_data(body)
        response.headers["Content-Encoding"] = "gzip"
    return response


def _compressed_body(response: Response) -> bytes | None:
    if response.direct_passthrough:
        return _compressed_static_body()
    if response.is_streamed:
        return None
    data = response.get_data()
    # What is kept for ever is sent once: it may take a little longer to pack.
    level = 9 if request.endpoint in ASSETS else 6
    return gzip.compress(data, level, mtime=0) if len(data) >= LEAST_BYTES else None


def _compressed_static_body() -> bytes | None:
    from flask import current_app

    if request.endpoint != "static" or not request.view_args or not current_app.static_folder:
        return None
    path = Path(current_app.static_folder) / request.view_args["filename"]
    stat = path.stat()
    return compressed_file(path, stat.st_mtime_ns) if stat.st_size >= LEAST_BYTES else None


def register_compression(app: Flask) -> None:
    app.after_request(compress)
