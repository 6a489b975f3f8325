"""Signatures: made with a key of one's own, found again, broken by any change; certificates that do not fit."""

from __future__ import annotations

import hashlib
import io
from datetime import UTC, datetime
from functools import cache

import pikepdf
import pytest
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption, pkcs12
from hypothesis import given, settings
from hypothesis import strategies as st

from lontar.engines.papers.pdf import compile_pdf
from lontar.engines.papers.signing import (
    Keyed,
    LocalSigner,
    SignaturesUnread,
    Signed,
    SigningProblem,
    Trust,
    check_signatures,
    make_demo,
    read_keyed,
)

AT = datetime(2026, 1, 15, 0, 30, tzinfo=UTC)
PAGE = b'#set page(width: 80mm, height: 40mm)\n#set text(font: "Source Sans 3")\nKeputusan contoh'


@cache
def keyed() -> Keyed:
    return read_keyed(make_demo(), password="", name="contoh.pem")


@cache
def signed() -> Signed:
    return LocalSigner(keyed(), means="demo").sign(
        compile_pdf(PAGE, {}, at=AT), reason="Penetapan – 1/2026", place="Kupang", at=AT
    )


def root() -> bytes:
    return keyed().chain[0].public_bytes(Encoding.DER)


def test_a_signature_is_found_with_signer_time_and_reason() -> None:
    made = signed()

    (found,) = check_signatures(made.pdf, demo=[root()])

    assert (found.signer, found.signed_at, found.reason) == ("Penanda Tangan Contoh", AT, "Penetapan – 1/2026")
    assert found.certificate_sha256 == made.certificate_sha256 == keyed().sha256
    assert (found.is_good, found.is_stamped, found.trust) == (True, False, Trust.DEMO)
    assert "CONTOH – bukan sertifikat BSrE" in keyed().certificate.subject.rfc4514_string()


def test_trust_is_what_the_reader_is_told_to_trust() -> None:
    assert check_signatures(signed().pdf, trusted=[root()])[0].trust == Trust.TRUSTED
    unknown = check_signatures(signed().pdf)[0]
    assert (unknown.trust, unknown.is_good) == (Trust.UNKNOWN, True)


def test_the_file_stays_pdf_a_and_is_not_written_anew() -> None:
    plain = compile_pdf(PAGE, {}, at=AT)

    assert signed().pdf.startswith(plain)
    with pikepdf.open(io.BytesIO(signed().pdf)) as book:
        assert 'pdfaid:part="2"' in str(book.open_metadata()) or book.open_metadata().get("pdfaid:part") == "2"
        (field,) = book.Root.AcroForm.Fields
        assert (int(field.F) & 4, int(field.F) & 2) == (4, 0)  # printed, not hidden: PDF/A-2, 6.3.2
        assert [float(side) for side in field.Rect] == [0, 0, 0, 0]


def contents() -> range:
    """Where the signature itself lies in the file; the rest of its place is filled with zeros."""
    pdf = signed().pdf
    begin = pdf.index(b"/Contents <") + len(b"/Contents <")
    end = pdf.index(b">", begin)
    return range(begin, begin + len(pdf[begin:end].rstrip(b"0")) - 8)


@settings(max_examples=60)
@given(st.data())
def test_a_changed_byte_anywhere_is_noticed(data: st.DataObject) -> None:
    pdf = signed().pdf
    place = data.draw(st.integers(0, len(pdf) - 1))
    flipped = pdf[place] ^ data.draw(st.integers(1, 255))
    changed = pdf[:place] + bytes([flipped]) + pdf[place + 1 :]

    assert hashlib.sha256(changed).digest() != hashlib.sha256(pdf).digest()
    padding = range(contents().stop, pdf.index(b">", contents().start))
    if place in padding or (place in contents() and bytes([flipped]).upper() == pdf[place : place + 1].upper()):
        return  # zeros after the signature, or the same hexadecimal digit in another case: only the SHA-256 tells
    try:
        found = check_signatures(changed, demo=[root()])
    except SignaturesUnread:
        return
    assert not any(one.is_good and one.trust == Trust.DEMO for one in found)


@pytest.mark.parametrize("more", [b"\n", b"%sisipan\n"])
def test_bytes_added_behind_are_told(more: bytes) -> None:
    (found,) = check_signatures(signed().pdf + more, demo=[root()])

    assert (found.is_whole, found.is_good) == (False, False)


def test_a_page_added_in_an_update_is_told() -> None:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(signed().pdf))
    writer.root["/Sisipan"] = writer.root["/Pages"]
    writer.update_root()
    target = io.BytesIO()
    writer.write(target)

    (found,) = check_signatures(target.getvalue(), demo=[root()])

    assert (found.is_intact, found.is_whole, found.is_good) == (True, False, False)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.7", b"%PDF-1.7\n" + b"\x00" * 500])
def test_what_is_no_pdf_is_unread(content: bytes) -> None:
    with pytest.raises(SignaturesUnread):
        check_signatures(content)


def test_an_unsigned_paper_has_none() -> None:
    assert check_signatures(compile_pdf(PAGE, {}, at=AT)) == []


# --- the operator's files -----------------------------------------------------------------------------------------------


def p12(password: bytes) -> bytes:
    held = keyed()
    closing = BestAvailableEncryption(password) if password else NoEncryption()
    return pkcs12.serialize_key_and_certificates(b"contoh", held.key, held.certificate, held.chain, closing)


def test_a_pkcs12_file_opens_with_its_password_only() -> None:
    opened = read_keyed(p12(b"rahasia contoh"), password="rahasia contoh", name="dinas.p12")
    assert (opened.name, len(opened.chain)) == ("Penanda Tangan Contoh", 1)

    for content, password in ((p12(b"rahasia contoh"), "salah"), (b"bukan kunci", "")):
        with pytest.raises(SigningProblem, match=r"dinas\.p12: kunci tidak dapat dibuka.*LONTAR_SIGN_PASSWORD") as told:
            read_keyed(content, password=password, name="dinas.p12")
        assert "salah" not in str(told.value)


def test_a_certificate_of_another_key_is_refused() -> None:
    mixed = make_demo().split(b"-----BEGIN CERTIFICATE")[0] + b"-----BEGIN CERTIFICATE".join(
        [b"", *make_demo().split(b"-----BEGIN CERTIFICATE")[1:]]
    )

    with pytest.raises(SigningProblem, match="bukan milik kunci"):
        read_keyed(mixed, password="", name="campur.pem")


def test_a_certificate_out_of_its_time_does_not_sign() -> None:
    with pytest.raises(SigningProblem, match=r"berlaku 01-01-2025 sampai 01-01-2055\. Pasang sertifikat baru"):
        LocalSigner(keyed(), means="certificate").sign(
            compile_pdf(PAGE, {}, at=AT), reason="x", place="x", at=datetime(2056, 1, 1, tzinfo=UTC)
        )


def test_the_key_is_never_shown() -> None:
    assert "PRIVATE" not in repr(keyed())
    assert "key=" not in repr(keyed())
