"""What protects every answer and every write: headers, the origin of writes, the session cookie, the secret."""

from __future__ import annotations

import os
import secrets
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask, Response, g, request

from survey.problems import Problem
from survey.settings import Settings
from survey.web.app_assets import ASSETS

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
HEADERS = {  # set here alone
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()",
}


# No unsafe-*, no inline script, nothing from other hosts.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "media-src 'self' blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)


def add_headers(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
    response.headers.extend(HEADERS)
    if "person" in g and g.person and request.endpoint not in ASSETS:
        response.headers.setdefault("Cache-Control", "private, no-store")
    return response


def refuse_cross_site_writes() -> None:
    """A write must come from our own pages; programs that are no browser send neither header and may pass."""
    if request.method in SAFE_METHODS:
        return
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    foreign_origin = origin is not None and urlsplit(origin).netloc != request.host
    if site not in (None, "same-origin", "none") or (site is None and foreign_origin):
        raise Problem("cross_site")


def secret_key(settings: Settings) -> str:
    """The configured secret, or one made once for this data folder that only its owner can read."""
    if settings.secret_key:
        return settings.secret_key
    path = settings.data / "secret"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read_secret(path)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_hex(32))
    return _read_secret(path)


def _read_secret(path: Path) -> str:
    text = path.read_text().strip()
    if len(text) < 32:
        raise Problem("data_folder_unwritable", folder=str(path.parent), reason="secret")
    return text


def register_security(app: Flask, settings: Settings) -> None:
    app.secret_key = secret_key(settings)
    app.config.update(
        SESSION_COOKIE_NAME="satcanh",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=settings.session_hours),
        MAX_CONTENT_LENGTH=settings.max_request_mb * 1024 * 1024,
    )
    app.before_request(refuse_cross_site_writes)
    app.after_request(add_headers)
