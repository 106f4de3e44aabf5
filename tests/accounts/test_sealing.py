"""Identifiers at rest: nothing readable, equality by keyed hash, keys that rotate."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.sealing import UnsealError, fingerprint, seal, unseal

OLD, NEW = b"o" * 32, b"n" * 32


@given(st.text(min_size=1, max_size=40))
def test_what_is_sealed_comes_back(text):
    assert unseal("cin", seal("cin", text)) == text


def test_the_same_value_seals_differently_each_time():
    assert seal("cin", "AB123456") != seal("cin", "AB123456")


def test_a_sealed_value_shows_nothing():
    assert b"AB123456" not in seal("cin", "AB123456")


def test_equal_values_have_equal_fingerprints_within_a_kind_alone():
    assert fingerprint("cin", "AB123456") == fingerprint("cin", "AB123456")
    assert fingerprint("cin", "123456785") != fingerprint("cnss", "123456785")


def test_an_altered_value_is_refused():
    sealed = bytearray(seal("cin", "AB123456"))
    sealed[-1] ^= 1

    with pytest.raises(UnsealError):
        unseal("cin", bytes(sealed))


def test_a_value_of_another_kind_is_refused():
    with pytest.raises(UnsealError):
        unseal("rib", seal("cin", "AB123456"))


def test_a_newer_key_opens_what_the_older_sealed_and_keeps_fingerprints(settings):
    settings.IDENTIFIER_KEYS = (OLD,)
    sealed, before = seal("cin", "AB123456"), fingerprint("cin", "AB123456")

    settings.IDENTIFIER_KEYS = (NEW, OLD)

    assert unseal("cin", sealed) == "AB123456"
    assert fingerprint("cin", "AB123456") == before
    assert unseal("cin", seal("cin", "AB123456")) == "AB123456"


def test_nothing_seals_to_nothing():
    assert seal("cin", "") == b""
    assert unseal("cin", b"") == ""
    assert fingerprint("cin", "") == b""
