from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import dsa, ec
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12

from reports.signing.keys import KeyRefusedError, key_of
from tests.signing_world import NOW, PASSWORD, YEAR, authority, ec_key, key_file, rsa_key


def test_key_names_whom_it_belongs_to_and_how_long():
    key = key_of(key_file("Bộ Khoa học và Công nghệ", ec_key()), PASSWORD, NOW)
    assert (key.name, key.valid_from, key.valid_to) == ("Bộ Khoa học và Công nghệ", NOW - YEAR, NOW + YEAR)


def only_certificate() -> bytes:
    return pkcs12.serialize_key_and_certificates(None, None, authority()[1], None, NoEncryption())


REFUSED = {
    "no file of that kind": (lambda: b"\x30\x03abc", PASSWORD, "signing_key_unreadable", {}),
    "wrong password": (key_file, "khác", "signing_key_unreadable", {}),
    "no password": (key_file, "", "signing_key_unreadable", {}),
    "no key in it": (only_certificate, "", "signing_key_missing", {}),
    "short RSA key": (lambda: key_file(key=rsa_key(1024)), PASSWORD, "signing_key_weak", {"bits": 1024, "least": 2048}),
    "short EC key": (
        lambda: key_file(key=ec_key(ec.SECP224R1)), PASSWORD, "signing_key_weak", {"bits": 224, "least": 256}
    ),
    "key of another kind": (lambda: key_file(key=dsa.generate_private_key(1024)), PASSWORD, "signing_key_kind", {}),
    "not for signing": (
        lambda: key_file("Mã hóa", signs=False), PASSWORD, "signing_key_usage", {"name": "Mã hóa"}
    ),
    "expired": (
        lambda: key_file("Cũ", days=364), PASSWORD, "signing_key_expired", {"name": "Cũ", "day": "22/11/2026"}
    ),
    "not yet valid": (
        lambda: key_file("Mới", start=NOW + timedelta(days=1)), PASSWORD, "signing_key_early",
        {"name": "Mới", "day": "24/11/2026"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_key_that_cannot_sign_is_refused_with_the_reason(case):
    content, password, code, details = REFUSED[case]
    with pytest.raises(KeyRefusedError) as refused:
        key_of(content(), password, NOW)
    assert (refused.value.code, refused.value.details) == (code, details)
