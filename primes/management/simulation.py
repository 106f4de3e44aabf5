"""What `simulate` says at its end: what was left out, what was taken for granted, three figures."""

from collections import Counter
from collections.abc import Iterator, Sequence

from accounts.formats import money, number
from companies.imports.errors import Place
from companies.imports.reading.people_columns import EVERY_COLUMN
from primes.claims.from_files import FromFiles
from primes.claims.from_files_official import LeftOut
from primes.claims.from_files_result import COLUMN_OF_FACT
from primes.rules.assessment import Assessment
from primes.wording.file_problems import warning_text
from primes.wording.words import label

PLACES_SHOWN = 5
WARNINGS_SHOWN = 20
OTHERS = (
    ("occasional", "personnel occasionnel de l'état 9421"),
    ("occasional_records", "enregistrements de main-d'œuvre occasionnelle des DS"),
    ("trainees", "stagiaires de l'état 9421"),
    ("others", "autres personnes de l'état 9421, exonérées ou doctorantes"),
    ("earlier_only", "personnes d'un état 9421 antérieur absentes de celui de l'exercice"),
)


def summary(read: FromFiles, answer: Assessment) -> Iterator[str]:
    """Lines in French; the last three are the people, the eligible people and the total."""
    yield from _warnings(read)
    yield from _left_out(read.left_out)
    yield from _reasons(answer)
    yield from _assumed(read)
    yield f"Personnes : {number(len(answer), 'fr')}"
    yield f"Personnes éligibles : {number(int(answer.eligible.sum()), 'fr')}"
    yield f"Total : {money(sum(answer.amount.tolist()), 'fr')}"


def _warnings(read: FromFiles) -> Iterator[str]:
    for warning in read.warnings[:WARNINGS_SHOWN]:
        yield f"Attention, {warning_text(warning, 'fr')}"
    more = len(read.warnings) - WARNINGS_SHOWN
    if more > 0:
        yield f"Attention : {number(more, 'fr')} avertissements de plus."


def _left_out(left_out: LeftOut) -> Iterator[str]:
    places = left_out.declared_only
    if places:
        yield (
            "Laissées de côté, déclarées à la CNSS mais absentes de l'état 9421 :"
            f" {number(len(places), 'fr')} ({_shown(places)})."
        )
    if left_out.other_years:
        yield (
            "Laissées de côté, lignes d'autres années :"
            f" {number(len(left_out.other_years), 'fr')} ({_shown(left_out.other_years)})."
        )
    for name, words in OTHERS:
        count = getattr(left_out, name)
        if count:
            yield f"Laissés de côté, {words} : {number(count, 'fr')}."


def _shown(places: Sequence[Place]) -> str:
    """The first of them."""
    shown = [f"{place.file} ligne {place.line}" for place in places[:PLACES_SHOWN]]
    return ", ".join(shown) + (" …" if len(places) > PLACES_SHOWN else "")


def _reasons(answer: Assessment) -> Iterator[str]:
    """How many people each condition refuses, in the order of the law."""
    failing = Counter(code for line in range(len(answer)) for code in answer.reasons(line))
    if failing:
        yield "Conditions non remplies, en nombre de personnes :"
    for code in answer.conditions:
        if failing[code]:
            yield f"  {label('reason', code)} ({code}) : {number(failing[code], 'fr')}"


def _assumed(read: FromFiles) -> Iterator[str]:
    """What nobody gave and was taken as favourable; a real claim must give it."""
    if read.firm_assumed:
        yield "Conditions de l'entreprise tenues pour remplies, faute d'indication :"
        for code in read.firm_assumed:
            yield f"  {label('condition', code)} ({code})"
    facts = Counter(fact for person in read.people for fact in person.assumed)
    if facts:
        concerned = sum(bool(person.assumed) for person in read.people)
        yield (
            f"À confirmer pour {number(concerned, 'fr')} personnes : ces fichiers ne le disent pas,"
            " et la réponse favorable a été retenue."
        )
        for fact, count in facts.items():
            column = COLUMN_OF_FACT[fact]
            said_by = f" (colonne {column})" if column in EVERY_COLUMN else ""
            yield f"  {label('fact', fact)}{said_by} : {number(count, 'fr')}"
