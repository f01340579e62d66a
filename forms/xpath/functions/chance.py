"""What is drawn by lot: numbers, identifiers and orders that are the same on every tablet and on the server.

A draw is the SHA-256 of the seed of the visit and of the place that draws, so that nobody has to keep it for it to
stay. A shuffle is the "inside-out" one of Fisher and Yates with the generator of Park and Miller, as the ODK XForms
specification asks; a seed that is no number counts by its SHA-256, as in its reference engines.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from typing import TypeVar

from forms.xpath.functions.coercion import text_number

T = TypeVar("T")
modulus, multiplier = 2**31 - 1, 16_807
alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
longest_name = 1_000


def lot(seed: str, name: str, keys: Sequence[str], step: float) -> bytes:
    """32 bytes for one draw: of the place `name`, in the instance `keys`, at the `step` of a predicate (or 0)."""
    return hashlib.sha256(f"{seed}|{name}|{'/'.join(keys)}|{int(step)}".encode()).digest()


def random_number(seed: str, name: str, keys: Sequence[str], step: float) -> float:
    """A number from 0 up to, not including, 1, of 53 bits."""
    return (int.from_bytes(lot(seed, name, keys, step)[:7], "big") >> 3) / 2.0**53


def random_uuid(seed: str, name: str, keys: Sequence[str], step: float) -> str:
    """A UUID of version 4 (RFC 4122) in small letters."""
    drawn = bytearray(lot(seed, name, keys, step)[:16])
    drawn[6], drawn[8] = drawn[6] & 15 | 64, drawn[8] & 63 | 128
    found = drawn.hex()
    return "-".join((found[:8], found[8:12], found[12:16], found[16:20], found[20:]))


def random_name(seed: str, name: str, keys: Sequence[str], step: float, length: float) -> str:
    """Letters and digits, as many as asked for, 1,000 at most."""
    wanted = 0 if length != length else min(max(math.trunc(min(length, longest_name)), 0), longest_name)
    blocks = range(-(-wanted // 32))
    drawn = b"".join(lot(seed, f"{name}+{block}", keys, step) for block in blocks)
    return "".join(alphabet[byte % 62] for byte in drawn[:wanted])


def shuffle(values: Sequence[T], seed: float | str) -> list[T]:
    """The values in the order that belongs to a seed."""
    state = first_state(seed_of_text(seed) if isinstance(seed, str) else seed)
    found: list[T] = []
    for place, value in enumerate(values):
        state = state * multiplier % modulus
        other = math.floor((state - 1) / (modulus - 1) * (place + 1))
        found.append(value)
        if other != place:
            found[place], found[other] = found[other], value
    return found


def first_state(seed: float) -> int:
    """Where the generator begins: the seed without its fraction, as a whole number of 64 bits; NaN as 0."""
    if seed != seed:
        seed = 0.0
    if abs(seed) == math.inf:
        seed = 1.0 if seed > 0 else -2.0  # 2**63 - 1 and -2**63 by the modulus
    start = int(math.fmod(math.trunc(seed), modulus))
    return start if start > 0 else start + modulus - 1


def seed_of_text(text: str) -> float:
    """The number that a text is; of another text the first 8 bytes of its SHA-256, signed, by the modulus."""
    number = text_number(text)
    if number == number or not text:
        return number
    whole = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big", signed=True)
    return math.copysign(abs(whole) % modulus, whole)
