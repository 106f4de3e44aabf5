"""The words of a people file: people write them with or without accents, capitals and hyphens."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

MOROCCAN = frozenset({"MA", "MAR", "MAROC", "MAROCAIN", "MAROCAINE", "MOROCCO", "MOROCCAN"})
NOBODY_WORDS = frozenset({"AUCUNE", "AUCUN"})
PROFILES = {
    "management": "management",
    "encadrement": "management",
    "engineer it": "engineer-it",
    "ingenieur it": "engineer-it",
    "technician it": "technician-it",
    "technicien it": "technician-it",
    "bac2 bpo": "bac2-bpo",
    "bac call centre": "bac-call-centre",
    "bac centre d appels": "bac-call-centre",
}
"""Profiles of the training aid of 2007, by the words that say them, folded."""

REPEATED_LENGTH_MAX = 100
"""Characters of a text that is worth remembering: words and titles repeat, long texts do not."""
# ة and ى are written ه and ي as often as not; a tatweel only makes a word longer.
_ARABIC = str.maketrans({"ة": "ه", "ى": "ي", "ـ": None})
_BETWEEN_WORDS = re.compile(r"[\W_]+")


def capitals(text: str) -> str:
    return " ".join(text.upper().split())


def folded(text: str) -> str:
    """Small letters without accents, one space between words; Arabic letters in plain form."""
    return _folded_once(text) if len(text) <= REPEATED_LENGTH_MAX else _folded(text)


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(_ARABIC)
    bare = "".join(map(_kept, plain))
    return _BETWEEN_WORDS.sub(" ", bare).strip()


_folded_once = lru_cache(maxsize=4_096)(_folded)


def _kept(character: str) -> str:
    """Nothing of an accent or of an invisible mark; the figure of a digit of any script."""
    if character.isascii():
        return character
    if unicodedata.category(character) in {"Mn", "Cf"}:
        return ""
    digit = unicodedata.decimal(character, None)
    return character if digit is None else str(digit)


def _by_word(words: Mapping[str, str]) -> dict[str, str]:
    """From « code: word, word » to the code of each folded word."""
    return {
        folded(word): code for code, listed in words.items() for word in (code, *listed.split(","))
    }


CONTRACTS = _by_word(
    {
        "CDI": "C.D.I., contrat à durée indéterminée, durée indéterminée, indéterminé,"
        " indéterminée, permanent,"
        " titulaire, permanent contract, open-ended, عقد غير محدد المدة, غير محدد المدة",
        "CDD": "C.D.D., contrat à durée déterminée, durée déterminée, déterminé, déterminée,"
        " fixed-term, fixed term contract, عقد محدد المدة, محدد المدة",
        "IDMAJ": "ANAPEC, CI, contrat d'insertion, insertion, contrat ANAPEC, إدماج, عقد إدماج",
        "STAGE": "stagiaire, convention de stage, contrat de stage, internship, intern,"
        " تدريب, متدرب",
        "INTERIM": "intérim, intérimaire, travail temporaire, agency worker, عمل مؤقت",
    }
)
"""Kinds of contract, by the words that say them."""

NATIONALITIES = _by_word(
    {
        "MA": "MAR, Maroc, Marocain, Marocaine, Morocco, Moroccan, مغربي, مغربية, المغرب, مغ",
        "BE": "Belgique, Belge, Belgian",
        "CI": "Côte d'Ivoire, Ivoirien, Ivoirienne, Ivorian",
        "CM": "Cameroun, Camerounais, Camerounaise, Cameroonian",
        "DE": "Allemagne, Allemand, Allemande, German",
        "DZ": "Algérie, Algérien, Algérienne, Algerian, جزائري, جزائرية, الجزائر",
        "EG": "Égypte, Égyptien, Égyptienne, Egyptian, مصري, مصرية, مصر",
        "ES": "Espagne, Espagnol, Espagnole, Spanish, إسباني, إسبانية, إسبانيا",
        "FR": "FRA, France, Français, Française, French, فرنسي, فرنسية, فرنسا",
        "GB": "Royaume-Uni, Britannique, British",
        "IT": "Italie, Italien, Italienne, Italian, إيطالي, إيطالية, إيطاليا",
        "ML": "Mali, Malien, Malienne, Malian",
        "MR": "Mauritanie, Mauritanien, Mauritanienne, Mauritanian, موريتاني, موريتانية",
        "PT": "Portugal, Portugais, Portugaise, Portuguese",
        "SN": "Sénégal, Sénégalais, Sénégalaise, Senegalese, سنغالي, سنغالية, السنغال",
        "TN": "Tunisie, Tunisien, Tunisienne, Tunisian, تونسي, تونسية, تونس",
        "US": "États-Unis, Américain, Américaine, American",
    }
)
"""Countries, by the words that say a nationality; others are written as their two letters."""
