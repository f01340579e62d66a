"""An address as a QR code, for a document that leads to the page which confirms it."""

from __future__ import annotations

from io import BytesIO

import segno

from reports.pdf import data_url


def qr_code(address: str) -> str:
    """The address as a QR code of some 20 modules a side, readable with a seventh of it damaged; an image address."""
    out = BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", border=0, xmldecl=False, nl=False)
    return data_url("image/svg+xml", out.getvalue())
