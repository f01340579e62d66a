"""Names the columns of a checklist's sheets: spelling variants, languages, and columns that are not supported."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from forms.checklist import Text
from forms.xlsform.column_names import aliases, attributes, media_kinds, passed_over, plain, translated, unsupported
from forms.xlsform.diagnosis import Diagnosis, nearest
from forms.xlsform.styling import without_styling
from forms.xlsform.workbook import Row, Sheet, shortened

known_languages = {
    "vietnamese": "vi", "tiếng việt": "vi", "english": "en", "tiếng anh": "en", "french": "fr", "français": "fr",
    "ukrainian": "uk", "українська": "uk", "spanish": "es", "español": "es", "portuguese": "pt", "português": "pt",
    "arabic": "ar", "russian": "ru", "chinese": "zh", "lao": "lo", "khmer": "km", "thai": "th", "hindi": "hi",
    "bengali": "bn", "nepali": "ne", "indonesian": "id", "bahasa indonesia": "id", "swahili": "sw", "kiswahili": "sw",
}  # fmt: skip
language_code = re.compile(r"\(([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)\)\s*$")


@dataclass(frozen=True)
class Column:
    """What a header means: the column's one name, and the language of its texts ("" = the default language)."""

    name: str
    language: str = ""


@dataclass(frozen=True)
class Columns:
    """The columns of one sheet by header as written; texts without language are in the default language."""

    by_header: dict[str, Column]
    default_language: str

    @cached_property
    def by_name(self) -> dict[str, list[tuple[str, str]]]:
        """The headers of each column with their language codes, the default language first: others fall back on it."""
        found: dict[str, list[tuple[str, str]]] = {}
        for header, column in sorted(self.by_header.items(), key=lambda item: self._order(item[1].language)):
            found.setdefault(column.name, []).append((header, column.language or self.default_language))
        return found

    def _order(self, language: str) -> int:
        return 0 if not language else 1 if language == self.default_language else 2

    @property
    def languages(self) -> list[str]:
        return [column.language or self.default_language for column in self.by_header.values()]


@dataclass(frozen=True)
class Line:
    """One row seen through its columns: `text` and `words` by column name, and the header as written for messages."""

    sheet: str
    row: Row
    columns: Columns

    @property
    def number(self) -> int:
        return self.row.number

    def text(self, name: str) -> str:
        """The text of a column, "" when empty."""
        for header, _ in self.columns.by_name.get(name, ()):
            if header in self.row.cells:
                return self.row.cells[header]
        return ""

    def expression(self, name: str) -> str | None:
        """The expression of a column with straight quotes, None when empty."""
        return straight(self.text(name)) or None

    def logic(self, name: str) -> str | None:
        """An expression for which yes and no, TRUE and FALSE may stand too, as in other tools."""
        found = self.expression(name)
        return truths.get(found.lower(), found) if found else None

    @property
    def looks(self) -> str:
        """The appearance; as in other tools capitals do not matter."""
        return self.text("appearance").lower()

    def words(self, name: str) -> Text:
        """The wording of a translated column by language code; languages without words are left out."""
        headers = self.columns.by_name.get(name, ())
        return {language: self.row.cells[header] for header, language in headers if header in self.row.cells}

    def media(self) -> dict[str, Text]:
        """The names of attached files by kind and language."""
        return {kind: words for kind in media_kinds if (words := self.words(kind))}

    def header(self, name: str) -> str:
        """The header of a column as the author wrote it."""
        headers = self.columns.by_name.get(name)
        return headers[0][0] if headers else name


def straight(text: str) -> str:
    """The text with the quotes that word processors curl made straight, as XLSForm readers do in expressions."""
    return text.translate(curled)


truths = {"yes": "true()", "true": "true()", "no": "false()", "false": "false()"}
curled = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"'})


def read_lines(sheet: Sheet, default_language: str, diagnosis: Diagnosis) -> list[Line]:
    """The rows of a sheet through named columns; unknown and unsupported columns are reported once each."""
    columns = Columns(read_columns(sheet, diagnosis), default_language)
    rows = plain_rows(sheet, columns, diagnosis) if sheet.name in ("survey", "choices") else sheet.rows
    return [Line(sheet.name, row, columns) for row in rows]


