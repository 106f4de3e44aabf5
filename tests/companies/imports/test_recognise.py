"""A file is known by what it holds."""

from dataclasses import replace

import pytest

from companies.imports.ds_layout import COMPLEMENTARY
from companies.imports.ds_writer import write_declaration
from companies.imports.errors import FileRefused
from companies.imports.people_columns import COLUMNS
from companies.imports.recognise import recognise
from tests.companies.imports.declarations import HEADER, sample

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
def test_a_people_file_is_recognised(delimiter):
    head = b"\xef\xbb\xbf" + delimiter.join(reversed(COLUMNS)).encode() + b"\r\n"

    assert recognise(head, NAME) == "people"


@pytest.mark.parametrize(
    ("head", "code"),
    [
        (b"", "file_empty"),
        (b" \r\n", "file_empty"),
        (b"PK\x03\x04\x14", "file_unknown"),
        (b"%PDF-1.7", "file_unknown"),
        (b"nom,prenom\n", "file_unknown"),
        (b"<html>", "xml_root"),
    ],
)
def test_anything_else_is_refused(head, code):
    with pytest.raises(FileRefused) as refused:
        recognise(head, NAME)

    assert refused.value.code == code
