"""Digests of texts (XForms 1.1 §7.8.1) and texts in Base64. Texts are read as UTF-8."""

from __future__ import annotations

import base64
import hashlib
import re

algorithms = {"MD5": "md5", "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512"}
encodings = ("hex", "base64")
blank = re.compile("[ \t\r\n]+")
base64_form = re.compile("[A-Za-z0-9+/]*={0,2}")


def digest(value: str, algorithm: str, encoding: str = "base64") -> str:
    """The digest of a text in hexadecimal or Base64; "" for an algorithm or an encoding that is not known."""
    name, spelling = algorithms.get(algorithm.upper()), encoding.lower()
    if name is None or spelling not in encodings:
        return ""
    found = hashlib.new(name, value.encode(), usedforsecurity=False).digest()
    return found.hex() if spelling == "hex" else base64.b64encode(found).decode()


def base64_decode(value: str) -> str:
    """The text that a Base64 text holds, blanks left out; "" when it holds none."""
    plain = blank.sub("", value)
    bare = plain.rstrip("=")
    if not base64_form.fullmatch(plain) or len(bare) % 4 == 1 or (len(bare) < len(plain) and len(plain) % 4):
        return ""
    try:
        return base64.b64decode(bare + "=" * (-len(bare) % 4)).decode()
    except UnicodeDecodeError:
        return ""
