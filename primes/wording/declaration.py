"""The text a signataire certifies: versioned files, never edited once used."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

CURRENT = "claim-1"
_FOLDER = Path(__file__).parent / "declarations"


@dataclass(frozen=True, slots=True)
class Declaration:
    """`texts` by language code; `sha256` covers the version and all three texts."""

    version: str
    texts: dict[str, str]
    sha256: str


@cache
def declaration(version: str = CURRENT) -> Declaration:
    sheet = yaml.safe_load((_FOLDER / f"{version}.yaml").read_text(encoding="utf-8"))
    texts = {language: sheet[language].strip() for language in ("fr", "ar", "en")}
    content = "\n\n".join([sheet["version"], *texts.values()])
    return Declaration(sheet["version"], texts, hashlib.sha256(content.encode()).hexdigest())
