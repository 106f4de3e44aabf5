"""A synthetic sector, loaded through the importers and told by the real actions."""

from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from companies.firms.models import Firm
from primes.management.demonstration import sector
from primes.management.demonstration.accounts import DemonstrationRefusedError
from primes.management.demonstration.agency import SCHEME
from primes.management.demonstration.files import NamedFile
from primes.management.demonstration.moments import Calendar
from primes.management.demonstration.story import tell
from primes.management.demonstration.summary import summary
from primes.rules.parameters.loader import load_scheme

FIRMS, PEOPLE, SEED = 12, 600, 2026


class Command(BaseCommand):
    help = (
        "Un secteur inventé : mêmes graine, exercice et jour, mêmes lignes. "
        "Les comptes ont un mot de passe connu de tous : refusé en production."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--firms", type=int, default=FIRMS, help="entreprises")
        parser.add_argument("--employees", type=int, default=PEOPLE, help="salariés en tout")
        parser.add_argument("--year", type=int, help="exercice (le dernier échu)")
        parser.add_argument("--seed", type=int, default=SEED, help="graine")
        parser.add_argument("--on", type=date.fromisoformat, help="jour raconté (aujourd'hui)")
        parser.add_argument("--files", type=Path, help="y écrire aussi les fichiers, par ICE")
        parser.add_argument("--if-empty", action="store_true", help="rien s'il y a une entreprise")

    def handle(self, *_args: object, **options: object) -> None:
        if Firm.objects.exists():
            if options["if_empty"]:
                return
            raise CommandError("Il y a déjà des entreprises : la démonstration veut une base vide.")
        try:
            calendar = _calendar(options)
            told = _sector(options, calendar.year)
        except ValueError as refused:
            raise CommandError(str(refused)) from refused
        try:
            tell(told, calendar, _Writer(options["files"]))
        except DemonstrationRefusedError as refused:
            raise CommandError("Pas de comptes de démonstration en production.") from refused
        self.stdout.write(summary(calendar))


def _calendar(options: dict[str, object]) -> Calendar:
    """The day, and the last year over on it that the scheme knows."""
    on = options["on"] if isinstance(options["on"], date) else timezone.localdate()
    year = options["year"] or min(on.year - 1, load_scheme(SCHEME).last_year)
    return Calendar(on, int(str(year)))


def _sector(options: dict[str, object], year: int) -> sector.Sector:
    firms, people, seed = (int(str(options[name])) for name in ("firms", "employees", "seed"))
    return sector.Sector(firms, people, year, seed)


class _Writer:
    """Puts the files of each firm in a folder named after its ICE; without a folder, nowhere."""

    def __init__(self, folder: object) -> None:
        self._folder = folder if isinstance(folder, Path) else None

    def __call__(self, firm: sector.Firm, files: Sequence[NamedFile]) -> None:
        if self._folder is None:
            return
        folder = self._folder / str(firm.identifier)
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files:
            (folder / name).write_bytes(content)
