"""The names of aids, and what cumulates with what, in the reader's language."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from primes.rules.cumulation import Cumulates, Pair, matrix, pairs
from primes.rules.parameters.loader import load_scheme, scheme_names
from primes.wording.explained_words import certainty_mark, translated
from primes.wording.words import label


@dataclass(frozen=True, slots=True)
class CumulationWords:
    """Whether pairs of aids cumulate, why, and where it is written: pairs of one answer together.

    `answer` is a label, `code` its code; `mark` says « hypothèse » where no text was read.
    """

    pairs: tuple[tuple[str, str], ...]
    """The names of the two aids of each."""
    code: str
    answer: str
    why: str
    reference: str
    mark: str


def aid_name(aid: str, language: str) -> str:
    """The title of a scheme, or of an aid outside this system."""
    is_scheme = aid in scheme_names()
    title = load_scheme(aid).title if is_scheme else matrix().titles[aid]
    return title[language]


def cumulation_words(aids: Collection[str], language: str) -> tuple[CumulationWords, ...]:
    """Every pair that one of these aids is in; what is settled first."""
    alike: dict[tuple[Cumulates, str], list[Pair]] = {}
    for pair in pairs():
        if set(pair.aids) & set(aids):
            alike.setdefault((pair.cumulates, pair.title[language]), []).append(pair)
    groups = sorted(alike.values(), key=lambda group: group[0].cumulates is Cumulates.UNKNOWN)
    return tuple(_words(group, language) for group in groups)


def _words(alike: Sequence[Pair], language: str) -> CumulationWords:
    """Pairs of the same answer for the same reason."""
    first = alike[0]
    place = translated(first.reference.place, language)
    return CumulationWords(
        pairs=tuple(
            (aid_name(pair.aids[0], language), aid_name(pair.aids[1], language)) for pair in alike
        ),
        code=first.cumulates.value,
        answer=label("cumulation", first.cumulates.value, language),
        why=first.title[language],
        reference=f"{translated(first.reference.text, language)}, {place}",
        mark=certainty_mark(first.certainty, language),
    )
