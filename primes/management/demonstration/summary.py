"""What the demonstration holds, in a page of the terminal."""

from collections.abc import Iterator

from django.db.models import Count, Sum

from accounts.formats import day, money, number
from companies.firms.models import Firm
from companies.workforce.models import Employee
from primes.claims.models.claim import Claim, ClaimState
from primes.management.demonstration.accounts import (
    DOMAIN,
    FIRST_ADMINISTRATOR,
    FIRST_FIRM,
    PASSWORD,
    STAFF,
    Account,
)
from primes.management.demonstration.moments import Calendar
from primes.payouts.models import PaymentRun, RunState

LANGUAGE = "fr"
TRIES = """À essayer
  redacteur@     complète les dernières personnes et prépare la demande de l'exercice
  signataire@    la dépose et reçoit son récépissé
  instructeur@   prend en charge une demande déposée, lance le calcul et propose
  decideur@      décide la demande déjà proposée
  ordonnateur@   signe le lot préparé, puis payeur@ le signe et l'exporte
  manage.py verify                 vérifie tout ce qui doit rester vrai
  manage.py trace P-…              remonte d'un paiement à la ligne de son fichier"""


def summary(calendar: Calendar) -> str:
    return "\n".join((*_counts(calendar), "", *_accounts(), "", TRIES))


def _counts(calendar: Calendar) -> Iterator[str]:
    firms, people = Firm.objects.count(), Employee.objects.count()
    yield (
        f"Démonstration de l'exercice {calendar.year}, au {day(calendar.on, LANGUAGE)} : "
        f"{number(firms, LANGUAGE)} entreprises, {number(people, LANGUAGE)} salariés"
    )
    states = dict(Claim.objects.values_list("state").annotate(Count("pk")))
    for state in ClaimState:
        if state in states:
            yield f"  demandes « {state.label} » : {number(states[state], LANGUAGE)}"
    runs = PaymentRun.objects.values_list("state").annotate(Count("pk"), Sum("total"))
    for state, count, total in runs.order_by("state"):
        label = RunState(state).label
        yield f"  lots « {label} » : {number(count, LANGUAGE)}, {money(total, LANGUAGE)}"


def _accounts() -> Iterator[str]:
    yield f"Comptes, mot de passe {PASSWORD}"
    for person in (*FIRST_FIRM, *STAFF, FIRST_ADMINISTRATOR):
        yield f"  {person.email:<32}{person.full_name:<20}{_duty(person)}"
    yield f"  administrateur-02@{DOMAIN}, signataire-02@{DOMAIN}… : les autres entreprises"


def _duty(person: Account) -> str:
    superuser = ", superutilisateur" if person.is_superuser else ""
    return f"{person.role.label}{superuser}"
