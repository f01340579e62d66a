"""Attached lists for tablets: small ones stand in the checklist's module, large ones are files that it fetches once."""

from __future__ import annotations

import gzip
import json
from functools import lru_cache
from typing import Final
from urllib.parse import quote

from forms.checklist import Checklist
from forms.module import spell, table_data
from forms.tables import Table

LARGEST_INSIDE: Final = 8_000
"""Characters of cells of a table that goes along in the module; larger ones would be read again with each language."""

LOADER: Final = """
const $tables = {addresses};
const $found = await Promise.all(Object.values($tables).map(async (address) => (await fetch(address)).json()));
attach(Object.fromEntries(Object.keys($tables).map((name, number) => [name, $found[number]])));
"""


def tables_apart(checklist: Checklist) -> list[str]:
    """The names of the tables that are too large for the module."""
    return [name for name, table in checklist.tables.items() if size_of(table) > LARGEST_INSIDE]


def size_of(table: Table) -> int:
    """The characters of all cells."""
    return sum(len(cell) for row in table.rows for cell in row)


def table_address(checklist: Checklist, name: str) -> str:
    """The address of a table as JSON, which names the hash of the file it was read from.

    Written out rather than asked of the application: modules are also made before it serves anybody.
    """
    mark = checklist.files.get(checklist.tables[name].file, "")[:16]
    place = "/".join(quote(part, safe="") for part in (checklist.id, checklist.version, "tables", mark, f"{name}.json"))
    return f"/checklists/{place}"


def loader(checklist: Checklist) -> str:
    """What a module does last when it is sent to a tablet: fetch the tables that stand beside it; mostly nothing."""
    addresses = {name: table_address(checklist, name) for name in tables_apart(checklist)}
    return LOADER.replace("{addresses}", spell(addresses)) if addresses else ""


def table_packed(checklist: Checklist, name: str) -> bytes:
    """A table as JSON, as gzip; KeyError when there is none of that name."""
    table = checklist.tables[name]
    kept = _kept_table(checklist.files.get(table.file, ""), name)
    if not kept:
        text = json.dumps(table_data(table), ensure_ascii=False, separators=(",", ":"))
        kept.append(gzip.compress(text.encode(), 9, mtime=0))
    return kept[0]


@lru_cache(maxsize=16)
def _kept_table(sha256: str, name: str) -> list[bytes]:
    return []
