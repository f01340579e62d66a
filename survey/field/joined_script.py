"""The scripts of a page of the field app as one ES module: fifteen files would be fifteen requests on a slow tablet.

Each file of `static/field` becomes a function that returns what it exports, after those it imports from. The files keep
to one form, so that no parser is needed: imports by name from "./file.js" on one line, exports before a declaration.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

IMPORT = re.compile(r'^import (\{[^}]*\}) from "\./(\w+)\.js";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:const|class|(?:async )?function) (\w+))", re.MULTILINE)
COMMENT = re.compile(r"\s*(//|/\*\*|\*(?: |/|$))")


def joined(folder: Path, first: str, instead: Mapping[str, str] | None = None) -> str:
    """All that the file of this name needs, and last the file itself as the constant `$first`.

    `instead` names files that stand in for others: they export the same. Raises OSError for an import of a file that is
    not there.
    """
    texts: dict[str, str] = {}
    stand_ins = instead or {}

    def take(name: str) -> None:
        if name in texts:
            return
        text = (folder / f"{stand_ins.get(name, name)}.js").read_text("utf-8")
        for _, needed in IMPORT.findall(text):
            take(needed)
        texts[name] = enclosed(name, text)

    take(first)
    return "\n".join(texts.values())


def enclosed(name: str, text: str) -> str:
    """One file as `const $name = (() => {…})();`, without comments and indentation."""
    exported = ", ".join(EXPORT.findall(text))
    inside = EXPORT.sub("", IMPORT.sub(r"const \1 = $\2;\n", text))
    lines = (line.strip() for line in inside.splitlines() if not COMMENT.match(line))
    body = "\n".join(line for line in lines if line)
    return f"const ${name} = (() => {{\n{body}\nreturn {{ {exported} }};\n}})();"


def exported_by(file: Path) -> list[str]:
    """The names that a file exports."""
    return EXPORT.findall(file.read_text("utf-8"))


@lru_cache(maxsize=4)
def kept_script(folder: Path, first: str, changed_ns: tuple[int, ...]) -> str:
    """`joined`, kept until a file changes."""
    return joined(folder, first)
