"""A test authority that exists in memory only: certificates, key files and time stamps for tests of signatures."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from PIL import Image, ImageDraw

NOW = datetime(2026, 11, 23, 16, 20, 30, tzinfo=UTC)
PASSWORD = "mật khẩu thử"
YEAR = timedelta(days=365)


def subject(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


@lru_cache
def rsa_key(bits: int = 2048, _which: str = "") -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, bits)


@lru_cache
def authority() -> tuple[Any, x509.Certificate]:
    """The key and the certificate of the test authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    return key, certified("Chứng thực thử", key, key, "Chứng thực thử", is_authority=True)


def certified(name: str, key: Any, by: Any, issuer: str, *, start: datetime = NOW - YEAR, days: int = 730,
              is_authority: bool = False, signs: bool = True, stamps: bool = False) -> x509.Certificate:  # fmt: skip
    usage = x509.KeyUsage(signs, signs, not signs, False, False, is_authority, is_authority, False, False)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject(name)).issuer_name(subject(issuer)).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(start).not_valid_after(start + timedelta(days=days))
        .add_extension(x509.BasicConstraints(is_authority, None), critical=True).add_extension(usage, critical=True)
    )  # fmt: skip
    if stamps:
        made = made.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return made.sign(by, hashes.SHA256())


def key_file(name: str = "Nguyễn Minh Tâm", key: Any = None, password: str = PASSWORD, **more: Any) -> bytes:
    """A PKCS#12 file with a certificate of the test authority, valid for two years around NOW."""
    by, root = authority()
    private = key or rsa_key()
    own = certified(name, private, by, "Chứng thực thử", **more)
    return pkcs12.serialize_key_and_certificates(
        name.encode(), private, own, [root], BestAvailableEncryption(password.encode())
    )


def root_file() -> bytes:
    return authority()[1].public_bytes(Encoding.PEM)


def other_root() -> bytes:
    """The certificate of an authority that stands behind nobody here."""
    key = ec_key()
    return certified("Khác", key, key, "Khác", is_authority=True).public_bytes(Encoding.PEM)


def seal(side: int = 425) -> bytes:
    """A round red seal on white paper with a margin, as a scanner gives it."""
    image = Image.new("RGB", (side + 60, side + 60), "white")
    pen = ImageDraw.Draw(image)
    for inset, width in ((0, 14), (60, 6)):
        pen.ellipse(
            [30 + inset, 30 + inset, 30 + side - inset - 1, 30 + side - inset - 1], outline=(210, 40, 50), width=width
        )
    pen.regular_polygon((30 + side // 2, 30 + side // 2, side // 5), 5, fill=(210, 40, 50))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


@lru_cache
def ec_key(curve: Any = ec.SECP256R1) -> Any:
    return ec.generate_private_key(curve())


def stamper(moment: datetime) -> Any:
    """A time-stamp authority that says it is that moment."""
    from asn1crypto import keys
    from asn1crypto import x509 as asn1
    from cryptography.hazmat.primitives.serialization import NoEncryption, PrivateFormat
    from pyhanko.sign.timestamps import DummyTimeStamper
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    private, (by, root) = rsa_key(2048, "stamps"), authority()
    own = certified("Cấp dấu thời gian thử", private, by, "Chứng thực thử", stamps=True)
    known = SimpleCertificateStore()
    known.register(asn1.Certificate.load(root.public_bytes(Encoding.DER)))
    secret = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return DummyTimeStamper(
        asn1.Certificate.load(own.public_bytes(Encoding.DER)), keys.PrivateKeyInfo.load(secret), known, fixed_dt=moment
    )


def configured(folder: Any, **more: Any) -> dict[str, Any]:
    """Settings that name files in a folder: an agency with its seal, a person with a signature, the trusted root."""
    from tests.minutes_sample import drawing

    now = datetime.now(UTC)
    files = {
        "agency.p12": key_file("Bộ Khoa học và Công nghệ", ec_key(), start=now - YEAR),
        "person.p12": key_file(start=now - YEAR),
        "seal.png": seal(),
        "signature.png": drawing(),
        "roots.pem": root_file(),
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    given = {
        "agency_certificate": "agency.p12", "agency_password": PASSWORD, "agency_seal": "seal.png",
        "person_certificate": "person.p12", "person_password": PASSWORD, "person_signature": "signature.png",
        "signature_authorities": "roots.pem",
    }  # fmt: skip
    return {key: value if key.endswith("password") else str(folder / value) for key, value in given.items()} | more


@contextmanager
def stamping_server(moment: datetime) -> Iterator[str]:
    """The time-stamp authority as a server on this machine; its address."""
    from asn1crypto import tsp

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            said = stamper(moment).request_tsa_response(asked).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_: object) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Answer)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
