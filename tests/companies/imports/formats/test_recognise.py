"""A file is known by what it holds."""

from dataclasses import replace

import pytest

from companies.imports.errors import FileRefused
from companies.imports.formats.ds_layout import COMPLEMENTARY
from companies.imports.formats.ds_writer import write_declaration
from companies.imports.formats.recognise import HEAD_SIZE, recognise
from companies.imports.formats.workbook import OLD_MAGIC
from companies.imports.reading.people_columns import COLUMNS
from tests.companies.imports.formats.archives import archive
from tests.companies.imports.formats.declarations import HEADER, sample
from tests.companies.imports.formats.opendocuments import opendocument
from tests.companies.imports.formats.workbooks import Sheet, workbook

NAME = "fichier"


@pytest.mark.parametrize(
    "header", [HEADER, replace(HEADER, family=COMPLEMENTARY, supplement=1)], ids=["DS", "DSC"]
)
def test_a_declaration_is_recognised(header):
    assert recognise(write_declaration(sample(header)), NAME) == "ds"


@pytest.mark.parametrize("prefix", [b"", b"\xef\xbb\xbf", b"\n  "])
def test_an_etat_9421_is_recognised(prefix):
    head = prefix + b'<?xml version="1.0"?>\n<TraitementEtSalaire>'

    assert recognise(head, NAME) == "etat9421"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_of_texts_is_recognised(delimiter):
    head = b"\xef\xbb\xbf" + delimiter.join(reversed(COLUMNS)).encode() + b"\r\n"

    assert recognise(head, NAME) == "csv"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "cp1252", "utf-8-sig"])
def test_a_table_is_recognised_below_its_title_in_any_encoding(encoding):
    head = "Liste du personnel déclaré\r\n\r\nN° CIN;Nom;Prénom\r\n".encode(encoding)

    assert recognise(head, NAME) == "csv"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (workbook(Sheet([["cin"]])), "xlsx"),
        (opendocument([["cin"]]), "ods"),
        (archive(("paie.csv", b"cin;nom;prenom")), "zip"),
        (b"PK\x03\x04\x14", "zip"),
    ],
)
def test_archives_are_told_apart_by_their_first_member(content, kind):
    assert recognise(content[:HEAD_SIZE], NAME) == kind


@pytest.mark.parametrize(
    ("head", "code"),
    [
        (b"", "file_empty"),
        (b" \r\n", "file_empty"),
        (b"%PDF-1.7", "file_no_table"),
        (b"\x89PNG\r\n", "file_no_table"),
        (b"\xff\xd8\xff\xe0", "file_no_table"),
        (OLD_MAGIC + bytes(504), "workbook_old_or_locked"),
        (b"\x7fELF\x02\x01\x01\0,,,,", "file_unknown"),
        (b"nom,prenom\n", "file_unknown"),
        (b"<html>", "xml_root"),
    ],
)
def test_anything_else_is_refused(head, code):
    with pytest.raises(FileRefused) as refused:
        recognise(head, NAME)

    assert refused.value.code == code
