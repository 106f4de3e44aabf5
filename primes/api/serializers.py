"""The shapes of the API: output only, built from what `primes.api.reading` tells."""

from datetime import UTC
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.formats import decimal
from primes.api.reading import STATES, TOLD_PAYMENTS, ToldLine

CURRENCY = "MAD"
MONEY = {
    "type": "object",
    "required": ["amount", "currency"],
    "properties": {
        "amount": {"type": "string", "pattern": r"^-?[0-9]+\.[0-9]{2}$", "example": "4217.52"},
        "currency": {"type": "string", "enum": [CURRENCY]},
    },
}


@extend_schema_field(MONEY)
class MoneyField(serializers.Field):
    """Centimes as `{"amount": "4217.52", "currency": "MAD"}`."""

    def to_representation(self, value: int) -> dict[str, str]:
        return {"amount": decimal(value), "currency": CURRENCY}


@extend_schema_field({"type": "string", "pattern": f"^({'|'.join(TOLD_PAYMENTS)})$"})
class PaymentStateField(serializers.CharField):
    """Described by a pattern: an enumeration would take the name of the states of a claim."""


def instant(**options: Any) -> serializers.DateTimeField:  # noqa: ANN401 - the options of the field
    """An instant in UTC, `2026-04-07T09:12:00Z`."""
    return serializers.DateTimeField(default_timezone=UTC, read_only=True, **options)


class ClaimFirmSerializer(serializers.Serializer):
    id = serializers.CharField(source="public_id")
    name = serializers.CharField()


class ClaimFiguresSerializer(serializers.Serializer):
    requested = MoneyField(help_text="As calculated on the day of filing.")
    granted = MoneyField(allow_null=True, help_text="Null before the decision.")
    paid = MoneyField(help_text="What the bank said it paid.")


class ClaimSerializer(serializers.Serializer):
    id = serializers.CharField(source="claim.public_id")
    reference = serializers.CharField(source="claim.reference")
    firm = ClaimFirmSerializer(source="claim.firm")
    scheme = serializers.CharField(source="claim.scheme")
    year = serializers.IntegerField(source="claim.year")
    state = serializers.ChoiceField(choices=STATES)
    created_at = instant(source="claim.created_at")
    filed_at = instant(source="claim.filed_at", allow_null=True)
    receipt_number = serializers.CharField(source="claim.receipt_number", allow_null=True)
    decide_before = serializers.DateField(source="claim.decide_before", allow_null=True)
    decided_at = instant(source="claim.decided_at", allow_null=True)
    line_count = serializers.IntegerField()
    amounts = ClaimFiguresSerializer(source="figures")


class ClaimPageSerializer(serializers.Serializer):
    data = ClaimSerializer(many=True)
    has_more = serializers.BooleanField()
    next = serializers.CharField(allow_null=True, help_text="Address of the next page.")


class AmountStepSerializer(serializers.Serializer):
    code = serializers.CharField()
    amount = MoneyField()


class ClaimLineSerializer(serializers.Serializer):
    position = serializers.IntegerField(source="line.position")
    employee = serializers.CharField(source="line.employee")
    hired_on = serializers.DateField(source="line.employment.hired_on")
    eligible = serializers.BooleanField(source="assessment.eligible", allow_null=True)
    reasons = serializers.SerializerMethodField(
        help_text="Conditions that failed, in the order of the law."
    )
    steps = serializers.SerializerMethodField(
        help_text="Steps of the amount, in the order of the law."
    )
    requested = MoneyField(source="assessment.amount", allow_null=True)
    granted = MoneyField(source="decided.amount", allow_null=True)

    def get_reasons(self, told: ToldLine) -> list[str]:
        return list(told.assessment.reasons) if told.assessment else []

    @extend_schema_field(AmountStepSerializer(many=True))
    def get_steps(self, told: ToldLine) -> list[dict[str, Any]]:
        steps = told.assessment.steps if told.assessment else {}
        rows = [{"code": code, "amount": amount} for code, amount in steps.items()]
        return list(AmountStepSerializer(rows, many=True).data)


class NamedValueSerializer(serializers.Serializer):
    """A fact, a figure or a number of the law, as people read it."""

    name = serializers.CharField()
    value = serializers.CharField()

    def to_representation(self, instance: tuple[str, str]) -> dict[str, str]:
        return dict(zip(self.fields, instance, strict=True))


class ExplanationStepSerializer(serializers.Serializer):
    """`code` and `kind` are stable; what is said follows the reader's language."""

    kind = serializers.CharField(help_text="`condition`, `row` or `warning`.")
    code = serializers.CharField()
    question = serializers.CharField()
    answer = serializers.CharField()
    holds = serializers.BooleanField(allow_null=True, help_text="Null but for a condition.")
    amount = MoneyField(allow_null=True, help_text="Null but for a row.")
    formula = serializers.CharField(allow_blank=True)
    facts = NamedValueSerializer(many=True)
    figures = NamedValueSerializer(many=True)
    parameters = NamedValueSerializer(many=True)
    remedy = serializers.CharField(allow_blank=True)
    reference = serializers.CharField()
    link = serializers.CharField(allow_blank=True)
    certainty = serializers.CharField(source="mark", allow_blank=True)


class ExplanationSerializer(serializers.Serializer):
    eligible = serializers.BooleanField()
    amount = MoneyField(help_text="As it was recorded.")
    is_current = serializers.BooleanField(
        help_text="False when other rules than the running ones gave the amount."
    )
    steps = ExplanationStepSerializer(many=True)


class ClaimPaymentSerializer(serializers.Serializer):
    reference = serializers.CharField(source="payment.reference")
    state = PaymentStateField(source="payment.state")
    amount = MoneyField(help_text="The part of the payment that pays this claim.")
    answered_at = instant(allow_null=True)
    return_code = serializers.CharField(source="payment.return_code", allow_blank=True)


class ClaimDetailSerializer(ClaimSerializer):
    lines = ClaimLineSerializer(many=True)
    payments = ClaimPaymentSerializer(many=True)


class ParameterErrorSerializer(serializers.Serializer):
    parameter = serializers.CharField()
    code = serializers.CharField()
    expected = serializers.CharField()


class ProblemSerializer(serializers.Serializer):
    """RFC 9457."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.CharField(help_text="Stable: programs read this one.")
    instance = serializers.CharField()
    errors = ParameterErrorSerializer(many=True, required=False)
