import io
from datetime import timedelta, timezone

import pikepdf
import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pypdf import PdfReader

from reports.minutes import minutes, minutes_html
from reports.report import report_html, visit_report
from reports.signing.apart import apart
from reports.signing.check import check
from reports.signing.keys import Key, KeyRefusedError, key_of
from reports.signing.looks import Look
from reports.signing.pdf import SigningRefusedError, sign
from reports.signing.places import AWAITING
from tests.minutes_sample import drawing, record
from tests.report_sample import facts
from tests.signing_world import NOW, PASSWORD, ec_key, key_file, other_root, root_file, seal, stamper

VIETNAM = timezone(timedelta(hours=7))
LATER = NOW + timedelta(minutes=5)
PERSON, AGENCY = Look("person", picture=drawing()), Look("agency", picture=seal())


@pytest.fixture(scope="module")
def person() -> Key:
    return key_of(key_file(), PASSWORD, NOW)


@pytest.fixture(scope="module")
def agency() -> Key:
    return key_of(key_file("Bộ Khoa học và Công nghệ", ec_key()), PASSWORD, NOW)


@pytest.fixture(scope="module")
def plain() -> bytes:
    return minutes(facts(), record(digital=("delegation",)))


@pytest.fixture(scope="module")
def both(plain, person, agency) -> bytes:
    """Minutes that the head of the delegation signed first and the ministry sealed then."""
    return sign(sign(plain, person, PERSON, NOW), agency, AGENCY, LATER)


def test_two_signatures_one_after_the_other_are_both_good(both):
    first, second = check(both, root_file())
    assert (first.name, first.moment, first.state, first.is_trusted) == (
        "Nguyễn Minh Tâm", NOW, "signed_further", True
    )  # fmt: skip
    assert (second.name, second.moment, second.state, second.is_trusted) == (
        "Bộ Khoa học và Công nghệ", LATER, "unchanged", True
    )  # fmt: skip


def test_signature_is_pades_and_says_no_time_of_its_own_beside_that_of_the_document(both):
    first, second = PdfFileReader(io.BytesIO(both)).embedded_regular_signatures
    assert [one.sig_object["/SubFilter"] for one in (first, second)] == ["/ETSI.CAdES.detached"] * 2
    assert [sorted(attribute["type"].native for attribute in one.signer_info["signed_attrs"])
            for one in (first, second)] == [["content_type", "message_digest", "signing_certificate_v2"]] * 2  # fmt: skip


def test_what_was_signed_stays_as_it_was(plain, person):
    signed = sign(plain, person, PERSON, NOW)
    assert signed.startswith(plain)
    with pikepdf.open(io.BytesIO(plain)) as before, pikepdf.open(io.BytesIO(signed)) as after:
        assert after.Root.Metadata.read_bytes() == before.Root.Metadata.read_bytes()
        assert after.check_pdf_syntax() == []


def test_same_arguments_give_the_same_bytes_with_an_rsa_key(plain, person):
    assert sign(plain, person, PERSON, NOW) == sign(plain, person, PERSON, NOW)
    assert sign(plain, person, PERSON, NOW) != sign(plain, person, PERSON, LATER)


def test_time_stamp_tells_the_time_of_somebody_else(plain, person):
    stamped = sign(plain, person, PERSON, NOW, stamper(LATER))
    [one], [other] = check(stamped, root_file()), check(stamped, other_root())
    assert (one.moment, one.stamped, one.is_trusted) == (LATER, True, True)
    assert (other.moment, other.stamped, other.is_trusted) == (NOW, False, False)


def drawn_boxes(pdf: bytes) -> dict[str, tuple[int, float, float, float, float]]:
    """Where each picture of a signature lies: page from 0, then left, bottom, right, top in millimetres."""
    found = {}
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for number, page in enumerate(opened.pages):
            for field in page.get("/Annots", []):
                look = field.AP.N
                if content := look.read_bytes():
                    width, _, _, height, x, y = map(float, content.split(b" gs ")[1].split()[:6])
                    left, bottom = float(field.Rect[0]) + x, float(field.Rect[1]) + y
                    box = (side * 25.4 / 72 for side in (left, bottom, left + width, bottom + height))
                    found[str(field.T)] = (number, *(round(side, 1) for side in box))
    return found


def test_seal_is_as_large_as_in_reality_and_covers_a_third_of_the_signature(both):
    drawn = drawn_boxes(both)
    page, left, bottom, right, top = drawn["sign-delegation-person"]
    seal_page, seal_left, seal_bottom, seal_right, seal_top = drawn["sign-delegation-agency"]
    assert page == seal_page == len(PdfReader(io.BytesIO(both)).pages) - 1
    assert (seal_right - seal_left, seal_top - seal_bottom) == pytest.approx((36, 36), abs=0.11)
    assert (seal_right - left) / (right - left) == pytest.approx(1 / 3, abs=0.01)
    assert (seal_left < left, (seal_bottom + seal_top) / 2) == (True, pytest.approx((bottom + top) / 2, abs=0.11))


