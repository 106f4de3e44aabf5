"""What the law would say today of a firm's people or of a claim's lines; nothing is stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from companies.firms.models import Firm
from companies.workforce.models import Employee, Employment
from primes.claims.facts import LineRequest, gather
from primes.claims.models.claim import Claim
from primes.rules.assessment import codes_of
from primes.rules.engine import assess


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One person; centimes, `income` that of the claim year, None when unknown, codes in the order
    of the law."""

    employee: Employee
    employment: Employment
    eligible: bool
    reasons: tuple[str, ...]
    unknown: tuple[str, ...]
    warnings: tuple[str, ...]
    income: int | None
    base: int
    amount: int


@dataclass(frozen=True, slots=True)
class Preview:
    rows: tuple[PreviewRow, ...]

    @property
    def total(self) -> int:
        return sum(row.amount for row in self.rows)

    @property
    def eligible_count(self) -> int:
        return sum(row.eligible for row in self.rows)


def employments_of_year(firm: Firm, year: int) -> list[Employment]:
    """The last employment in force in the year of each person of the firm, by name."""
    employments = (
        Employment.objects.filter(
            Q(left_on__isnull=True) | Q(left_on__gte=date(year, 1, 1)),
            employee__firm=firm,
            hired_on__lte=date(year, 12, 31),
        )
        .select_related("employee")
        .order_by("employee_id", "-hired_on")
        .distinct("employee_id")
    )
    return sorted(employments, key=lambda each: (each.employee.sort_key, each.pk))


def preview(*, firm: Firm, scheme: str, year: int, on: date) -> Preview:
    """Everyone the firm employed in the year, as if the claim were filed on that day.

    Days that its own live claim of the year pays are not « paid elsewhere ».
    """
    own = Claim.objects.of_firm(firm).live().filter(scheme=scheme, year=year).first()
    return _preview(
        employments_of_year(firm, year),
        scheme=scheme,
        year=year,
        on=on,
        claim_id=own.pk if own else 0,
    )


def preview_claim(*, claim: Claim, on: date) -> Preview:
    """The lines of one claim, as if it were filed on that day."""
    chosen = list(claim.lines.order_by("position").values_list("employment_id", flat=True))
    found = Employment.objects.select_related("employee").in_bulk(chosen)
    return _preview(
        [found[pk] for pk in chosen],
        scheme=claim.scheme,
        year=claim.year,
        on=on,
        claim_id=claim.pk,
    )


def _preview(
    employments: Sequence[Employment], *, scheme: str, year: int, on: date, claim_id: int = 0
) -> Preview:
    requests = [LineRequest(employment.pk, on, claim_id) for employment in employments]
    facts = gather(requests, scheme=scheme, year=year).facts
    assessment = assess(facts, scheme, year)
    figures = zip(
        facts.income[:, -1].tolist(),
        facts.income_known[:, -1].tolist(),
        assessment.base.tolist(),
        assessment.amount.tolist(),
        strict=True,
    )
    return Preview(
        tuple(
            PreviewRow(
                employee=employment.employee,
                employment=employment,
                eligible=bool(assessment.eligible[line]),
                reasons=assessment.reasons(line),
                unknown=codes_of(int(assessment.unknown[line]), assessment.conditions),
                warnings=assessment.warnings_of(line),
                income=income if is_known else None,
                base=base,
                amount=amount,
            )
            for line, (employment, (income, is_known, base, amount)) in enumerate(
                zip(employments, figures, strict=True)
            )
        )
    )
