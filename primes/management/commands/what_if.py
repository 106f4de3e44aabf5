"""`manage.py what_if --set …`: what another value of the law would cost. Nothing is touched."""

import re
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from fractions import Fraction
from pathlib import Path
from typing import Any

from django.utils import timezone

from accounts.formats import money, number
from companies.imports.errors import FileRefused, Place
from primes.claims.what_if.assumptions import Assumptions
from primes.claims.what_if.detail import detail_csv
from primes.claims.what_if.forecast import Cost, Forecast, forecast
from primes.management.piped import PipedCommand
from primes.management.refusals import refusal_text
from primes.rules.drafts import DraftValue
from primes.rules.errors import DraftRefused, UnknownScheme, YearOutsideScheme
from primes.wording.differences import change_text, difference_text
from primes.wording.what_if import assumptions_in_words
from primes.wording.words import label

EXIT_REFUSED = 2
DEFAULT_SCHEME = "paf-2025"
TABLES = (("Par exercice", "year"), ("Par filière", "branch"), ("Par site", "site"))


class Command(PipedCommand):
    help = "Ce que coûterait une autre valeur de la loi, par exercice, filière et site."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--set",
            action="append",
            default=[],
            dest="drafts",
            metavar="paf-2025.rate=4.0%@2027-01-01",
            help="une valeur d'essai et son jour d'effet ; répétable",
        )
        parser.add_argument("--scheme", help="dispositif, s'il n'est pas dit par --set")
        parser.add_argument("--until", type=int, help="dernier exercice")
        parser.add_argument("--growth", type=_share, default=Fraction(0), metavar="3%")
        parser.add_argument("--leavers", type=_share, default=Fraction(0), metavar="10%")
        parser.add_argument("--hires-per-month", type=_people, default=0, metavar="N")
        parser.add_argument("--out", type=Path, help="le détail en CSV")

    def handle(self, *_: object, **options: object) -> None:
        try:
            told = _forecast(options)
            _write(told, options["out"])
        except (FileRefused, DraftRefused, UnknownScheme, YearOutsideScheme) as refused:
            self.stderr.write(refusal_text(refused))
            sys.exit(EXIT_REFUSED)
        for line in _lines(told):
            self.stdout.write(line)


def _share(text: str) -> Fraction:
    """« 2,5% » of one; a negative or an absurd one would make a forecast of nothing."""
    figure = text.removesuffix("%").replace(",", ".")
    if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]+)?", figure) or Fraction(figure) > 100:
        raise ArgumentTypeError(f"« {text} » n'est pas un pourcentage ; écrivez de 0% à 100%")
    return Fraction(figure) / 100


def _people(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,4}", text):
        raise ArgumentTypeError(f"« {text} » n'est pas un nombre de personnes de 0 à 9999")
    return int(text)


def _write(told: Forecast, out: object) -> None:
    if not isinstance(out, Path):
        return
    try:
        out.write_text(detail_csv(told), encoding="utf-8", newline="")
    except OSError as broken:
        raise FileRefused("cannot_write", Place(str(out)), broken.strerror or "") from broken


def _forecast(asked: Mapping[str, Any]) -> Forecast:
    """Of the scheme that is named, else of the one that the first value is of."""
    drafts = [DraftValue.read(text) for text in asked["drafts"]]
    named = [asked["scheme"], *(draft.scheme for draft in drafts), DEFAULT_SCHEME]
    return forecast(
        scheme=next(filter(None, named)),
        drafts=drafts,
        assumed=Assumptions(asked["growth"], asked["leavers"], asked["hires_per_month"]),
        on=timezone.localdate(),
        until=asked["until"],
    )


def _lines(told: Forecast) -> Iterator[str]:
    yield f"{told.scheme} : ce qui est écrit, et l'essai"
    for draft in told.drafts:
        since = f"à partir du {draft.since:%d/%m/%Y}" if draft.since else "depuis le premier jour"
        yield f"  {draft.name} = {draft.value} {since}"
    yield "Suppositions, à changer par les options :"
    words = assumptions_in_words(
        scheme=told.scheme, known_year=told.known_year, **asdict(told.assumed), language="fr"
    )
    yield from (f"  {each}" for each in words)
    for title, name in TABLES:
        yield ""
        yield title
        yield from (_row(_named(cost, name), cost) for cost in told.by(name))
    yield ""
    yield _row("Total", told.total)
    yield "Une personne payée pour trois exercices compte trois fois dans un total."
    yield "Rien n'a été modifié."


def _named(cost: Cost, name: str) -> str:
    text = label("place", str(getattr(cost, name)))
    return f"{text} (estimation)" if name == "year" and cost.is_estimate else text


def _row(name: str, cost: Cost) -> str:
    people = f"{number(cost.people_today, 'fr')} → {number(cost.people_draft, 'fr')} pers."
    amounts = f"{money(cost.today, 'fr')} → {money(cost.draft, 'fr')}"
    return f"  {name:<28} {people:>24}  {amounts:>44}  écart {_difference(cost)}"


def _difference(cost: Cost) -> str:
    change = change_text(cost.today, cost.draft, "fr")
    return difference_text(cost.today, cost.draft, "fr") + (f" ({change})" if change else "")
