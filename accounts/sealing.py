"""Identifiers of people at rest: sealed so that a dump shows nothing, fingerprinted so that
equality works.

A sealed value is `key number (1 byte) | nonce (12) | AES-256-GCM ciphertext`; the newest key seals,
every listed key opens. A fingerprint is keyed BLAKE2b-256 under a key derived from the oldest
listed key, so that adding a newer key does not change it. The kind (« cin », « cnss », « rib ») is
bound to both.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE_BYTES = 12


class UnsealError(ValueError):
    """The bytes were sealed under a key that is not listed, or were altered."""


@cache
def _ciphers(keys: tuple[bytes, ...]) -> tuple[AESGCM, ...]:
    return tuple(AESGCM(key) for key in keys)


@cache
def _fingerprint_key(keys: tuple[bytes, ...]) -> bytes:
    return hmac.digest(keys[-1], b"fingerprint", "sha256")


def seal(kind: str, value: str) -> bytes:
    """Encrypt one identifier; the empty string seals to the empty bytes."""
    if not value:
        return b""
    keys = settings.IDENTIFIER_KEYS
    nonce = secrets.token_bytes(NONCE_BYTES)
    key_number = len(keys)
    sealed = _ciphers(keys)[0].encrypt(nonce, value.encode(), kind.encode())
    return bytes([key_number]) + nonce + sealed


def unseal(kind: str, sealed: bytes | memoryview) -> str:
    """Decrypt; raises `UnsealError` when no listed key fits."""
    if not sealed:
        return ""
    sealed = bytes(sealed)
    keys = settings.IDENTIFIER_KEYS
    position = len(keys) - sealed[0]
    if not 0 <= position < len(keys):
        raise UnsealError(f"key number {sealed[0]} of {len(keys)}")
    nonce, body = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    try:
        return _ciphers(keys)[position].decrypt(nonce, body, kind.encode()).decode()
    except InvalidTag as altered:
        raise UnsealError(kind) from altered


def fingerprint(kind: str, value: str) -> bytes:
    """Keyed hash for equality, 32 bytes; the empty string has none and gives empty bytes."""
    if not value:
        return b""
    key = _fingerprint_key(settings.IDENTIFIER_KEYS)
    return hashlib.blake2b(f"{kind}:{value}".encode(), key=key, digest_size=32).digest()


def fingerprints(kind: str, values: Iterable[str]) -> list[bytes]:
    return [fingerprint(kind, value) for value in values]
