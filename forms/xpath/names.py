"""What expressions may refer to: every question, group and repeat of a checklist, by name and by place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

from forms.checklist import Checklist, Choice, FileList, Node, quoted_names
from forms.xpath.bound import Storage

storages: dict[str, Storage] = {
    "integer": "number", "decimal": "number", "select_multiple": "list", "image": "list", "audio": "list",
    "file": "list", "calculate": "any", "group": "group", "repeat": "group", "range": "number", "rank": "list",
    "video": "list", "hidden": "any",
}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """A node as expressions see it; `repeats` are the paths of the repeats around it, its own path when it is one."""

    path: str
    storage: Storage
    is_repeat: bool
    repeats: tuple[str, ...]
    choices: str | None = None


@dataclass(frozen=True)
class Table:
    """What instance() may name: the columns of its rows, and the steps from its root to a row."""

    columns: frozenset[str]
    way: tuple[str, ...] = ("root", "item")


@dataclass
class Names:
    """The places of a form by path and by name; `root` holds the names that may stand for the form itself.

    `labels` are the words of each list of choices, `quoted` the names of the questions that these quote.
    """

    root: frozenset[str]
    language: str
    places: dict[str, Place]
    labels: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    quoted: dict[str, tuple[str, ...]] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    lists: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    version: str = ""
    by_name: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.places.setdefault("", Place("", "group", False, ()))
        for path in self.places:
            self.by_name.setdefault(path.rpartition("/")[2], []).append(path)
        self.by_name.pop("", None)

    @classmethod
    def of(cls, checklist: Checklist) -> Names:
        """The names of a checklist; labels are those of its first language."""
        places = {place.path: place for node in checklist.nodes for place in _places(node, ())}
        language = checklist.languages[0] if checklist.languages else "vi"
        labels = {
            name: tuple((choice.name, words_in(choice, language)) for choice in choices)
            for name, choices in checklist.choices.items()
        }
        quoted = {
            name: tuple(dict.fromkeys(quoted_names(one.label for one in choices)))
            for name, choices in checklist.choices.items()
        }
        tables = {
            name: Table(frozenset({"name", "label"}.union(*(choice.fields for choice in choices))))
            for name, choices in checklist.choices.items()
        }
        for name, table in checklist.tables.items():
            tables[name] = Table(frozenset(table.columns), tuple(table.path.split("/")))
        lists = {name: (one.table, one.value, label_in(one, language)) for name, one in checklist.lists.items()}
        root = frozenset({"data", checklist.id})
        return cls(root, language, places, labels, quoted, tables, lists, checklist.version)

    def close_to(self, name: str) -> list[str]:
        """At most three names of the form that look like `name`."""
        return get_close_matches(name, self.by_name, 3, 0.6)


def words_in(choice: Choice, language: str) -> str:
    """The words of a choice in a language, or in whichever there is."""
    return choice.label.get(language) or next((words for words in choice.label.values() if words), choice.name)


def label_in(found: FileList, language: str) -> str:
    """The column of the words in a language, or in whichever there is."""
    return found.label.get(language) or next(iter(found.label.values()))


def _places(node: Node, outer: tuple[str, ...]) -> Iterable[Place]:
    is_repeat = node.type == "repeat"
    repeats = (*outer, node.path) if is_repeat else outer
    yield Place(node.path, storages.get(node.type, "text"), is_repeat, repeats, node.choices)
    for child in node.children:
        yield from _places(child, repeats)