def plain_rows(sheet: Sheet, columns: Columns, diagnosis: Diagnosis) -> list[Row]:
    """The rows with plain words; of each column in which these were styled the first row is told."""
    worded = [
        header
        for header, column in columns.by_header.items()
        if column.name in translated[sheet.name] and column.name not in media_kinds
    ]
    styled: dict[str, int] = {}
    rows = []
    for row in sheet.rows:
        plain_words = {header: without_styling(row.cells[header]) for header in worded if header in row.cells}
        for header in (one for one, words in plain_words.items() if words != row.cells[one]):
            styled.setdefault(header, row.number)
        rows.append(Row(row.number, row.cells | plain_words))
    for header, number in styled.items():
        diagnosis.warn("styling_left_out", sheet.name, number, header)
    return rows


def read_columns(sheet: Sheet, diagnosis: Diagnosis) -> dict[str, Column]:
    """What each header of the sheet means. An empty column means nothing, whatever its header."""
    columns: dict[str, Column] = {}
    has_double_colon = any("::" in header for header in sheet.headers)
    for header in sheet.headers:
        column = read_header(header, sheet.name, has_double_colon, diagnosis)
        first = next((row for row in sheet.rows if header in row.cells), None)
        if column in columns.values() and column is not None:
            other = next(name for name, known in columns.items() if known == column)
            diagnosis.refuse("header_twice_meant", sheet.name, 1, header, other=other)
        elif column is not None:
            columns[header] = column
        elif first is not None:
            report_column(header, sheet.name, first, diagnosis)
    return columns


def read_header(header: str, sheet: str, has_double_colon: bool, diagnosis: Diagnosis) -> Column | None:
    """The column a header names, None when the sheet has no such column."""
    separator = "::" if has_double_colon or "::" in header else ":"
    parts = [part.strip().replace("\x1f", ":") for part in header.replace("jr:", "jr\x1f").split(separator)]
    known = aliases.get(sheet, {})
    joined = spelled("::".join(parts))
    for name, rest in ((joined, []), ("::".join(map(spelled, parts[:2])), parts[2:]), (spelled(parts[0]), parts[1:])):
        name = known.get(name, name)
        if name in plain[sheet] and not rest:
            return Column(name)
        if name in translated[sheet] and len(rest) <= 1:
            return Column(name, read_language(rest[0], sheet, header, diagnosis) if rest else "")
    if sheet == "choices" and separator not in header and spelled(header) not in unsupported["choices"]:
        return Column(header)
    return None


def spelled(name: str) -> str:
    """A header in lower case with underscores for spaces, as XLSForm compares them."""
    return "_".join(name.split()).lower()


def read_language(name: str, sheet: str, header: str, diagnosis: Diagnosis) -> str:
    """The code of a language written "English (en)", "en" or by its name; an unknown name stands for itself."""
    if not language_of(name):
        diagnosis.warn("language_without_code", sheet, 1, header, name=name)
    return language_of(name) or name.lower()


def language_of(name: str) -> str:
    """The code of a language, "" for a name that is not known."""
    found = language_code.search(name)
    if found:
        return found[1].lower()
    return name.lower() if re.fullmatch(r"[A-Za-z]{2}", name) else known_languages.get(name.strip().lower(), "")


def language_in(header: str, name: str) -> str | None:
    """The code of the language behind a column of this name, "" without one; None for another column."""
    column, _, language = header.partition("::")
    if column.strip() != name:
        return None
    found = language_code.search(language)
    return found[1].lower() if found else known_languages.get(language.strip().lower(), language.strip().lower())


def report_column(header: str, sheet: str, first: Row, diagnosis: Diagnosis) -> None:
    """Say what becomes of a column that is not read: refused when it changes the form, else mentioned."""
    name, _, attribute = spelled(header).replace("::", ":").partition(":")
    known = attributes.get({"control": "body"}.get(name, name)) if sheet == "survey" else None
    likely = nearest(name, (*plain[sheet], *translated[sheet]), cutoff=0.8)
    text = shortened(first.cells[header])
    if name in unsupported.get(sheet, ()) or (known is not None and attribute in known):
        diagnosis.refuse("column_unsupported", sheet, first.number, header, text=text)
    elif known is not None:
        diagnosis.warn("column_without_effect", sheet, 1, header)
    elif likely and name not in passed_over.get(sheet, ()):
        diagnosis.refuse("column_mistyped", sheet, 1, header, likely=likely)
    else:
        code = "setting_not_used" if name in passed_over.get(sheet, ()) else "column_not_read"
        diagnosis.warn(code, sheet, 1, header)
