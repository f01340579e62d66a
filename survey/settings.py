"""Every setting of the application: one typed line with its default, read from SATCANH_* in one place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    data: Path = Path("data")  # folder of the database, the attachments and the secret
    secret_key: str = ""  # empty = generated once into DATA/secret, readable by its owner only
    demo: bool = False  # show the demo accounts on the sign-in page
    secure_cookies: bool = False  # set behind TLS: the session cookie then never travels unencrypted
    session_hours: int = 12  # a signed-in tablet stays signed in for a working day
    utc_offset_hours: int = 7  # Vietnam has had one offset and no summer time since 1975
    max_request_mb: int = 12  # larger request bodies are refused
    max_copy_mb: int = 300  # the same for a copy of a visit that a tablet saved as a file, on its page only
    commune_sees_numbers: bool = False  # scores and level also in the copy of a report that goes to the unit visited
    login_failures: int = 5  # wrong passwords for one login within the window before it is refused
    address_failures: int = 50  # the same for one network address (a delegation shares one)
    login_window_minutes: int = 15
    public_address: str = ""  # https://… as others reach this server: printed in documents; empty = as it was asked for
    render_seconds: int = 180  # a document that takes longer has failed
    render_mb: int = 1024  # address space of the process that makes documents; one that needs more has failed
    password_rounds: int = 3  # Argon2id time cost
    password_memory_kib: int = 65536  # Argon2id memory cost
    agency_certificate: str = ""  # PKCS#12 file of the agency, which then signs final documents; empty = nobody does
    agency_password: str = ""  # of that file
    agency_seal: str = ""  # PNG of the agency's seal; empty = its signature is in the file and does not show
    agency_seal_mm: int = 36  # how wide the seal is in reality
    person_certificate: str = ""  # PKCS#12 file of the person who signs with `satcanh sign --as person`
    person_password: str = ""  # of that file
    person_signature: str = ""  # PNG of the person's signature
    timestamp_address: str = ""  # of a time-stamp authority (RFC 3161), asked at each signature; empty = none is asked
    signature_authorities: str = ""  # PEM file of the certificates that `satcanh verify` trusts


def settings_from(environment: Mapping[str, str]) -> Settings:
    """Settings with the values of SATCANH_* (for example SATCANH_DATA, SATCANH_DEMO=1) in place of the defaults."""
    values: dict[str, object] = {}
    for field in fields(Settings):
        text = environment.get(f"SATCANH_{field.name.upper()}")
        if text is not None:
            values[field.name] = _typed(text, field.default)
    return Settings(**values)  # type: ignore[arg-type]


def _typed(text: str, default: object) -> object:
    if isinstance(default, bool):
        return text.strip().lower() in {"1", "true", "yes", "on"}
    if isinstance(default, int):
        return int(text)
    return Path(text) if isinstance(default, Path) else text
