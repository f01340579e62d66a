"""Makes of a laid out document one for the archive: PDF/A-3a and PDF/UA-1 at once, with its data attached.

WeasyPrint writes either standard; a file that is both says so twice in its metadata, and describes the second claim
in an extension schema, because PDF/A knows no properties but its own (ISO 19005-3, 6.6.2.3).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

import pydyf  # comes with WeasyPrint, and needs no pango

VARIANT = "pdf/a-3a"

STYLES = "html{image-rendering:crisp-edges}"
"""PDF/A forbids to smooth pictures while they are drawn (ISO 19005-3, 6.2.8)."""

POINTS = 0.75
"""Of one pixel of WeasyPrint."""

END_OF_METADATA = b"</rdf:RDF>"

ACCESSIBILITY_CLAIM = b"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>\
<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the document follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>"""


@dataclass(frozen=True)
class Data:
    """The data that a document was made from, as the file `data.json` inside it.

    `content` is JSON in UTF-8, `made_on` the day that the file bears as its date.
    """

    content: bytes
    description: str
    made_on: date

    @property
    def fingerprint(self) -> str:
        """SHA-256 (hex) of the file, so that whoever takes it out can compare it with the printed one."""
        return hashlib.sha256(self.content).hexdigest()


def canonical_json(value: Any) -> bytes:
    """JSON that is the same for the same value: keys sorted, no spaces, UTF-8. ValueError for what JSON cannot hold."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode()


def attachment(library: Any, data: Data) -> Any:
    """The data as WeasyPrint (`library`) attaches it; it takes its media type from its name."""
    moment = datetime.combine(data.made_on, time(), UTC)
    return library.Attachment(
        string=data.content,
        name="data.json",
        description=data.description,
        created=moment,
        modified=moment,
        relationship="Data",
    )


def finish(document: Any, pdf: Any) -> None:
    """WeasyPrint's last step before it writes a file: its metadata say PDF/UA-1 too, and its data stand in it once.

    Its destinations become rectangles, so that a signature finds its place and how large that is.

    Done here and not on the finished bytes, which would have to be read and written once more (some 40 ms).
    """
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    metadata.stream = [claiming(b"".join(metadata.stream))]
    if "AF" in pdf.catalog:  # WeasyPrint 70.0 lists each file twice
        pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])
    frame_destinations(document, pdf)
    pdf.objects[1:] = map(Written, pdf.objects[1:])


class Written(pydyf.Object):  # type: ignore[misc]
    """An object of a file as the bytes that it is written with.

    They are asked for twice, for the file and for its identifier; making them is a twentieth of the whole work.
    """

    def __init__(self, content: Any) -> None:
        super().__init__()
        self.number, self.generation, self.free = content.number, content.generation, content.free
        self._data: bytes = content.data
        self._compressible: bool = content.compressible

    @property
    def data(self) -> bytes:
        return self._data

    @property
    def compressible(self) -> bool:
        return self._compressible


def frame_destinations(document: Any, pdf: Any) -> None:
    """In place of the upper left corner of each named element its whole rectangle, in points from the lower left."""
    names = pdf.catalog.get("Names", {}).get("Dests", {}).get("Names", [])
    frames = {name: (page.height, frame) for page in document.pages for name, frame in page.anchors.items()}
    for name, target in zip(names[::2], names[1::2], strict=True):
        height, (left, top, right, bottom) = frames[name.string]
        corners = (left, height - bottom, right, height - top)
        target[1:] = ["/FitR", *(round(corner * POINTS, 2) for corner in corners)]


def claiming(metadata: bytes) -> bytes:
    """The metadata with the second claim in their one RDF block; ValueError when there is none or more than one."""
    before, *after = metadata.split(END_OF_METADATA)
    if len(after) != 1:
        raise ValueError(f"metadata with {len(after)} RDF blocks")
    return before + ACCESSIBILITY_CLAIM + END_OF_METADATA + after[0]
