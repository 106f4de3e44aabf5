"""`manage.py import_declarations FILE… --company ICE [--dry-run]`: what the import pages do."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.errors import Refusal
from accounts.models import User
from companies.firms.models import Firm
from companies.firms.roles import WRITERS
from companies.identifiers import ICE, IdentifierError
from companies.imports.actions import load_files
from companies.imports.errors import FileRefused
from companies.imports.formats.unpacking import unpacked
from companies.imports.formats.workbook_scan import Limits
from companies.imports.models import FileLoad
from primes.management.asked import account_named, contents
from primes.management.refusals import refusal_text

EXIT_WRONG_FILE = 2


class Command(BaseCommand):
    help = "Charge des déclarations CNSS, des états 9421 et des fichiers de personnes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--company", required=True, metavar="ICE")
        parser.add_argument("--dry-run", action="store_true", help="lit et annule tout")
        parser.add_argument("--as", dest="email", help="rédacteur (à défaut, le premier)")

    def handle(self, *_: object, files: list[Path], company: str, **options: object) -> None:
        firm = _firm(company)
        writer = _writer(firm, options["email"])
        try:
            received = [
                (each.name, each.content)
                for name, content in contents(files)
                for each in unpacked(name, content, Limits())
            ]
            with transaction.atomic():
                loads = load_files(firm=firm, files=received, acting_user=writer, at=timezone.now())
                if options["dry_run"]:
                    transaction.set_rollback(True)
        except FileRefused as refused:
            raise CommandError(refusal_text(refused), returncode=EXIT_WRONG_FILE) from refused
        except Refusal as refused:
            raise CommandError(refusal_text(refused)) from refused
        for load in loads:
            self.stdout.write(_report(load))


def _firm(company: str) -> Firm:
    try:
        return Firm.objects.get(ice=str(ICE.parse(company)))
    except IdentifierError as refused:
        raise CommandError(refusal_text(refused)) from refused
    except Firm.DoesNotExist:
        raise CommandError(f"Aucune entreprise n'a l'ICE {company}.") from None


def _writer(firm: Firm, email: object) -> User:
    """The account named on the command line, else the first who may write for the firm."""
    if email is not None:
        return account_named(str(email))
    held = firm.memberships.filter(ended_at__isnull=True, role__in=WRITERS)
    first = held.select_related("user").order_by("role", "started_at", "pk").first()
    if first is None:
        raise CommandError("Aucun rédacteur : indiquez-en un par --as ADRESSE.")
    return first.user


def _report(load: FileLoad) -> str:
    return (
        f"{load.file.name} : {load.rows} lignes lues, {load.created} salariés créés,"
        f" {load.updated} mis à jour, {load.unchanged} inchangés, {load.left_out} laissées de côté,"
        f" {len(load.warnings)} avertissements"
    )
