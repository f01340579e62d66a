"""Takes out of words the styling that other tools draw: Markdown and a little HTML, as XLSForm has them.

Words stand here in pages, documents, spreadsheets and messages alike, so that they are plain text everywhere.
"""

from __future__ import annotations

import html
import re

from forms.checklist import PLACEHOLDER

LINE_ENDS = re.compile(r"[ \n]{0,9}<(?:br|/p|/div|/li|/h[1-6]) ?/?>[ \n]{0,9}", re.IGNORECASE)
TAGS = re.compile(
    r"</?(?:a|b|big|center|div|em|font|h[1-6]|i|li|ol|p|small|span|strong|sub|sup|u|ul)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
ENTITIES = re.compile(r"&(?:nbsp|amp|lt|gt|quot|apos|#\d{2,4});")
HEADINGS = re.compile(r"^#{1,6} +(?=\S)", re.MULTILINE)
LINKS = re.compile(r"\[([^\[\]]+)\]\((https?://[^()\s]+)\)")
STRESSES = [
    re.compile(r"\*\*(?=\S)([^\n]{1,300}?)(?<=\S)\*\*"),
    re.compile(r"(?<![\w_])__(?=\S)([^\n]{1,300}?)(?<=\S)__(?![\w_])"),
    re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]+?)(?<=\S)\*(?![\w*])"),
    re.compile(r"(?<![\w_])_(?=[^\s_])([^_\n]+?)(?<=\S)_(?![\w_])"),
]
ESCAPES = re.compile(r"\\([*_#])")
KEPT = str.maketrans("\ue010\ue011\ue012", "*_#")
PRIVATE = re.compile("[\ue000-\ue0ff]")
QUOTED = re.compile("\ue000(\\d+)\ue001")
"""Where a quoted answer stood; these signs are for private use and mean nothing in a text."""


def without_styling(text: str) -> str:
    """The words alone: "**Số** máy" as "Số máy", "a<br>b" in two lines, a link with its address behind it."""
    if not any(sign in text for sign in "*_#<&["):
        return text
    text = PRIVATE.sub("", text)
    names = PLACEHOLDER.findall(text)
    count = iter(range(len(names)))
    words = PLACEHOLDER.sub(lambda _: f"\ue000{next(count)}\ue001", text)
    words = ESCAPES.sub(lambda found: chr(0xE010 + "*_#".index(found[1])), words)
    words = ENTITIES.sub(lambda found: html.unescape(found[0]), TAGS.sub("", LINE_ENDS.sub("\n", words)))
    words = LINKS.sub(r"\1 (\2)", HEADINGS.sub("", words))
    for stress in STRESSES:
        words = stress.sub(r"\1", words)
    words = QUOTED.sub(lambda found: f"${{{names[int(found[1])]}}}", words.translate(KEPT).replace("\u00a0", " "))
    return words.strip()
