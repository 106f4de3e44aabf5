"""`manage.py what_if --set …`: what another value of the law would cost. Nothing is touched."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import asdict
from fractions import Fraction
from pathlib import Path
from typing import NoReturn

from django.utils import timezone

from accounts.formats import money, number
from primes.claims.what_if.assumptions import Assumptions
from primes.claims.what_if.detail import detail_csv
from primes.claims.what_if.forecast import Cost, Forecast, forecast
from primes.management.piped import PipedCommand
from primes.rules.drafts import DraftValue
from primes.rules.errors import DraftRefused, UnknownScheme, YearOutsideScheme
from primes.wording.differences import change_text, difference_text
from primes.wording.what_if import assumptions_in_words
from primes.wording.words import sentence

EXIT_REFUSED = 2
TABLES = (("Par exercice", "year"), ("Par filière", "branch"), ("Par site", "site"))


class Command(PipedCommand):
    help = "Ce que coûterait une autre valeur de la loi, par exercice, filière et site."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--set",
            action="append",
            default=[],
            dest="drafts",
            metavar="paf-2025.rate=4.0%%@2027-01-01",
            help="une valeur d'essai et son jour d'effet ; répétable",
        )
        parser.add_argument("--scheme", help="dispositif, s'il n'est pas dit par --set")
        parser.add_argument("--until", type=int, help="dernier exercice")
        parser.add_argument("--growth", type=_ratio, default=Fraction(0), metavar="3%%")
        parser.add_argument("--leavers", type=_ratio, default=Fraction(0), metavar="10%%")
        parser.add_argument("--hires-per-month", type=int, default=0, metavar="N")
        parser.add_argument("--out", type=Path, help="le détail en CSV")

    def handle(self, *_: object, **options: object) -> None:
        try:
            told = _forecast(options)
        except (DraftRefused, UnknownScheme, YearOutsideScheme) as refused:
            self._refuse(refused)
        for line in _lines(told):
            self.stdout.write(line)
        if isinstance(options["out"], Path):
            options["out"].write_text(detail_csv(told), encoding="utf-8", newline="")

    def _refuse(self, refused: DraftRefused | UnknownScheme | YearOutsideScheme) -> NoReturn:
        facts = dict(vars(refused))
        if not isinstance(refused, DraftRefused):
            facts |= {"first": refused.expected[0], "last": refused.expected[-1]}
        said = sentence(refused.code, facts)
        self.stderr.write(f"{said.what} {said.do}")
        sys.exit(EXIT_REFUSED)


def _ratio(text: str) -> Fraction:
    return Fraction(text.removesuffix("%").replace(",", ".")) / 100


def _forecast(options: dict[str, object]) -> Forecast:
    drafts = [DraftValue.read(text) for text in _texts(options["drafts"])]
    schemes = [str(options["scheme"])] if options["scheme"] else [each.scheme for each in drafts]
    return forecast(
        scheme=schemes[0] if schemes else "paf-2025",
        drafts=drafts,
        assumed=Assumptions(
            Fraction(str(options["growth"])),
            Fraction(str(options["leavers"])),
            int(str(options["hires_per_month"])),
        ),
        on=timezone.localdate(),
        until=int(str(options["until"])) if options["until"] else None,
    )


def _texts(given: object) -> list[str]:
    return [str(text) for text in given] if isinstance(given, list) else []


def _lines(told: Forecast) -> Iterator[str]:
    yield f"{told.scheme} : ce qui est écrit, et l'essai"
    for draft in told.drafts:
        since = f"à partir du {draft.since:%d/%m/%Y}" if draft.since else "depuis le premier jour"
        yield f"  {draft.name} = {draft.value} {since}"
    yield "Suppositions, à changer par les options :"
    words = assumptions_in_words(known_year=told.known_year, **asdict(told.assumed), language="fr")
    yield from (f"  {each}" for each in words)
    for title, name in TABLES:
        yield ""
        yield title
        yield from (_row(_named(cost, name), cost) for cost in told.by(name))
    yield ""
    yield _row("Total", told.total)
    yield "Rien n'a été modifié."


def _named(cost: Cost, name: str) -> str:
    text = str(getattr(cost, name))
    return f"{text} (estimation)" if name == "year" and cost.is_estimate else text


def _row(name: str, cost: Cost) -> str:
    people = f"{number(cost.people_today, 'fr')} → {number(cost.people_draft, 'fr')} pers."
    amounts = f"{money(cost.today, 'fr')} → {money(cost.draft, 'fr')}"
    return f"  {name:<28} {people:>24}  {amounts:>44}  écart {_difference(cost)}"


def _difference(cost: Cost) -> str:
    change = change_text(cost.today, cost.draft, "fr")
    return difference_text(cost.today, cost.draft, "fr") + (f" ({change})" if change else "")