def positions(page) -> dict[str, tuple[float, float]]:
    """Where each text begins, in millimetres."""
    found = {}

    def note(text, page, line, _font, _size):
        x, y = (line[4] * page[side] + line[5] * page[2 + side] + page[4 + side] for side in (0, 1))
        found.setdefault(text.strip(), (x * 25.4 / 72, y * 25.4 / 72))

    page.extract_text(visitor_text=note)
    return found


def test_signature_lies_between_position_and_name_in_the_middle(both):
    page, left, bottom, right, top = drawn_boxes(both)["sign-delegation-person"]
    texts = positions(PdfReader(io.BytesIO(both)).pages[page])
    head = next(place for text, place in texts.items() if "TRƯỞNG ĐOÀN CÔNG TÁC" in text)
    name = next(place for text, place in texts.items() if "Nguyễn Minh Tâm" in text)
    assert name[1] < bottom < top < head[1]
    assert (left + right) / 2 == pytest.approx(152, abs=0.2)


def test_report_too_is_signed_at_its_end(agency):
    plain = visit_report(facts().model_copy(update={"digital": True}))
    drawn = drawn_boxes(sign(plain, agency, AGENCY, NOW))
    ends = [
        number for number, page in enumerate(PdfReader(io.BytesIO(plain)).pages) if "Nơi nhận" in page.extract_text()
    ]
    assert [(name, box[0]) for name, box in drawn.items()] == [("sign-delegation-agency", ends[0])]


def test_annex_is_signed_in_words_at_the_top_right_of_its_first_page(plain, agency):
    signed = sign(plain, agency, Look("annex", number="05/BB-ĐCT"), NOW.astimezone(VIETNAM))
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        [field] = pdf.pages[0].Annots
        assert [round(float(side) * 25.4 / 72) for side in field.Rect] == [110, 279, 190, 289]
        look = pikepdf.new()
        look.add_blank_page(page_size=(227, 29))
        look.pages[0].obj.Contents = look.make_stream(b"/Look Do")
        look.pages[0].obj.Resources = pikepdf.Dictionary(XObject={"/Look": look.copy_foreign(field.AP.N)})
        out = io.BytesIO()
        look.save(out)
    page = PdfReader(out).pages[0]
    assert page.extract_text().split() == ["05/BB-ĐCT", "2026-11-23T23:20:30+07:00"]
    assert {str(font["/BaseFont"])[8:] for form in page["/Resources"]["/XObject"].values()
            for font in form.get_object()["/Resources"]["/Font"].values() for font in [font.get_object()]} == {"Tinos"}  # fmt: skip


def test_document_says_that_it_awaits_a_signature_until_it_is_to_carry_one():
    pages = [minutes_html(facts(), record(digital=digital)) for digital in (None, (), ("delegation",))]
    assert [page.count("Bản ký trên thiết bị, chờ ký số/ký giấy") for page in pages] == [3, 0, 0]
    assert [page.count("Chữ ký của") for page in pages] == [3, 3, 2]


def test_file_that_says_it_awaits_a_signature_on_paper_is_not_signed(person):
    with pytest.raises(SigningRefusedError, match="signing_awaits_paper"):
        sign(minutes(facts(), record()), person, PERSON, NOW)
    reports = (report_html(facts().model_copy(update={"digital": digital})) for digital in (False, True))
    assert [("chờ ký số" in page.casefold(), AWAITING in page) for page in reports] == [(True, True), (False, False)]


@pytest.mark.parametrize(
    ("look", "code", "details"),
    [
        (Look("person", place="province"), "signing_no_place",
         {"place": "province", "places": "unit, delegation, secretary"}),
        (PERSON, "signing_done", {"place": "delegation"}),
    ],
)  # fmt: skip
def test_place_must_be_there_and_free(both, person, look, code, details):
    with pytest.raises(SigningRefusedError) as refused:
        sign(both, person, look, NOW)
    assert (refused.value.code, refused.value.details) == (code, details)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\x00" * 4000])
def test_what_is_no_pdf_is_not_signed(person, content):
    with pytest.raises(SigningRefusedError, match="signing_not_pdf"):
        sign(content, person, PERSON, NOW)


def test_file_whose_signature_forbids_others_is_not_signed(plain, person):
    about = PdfSignatureMetadata("Chốt", certify=True, docmdp_permissions=MDPPerm.NO_CHANGES)
    writer = IncrementalPdfFileWriter(io.BytesIO(plain))
    locked = apart(lambda: PdfSigner(about, person.signer).sign_pdf(writer)).getvalue()
    with pytest.raises(SigningRefusedError, match="signing_locked"):
        sign(locked, person, PERSON, NOW)


def test_key_that_has_expired_since_does_not_sign(plain, person):
    with pytest.raises(KeyRefusedError, match="signing_key_expired"):
        sign(plain, person, PERSON, NOW + timedelta(days=800))


def test_all_three_sign_at_their_own_place(plain, person):
    signed = plain
    for place in ("unit", "delegation", "secretary"):
        signed = sign(signed, person, Look("person", place, drawing()), NOW)
    assert [(one.field, one.state) for one in check(signed)] == [
        ("sign-unit-person", "signed_further"),
        ("sign-delegation-person", "signed_further"),
        ("sign-secretary-person", "unchanged"),
    ]
