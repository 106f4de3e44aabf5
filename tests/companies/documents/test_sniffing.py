"""A paper is what its bytes say, whatever its name; what may act is refused."""

import io
import zipfile

import pytest

from accounts.errors import Refusal
from companies.documents.sniffing import PIXELS_MAX, MediaType, safe_name, sniff
from tests.companies.documents.papers import archive, chunk, jpeg, ods, packed, pdf, png, xlsx

JAVASCRIPT = b"<< /S /JavaScript /JS (app.alert(1)) >>"
EICAR_LIKE = b"X5O!P%@AP"


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (pdf(), MediaType.PDF),
        (pdf(b"<< /OpenAction [3 0 R /Fit] >>"), MediaType.PDF),
        (pdf(packed(b"1 0 << /Type /Pages >>")), MediaType.PDF),
        (jpeg(), MediaType.JPEG),
        (png(), MediaType.PNG),
        (xlsx(), MediaType.XLSX),
        (ods(), MediaType.ODS),
        ("nom;prénom\nÉmir;Salma\n".encode(), MediaType.CSV),
        ("nom;prénom\nÉmir;Salma\n".encode("cp1252"), MediaType.CSV),
        ("nom\tprénom\nأحمد\tسلمى\n".encode("utf-16"), MediaType.CSV),
    ],
)
def test_each_accepted_type_is_known_by_its_bytes(content: bytes, media_type: MediaType):
    assert sniff(content) == media_type


@pytest.mark.parametrize(
    "content",
    [
        b"<html><body>a;b</body></html>",
        b"\xef\xbb\xbf  <!DOCTYPE html>a;b",
        '<?xml version="1.0"?><svg xmlns="x" onload="a;b"/>'.encode("utf-16"),
        b"a;b\n<script>alert(1)</script>",
        b"MZ\x90\x00;",
        b"\x7fELF;",
        b"#!/bin/sh\necho a;b",
        pdf(JAVASCRIPT),
        pdf(b"<< /S /J#61vaScript /JS (x) >>"),
        pdf(b"<< /S /Launch /F (cmd.exe) >>"),
        pdf(b"<< /EmbeddedFiles 4 0 R >>"),
        pdf(packed(b"1 0 " + JAVASCRIPT)),
        pdf(packed(b"1 0 << /S /#4caunch >>")),
    ],
)
def test_what_may_act_when_it_is_opened_is_refused(content: bytes):
    with pytest.raises(Refusal, match="piece_active"):
        sniff(content)


@pytest.mark.parametrize(
    "content",
    [
        pdf()[:-30],
        pdf().replace(b"startxref\n", b"startxref\n9"),
        pdf(packed(b"1 0 << >>", b"/Filter /LZWDecode")),
        pdf(packed(b"1 0 << >>", b"/Filter /FlateDecode /DecodeParms << >>")),
        pdf(packed(b"1 0 << >>").replace(b"stream\nx", b"stream\ny", 1)),
        pdf(b"stream\n" * 20_000),
        pdf(b" " * 20_000 + b"stream\n"),
        jpeg()[:-2],
        jpeg()[:20],
        jpeg(0, 2),
        png()[:-12],
        png().replace(b"IDAT", b"IDAX"),
        png()[:8] + chunk(b"IEND", b""),
        xlsx()[:-40],
        b"PK\x03\x04",
    ],
)
def test_a_structure_that_does_not_hold_is_refused(content: bytes):
    with pytest.raises(Refusal, match="piece_broken"):
        sniff(content)


@pytest.mark.parametrize(
    "content",
    [
        pdf(b"<< /A (<script>x</script>) >>"),
        pdf()[:-1] + archive(a=b"x") + b"\nstartxref\n9\n%%EOF",
        png() + b"more",
        png() + archive(a=b"x"),
        jpeg() + archive(a=b"x"),
    ],
)
def test_a_file_that_is_two_things_is_refused(content: bytes):
    with pytest.raises(Refusal, match="piece_two_files"):
        sniff(content)


def test_a_zip_hidden_behind_a_whole_pdf_is_refused():
    with pytest.raises(Refusal, match="piece_broken"):
        sniff(pdf(ending=archive(a=b"x")))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "piece_empty"),
        (pdf(b"<< /Encrypt 5 0 R >>"), "piece_locked"),
        (b"no separator here", "piece_type_unknown"),
        (EICAR_LIKE + b"\x00;", "piece_type_unknown"),
        (archive(a=b"x"), "piece_type_unknown"),
        (b"GIF89a;\x00", "piece_type_unknown"),
    ],
)
def test_what_is_no_paper_is_refused_by_its_own_code(content: bytes, code: str):
    with pytest.raises(Refusal, match=code):
        sniff(content)


def test_a_workbook_with_macros_is_refused():
    with pytest.raises(Refusal, match="piece_macros"):
        sniff(xlsx(**{"xl__vbaProject.bin": b"x"}))


@pytest.mark.parametrize("make", [png, jpeg])
def test_a_picture_as_large_as_the_limit_is_taken_and_one_row_more_is_not(make):
    side = int(PIXELS_MAX**0.5)

    assert sniff(make(side, side))

    with pytest.raises(Refusal, match="piece_image_too_large"):
        sniff(make(side, side + 1))


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Docs\\Attestation CNSS.PDF", "Attestation CNSS.pdf"),
        ("facture.pdf.exe", "facture.pdf.exe.pdf"),
        ("page.html", "page.html.pdf"),
        ("fac\u202efdp.ture.pdf", "facfdp.ture.pdf"),
        ("a\nb\x00.pdf", "ab.pdf"),
        ("شهادة.pdf", "شهادة.pdf"),
        ("", "document.pdf"),
        (".pdf", "document.pdf"),
        ("x" * 300 + ".pdf", "x" * 120 + ".pdf"),
    ],
)
def test_a_name_keeps_no_folder_no_hidden_mark_and_a_true_ending(name: str, safe: str):
    assert safe_name(name, MediaType.PDF) == safe


@pytest.mark.parametrize("told", [b"sheet.macroEnabled.main+xml", b"ms-office.vbaProject"])
def test_macros_are_known_by_their_type_whatever_their_part_is_called(told):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("[Content_Types].xml", b"<Types>application/vnd.%b</Types>" % told)
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/figures.bin", b"macros")

    with pytest.raises(Refusal, match="piece_macros"):
        sniff(content.getvalue())
