"""An archive is a way to hand over several files, and no way to hand over anything else."""

import pytest

from companies.imports.errors import FileRefused
from companies.imports.formats import unpacking
from companies.imports.formats.unpacking import Unpacked, unpacked
from companies.imports.formats.workbook_scan import Limits
from tests.companies.imports.formats.archives import archive
from tests.companies.imports.formats.opendocuments import opendocument
from tests.companies.imports.formats.workbooks import Sheet, workbook

NAME = "paie.zip"
CSV = b"cin;nom;prenom\n"


def code_of(content: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(FileRefused) as refused:
        unpacked(NAME, content, limits or Limits())
    return refused.value.code


@pytest.mark.parametrize(
    "content", [CSV, b"B00", workbook(Sheet([["cin"]])), opendocument([["cin"]])]
)
def test_a_file_by_itself_is_left_as_it_is(content: bytes):
    assert unpacked("x", content, Limits()) == [Unpacked("x", "", content)]


def test_the_files_of_an_archive_come_out_in_their_order():
    book = workbook(Sheet([["cin"]]))
    content = archive(
        ("2026/", b""),
        ("2026/ds 01.txt", b"B00"),
        ("__MACOSX/2026/._ds 01.txt", b"x"),
        ("2026/.DS_Store", b"x"),
        ("paie.xlsx", book),
    )

    assert unpacked(NAME, content, Limits()) == [
        Unpacked("ds 01.txt", NAME, b"B00"),
        Unpacked("paie.xlsx", NAME, book),
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (archive(), "zip_empty"),
        (archive(("dossier/", b"")), "zip_empty"),
        (archive(("a.zip", archive(("x.csv", CSV)))), "zip_nested"),
        (archive(("../x.csv", CSV)), "zip_path"),
        (archive(("/etc/x.csv", CSV)), "zip_path"),
        (archive(("C:\\x.csv", CSV)), "zip_path"),
        (archive(("..\\x.csv", CSV)), "zip_path"),
        (archive(("x.csv", CSV))[:-10], "zip_broken"),
        (archive(*((f"{at}.csv", CSV) for at in range(unpacking.FILES_MAX + 1))), "zip_files"),
        (archive(("bombe.csv", b" " * (51 << 20))), "zip_too_large"),
    ],
)
def test_what_an_archive_may_not_do_is_refused(content: bytes, code: str):
    assert code_of(content) == code


def test_files_that_are_too_much_together_are_refused():
    content = archive(("a.csv", CSV + b"x" * 600), ("b.csv", CSV + b"x" * 600))

    assert code_of(content, Limits(unfolded=1_000)) == "zip_too_large"


def test_a_locked_archive_is_refused():
    content = bytearray(archive(("x.csv", CSV)))
    directory = content.index(b"PK\x01\x02")
    content[6] |= 1
    content[directory + 8] |= 1

    assert code_of(bytes(content)) == "zip_encrypted"


def test_a_file_beyond_the_limit_is_refused():
    assert code_of(b"x" * (unpacking.FILE_SIZE_MAX + 1)) == "file_too_large"
