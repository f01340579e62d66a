"""Which files a checklist names, by sheet and row, and what is wrong with them: missing, or without a column."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

from forms.checklist import Checklist, FileList, Node, Text
from forms.tables import Table
from forms.xlsform.attached_tables import is_table, read_table
from forms.xlsform.columns import Line, language_in, spelled
from forms.xlsform.diagnosis import Diagnosis, suggestion
from forms.xlsform.showing import is_disabled

Files = Mapping[str, bytes]
"""The content of the attached files by name."""

external = {"csv-external": ".csv", "xml-external": ".xml"}
"""Types of rows that only name a file for expressions."""
usual_columns = {".csv": ("name", "label"), ".xml": ("name", "label"), ".geojson": ("id", "title")}
"""The columns of value and label where the parameters name none, as in other tools."""
named_in_expression = re.compile(r"\b(pulldata|instance)\(\s*(?:'([^']*)'|\"([^\"]*)\")")
plain_name = re.compile(r"[^\s/\\:*?\"<>|\x00-\x1f.](?:[^/\\:*?\"<>|\x00-\x1f]*[^\s/\\:*?\"<>|\x00-\x1f.])?")
longest_name = 100


@dataclass(frozen=True)
class Mention:
    """Where a file is named: sheet, row, column."""

    sheet: str
    row: int
    column: str


@dataclass
class WantedFiles:
    """The files that the sheets name, collected while they are read, and then the tables and lists made of them."""

    files: Files
    diagnosis: Diagnosis
    mentions: dict[str, Mention] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    lists: dict[str, FileList] = field(default_factory=dict)
    _read: dict[str, Table | None] = field(default_factory=dict)

    def choose_from(self, name: str, given: Mapping[str, str], several: bool, line: Line) -> str | None:
        """The name of the list of a select from a file, with `value` and `label` among its parameters."""
        place = ("survey", line.number, line.header("type"))
        if not is_table(name):
            self.diagnosis.refuse("file_type_unsupported", *place, file=name)
            return None
        table = self.table(name, Mention(*place))
        usual = usual_columns[PurePath(name).suffix.lower()]
        value, label = given.get("value", usual[0]), given.get("label", usual[1])
        if table is None:
            return None
        found = self.list_of(table, value, label, line)
        if found is None:
            return None
        key = name if (value, label) == usual else f"{name} {value} {label}"
        if key not in self.lists:
            check_rows(table, found, self.diagnosis)
        if several:
            check_spaces(table, found, self.diagnosis)
        self.lists[key] = found
        return key

    def list_of(self, table: Table, value: str, label: str, line: Line) -> FileList | None:
        """The list of these columns; `label` may stand there once for each language."""
        labels = {language: column for column in table.columns if (language := language_in(column, label)) is not None}
        words = {language or line.columns.default_language: column for language, column in labels.items()}
        for column, known in ((value, value in table.columns), (label, bool(words))):
            if not known:
                self.diagnosis.refuse("file_column_missing", "survey", line.number, line.header("type"), column=column,
                                      file=table.file, known=", ".join(table.columns[:12]))  # fmt: skip
                return None
        return FileList(table=stem(table.file), value=value, label=words)

    def table(self, name: str, mention: Mention) -> Table | None:
        """The table of an attached file; the same file is read once, and two files must not have one name."""
        if not self.is_there(name, mention):
            return None
        if name not in self._read:
            self._read[name] = read_table(name, self.files[name], self.diagnosis)
        table, known = self._read[name], self.tables.get(stem(name))
        if table is None:
            return None
        if known and known.file != name:
            self.diagnosis.refuse("file_clash", mention.sheet, mention.row, mention.column,
                                  file=known.file, other=name, name=stem(name))  # fmt: skip
        return self.tables.setdefault(stem(name), table)

    def is_there(self, name: str, mention: Mention) -> bool:
        """Whether the file is attached; the first place that names it is told otherwise."""
        place = (mention.sheet, mention.row, mention.column)
        if name in self.mentions:
            return name in self.files
        self.mentions[name] = mention
        if len(name) > longest_name or not plain_name.fullmatch(name):
            better = re.sub(r"[^\w.-]+", "_", PurePath(name.replace("\\", "/")).name) or "ten.csv"
            self.diagnosis.refuse("file_name_invalid", *place, file=name[:longest_name], better=better[-longest_name:])
            return False
        if name not in self.files:
            self.diagnosis.refuse("file_missing", *place, file=name, **suggestion(name, self.files))
        return name in self.files

    @property
    def is_incomplete(self) -> bool:
        """Whether a file is missing or cannot be read."""
        return (
            any(not plain_name.fullmatch(name) or name not in self.files for name in self.mentions)
            or None in self._read.values()
        )

    def take_external(self, line: Line) -> None:
        """A row that names a file for expressions: the file goes by the name of the row."""
        name = line.text("name") + external[spelled(line.text("type"))]
        self.table(name, Mention("survey", line.number, line.header("name")))

    def take_expression(self, source: str, mention: Mention, lists: Mapping[str, object]) -> None:
        """The files that pulldata() and instance() name, other than choice lists."""
        for function, *quoted in named_in_expression.findall(source):
            name = "".join(quoted)
            if function == "instance" and (name in lists or name in self.tables):
                continue
            if function == "pulldata" and stem(name) not in self.tables:
                self.table(name if is_table(name) else f"{name}.csv", mention)

    def take_media(self, media: Mapping[str, Text], sheet: str, row: int) -> None:
        """The pictures, sounds and videos of a question or a choice."""
        for kind, names in media.items():
            for name in names.values():
                self.is_there(name, Mention(sheet, row, kind))

    def refuse_clashes(self, lists: Mapping[str, object]) -> None:
        """A table must not have the name of a choice list: instance() could mean either."""
        for name, table in self.tables.items():
            if name in lists:
                place = self.mentions[table.file]
                self.diagnosis.refuse("file_clash", place.sheet, place.row, place.column,
                                      file=table.file, other="choices", name=name)  # fmt: skip

    def kept(self) -> dict[str, str]:
        """The SHA-256 of each file that is used; what nothing uses is mentioned and left out."""
        for name in self.files:
            if name not in self.mentions:
                self.diagnosis.warn("file_unused", name)
        used = sorted(name for name in self.mentions if name in self.files)
        return {name: hashlib.sha256(self.files[name]).hexdigest() for name in used}


def stem(name: str) -> str:
    """How expressions call a file: its name without the ending."""
    return name[: -len(PurePath(name).suffix)] if is_table(name) else name


def composed(files: Files) -> Files:
    """The files under their names in composed form (NFC): some systems take accents apart. A folder stays one."""
    if not isinstance(files, dict):
        return files
    return {unicodedata.normalize("NFC", name): content for name, content in files.items()}


def external_lines(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """The rows that only name a file, and all others."""
    named = [line for line in lines if spelled(line.text("type")) in external]
    others = [line for line in lines if spelled(line.text("type")) not in external]
    return [line for line in named if not is_disabled(line)], others


def with_files(checklist: Checklist, wanted: WantedFiles) -> Checklist:
    """The checklist with the files that its cells and expressions name."""
    for node in checklist.walk():
        wanted.take_media(node.media, "survey", node.row)
        for column, source in expressions_of(node):
            wanted.take_expression(source, Mention("survey", node.row, column), checklist.choices)
    for choices in checklist.choices.values():
        for choice in choices:
            wanted.take_media(choice.media, "choices", choice.row)
    for sheet, rows in (("levels", checklist.levels), ("recommendations", checklist.rules)):
        for row in rows:
            wanted.take_expression(row.when, Mention(sheet, row.row, "when"), checklist.choices)
    wanted.refuse_clashes(checklist.choices)
    update = {"files": wanted.kept(), "tables": wanted.tables, "lists": wanted.lists}
    return checklist.model_copy(update=update)


def expressions_of(node: Node) -> Iterator[tuple[str, str]]:
    """The columns of a row that may name files in expressions."""
    columns = ("relevant", "required", "constraint", "calculation", "choice_filter", "default", "repeat_count", "score")
    for column in columns:
        source = getattr(node, column)
        if source and ("pulldata" in source or "instance" in source):
            yield column, source


def check_rows(table: Table, found: FileList, diagnosis: Diagnosis) -> None:
    """Every choice has a value of its own and words in some language."""
    value = table.place(found.value)
    words = [table.place(column) for column in found.label.values()]
    rows: dict[str, int] = {}
    for number, row in enumerate(table.rows, start=2):
        name = row[value]
        first = rows.setdefault(name, number)
        if not name:
            diagnosis.refuse("file_value_missing", table.file, number, found.value, column=found.value)
        elif first != number:
            diagnosis.refuse("file_value_twice", table.file, number, found.value, name=name, other=first)
        check_words(table, found, number, [row[place] for place in words], diagnosis)


def check_words(table: Table, found: FileList, number: int, words: list[str], diagnosis: Diagnosis) -> None:
    """A choice has words in some language; they quote no answers, which in a list might quote one another for ever."""
    column = next(iter(found.label.values()))
    if not any(words):
        diagnosis.refuse("file_label_missing", table.file, number, column, column=column)
    elif any("${" in text for text in words):
        diagnosis.refuse("file_label_quotes", table.file, number, column)


def check_spaces(table: Table, found: FileList, diagnosis: Diagnosis) -> None:
    """Values of which several can be chosen stand with spaces between."""
    value = table.place(found.value)
    for number, row in enumerate(table.rows, start=2):
        if re.search(r"\s", row[value]):
            better = re.sub(r"\s+", "_", row[value])
            diagnosis.refuse("file_value_spaced", table.file, number, found.value, name=row[value], better=better)
