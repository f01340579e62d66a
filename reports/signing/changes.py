"""Whether nothing but signatures was added to a document since it was signed.

The library asks each object of a document how it can be reached, which takes minutes for a long report in which every
cell of a table is an object of its own. Here only the objects that were written anew are looked at. Each of them must
be a signature field that was empty, or what new signature fields hang on: the form, a page, the catalogue. What a
file says of the program that wrote it may change too.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

FILLED = {"/V", "/AP"}
"""What changes in a signature field that is signed."""

OF_CATALOG = {"/AcroForm", "/DSS", "/Extensions", "/Version"}
OF_FORM = {"/Fields", "/SigFlags"}
OF_PAGE = {"/Annots"}
OF_INFO = {"/ModDate", "/Producer"}


def only_signatures_since(reader: Any, revision: int) -> bool:
    """Whether every later version of a document (pyHanko's reader) adds signatures and nothing else."""
    versions = [reader.get_historical_resolver(number) for number in range(revision, reader.xrefs.total_revisions)]
    return all(only_signatures_between(old, new) for old, new in pairwise(versions))


def only_signatures_between(old: Any, new: Any) -> bool:
    if new.refs_freed_in_revision():
        return False
    known = old.reader.xrefs.get_historical_ref
    written = [ref for ref in new.explicit_refs_in_revision() if known(ref, old.revision) is not None]
    return all(may_become(old(ref), new(ref), new) for ref in written)


def may_become(before: Any, after: Any, new: Any) -> bool:
    """Whether an object may change so for the sake of a signature; `new` resolves references."""
    if is_metadata(before) and is_metadata(after):
        return True
    if type(before) is not type(after) or getattr(before, "encoded_data", None) != getattr(after, "encoded_data", None):
        return False
    if isinstance(before, list):
        return before == after or only_fields_added(before, after, new)
    if not isinstance(before, dict):
        return bool(before == after)
    changed = {key for key in {*before, *after} if before.get(key) != after.get(key)}
    if before.get("/FT") == "/Sig" and "/V" not in before:
        return changed <= FILLED
    if "/Fields" in before:
        return changed <= OF_FORM and only_fields_added(listed(before, "/Fields"), listed(after, "/Fields"), new)
    if before.get("/Type") == "/Page":
        return changed <= OF_PAGE and only_fields_added(listed(before, "/Annots"), listed(after, "/Annots"), new)
    if before.get("/Type") == "/Catalog":
        has_other_form = "/AcroForm" in changed & before.keys()
        form_stays = not has_other_form or may_become(before.get("/AcroForm"), after.get("/AcroForm"), new)
        return changed <= OF_CATALOG and form_stays
    return changed <= OF_INFO


def is_metadata(thing: Any) -> bool:
    """What says which program wrote the file and when, which programs that sign bring up to date."""
    return isinstance(thing, dict) and thing.get("/Type") == "/Metadata"


def listed(holder: Any, key: str) -> list[Any]:
    return list(holder[key]) if key in holder else []


def only_fields_added(before: list[Any], after: list[Any], new: Any) -> bool:
    """Whether a list goes on from what it was with signature fields only."""
    added = [new(entry.reference) for entry in list(after)[len(before) :] if hasattr(entry, "reference")]
    is_longer = len(before) + len(added) == len(after) and list(after)[: len(before)] == list(before)
    return is_longer and all(entry.get("/FT") == "/Sig" for entry in added)
