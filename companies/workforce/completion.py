"""Which employments still lack an answer that the files cannot give."""

from django.db.models import Q, QuerySet

from companies.firms.models import Firm
from companies.workforce.models import Employment

UNANSWERED = Q(contract="") | Q(earlier_declared=False) | Q(employee__nationality="")


def employments_of(firm: Firm) -> QuerySet[Employment]:
    """All employments of the firm, with their people, by name."""
    return (
        Employment.objects.filter(employee__firm=firm)
        .select_related("employee")
        .order_by("employee__sort_key", "employee_id", "hired_on")
    )


def incomplete_employments(firm: Firm) -> QuerySet[Employment]:
    return employments_of(firm).filter(UNANSWERED)
