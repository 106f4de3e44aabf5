"""Who teaches, as the firm declares it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.constraints import named_refusals
from accounts.models import User
from accounts.public_ids import new_public_id
from accounts.sealing import fingerprint, seal
from companies.firms.journal import record_of
from companies.firms.models import Firm
from companies.firms.roles import WRITERS, require_firm_role
from companies.identifiers import ICE, Rib
from trainings.providers.models import Provider, ProviderKind
from trainings.providers.phones import normal

RIB_DIGITS_SHOWN = 4


@dataclass(frozen=True, slots=True)
class ProviderDeclaration:
    """`kind` is a code of `ProviderKind`; one from outside gives its ICE. `rib` None: not said."""

    kind: str
    name: str
    ice: ICE | None = None
    address: str = ""
    city: str = ""
    phone: str = ""
    email: str = ""
    rib: Rib | None = None

    def columns(self) -> dict[str, object]:
        """Those of the row; the RIB only when it is said. Raises `phone_format`."""
        told: dict[str, object] = {
            "kind": self.kind,
            "name": self.name,
            "ice": str(self.ice or ""),
            "address": self.address,
            "city": self.city,
            "phone": normal(self.phone),
            "email": self.email,
        }
        if self.rib is not None:
            number = str(self.rib)
            told["rib_sealed"] = seal("rib", number)
            told["rib_fingerprint"] = fingerprint("rib", number)
            told["rib_last_digits"] = number[-RIB_DIGITS_SHOWN:]
        return told


def declare_provider(
    *, firm: Firm, declaration: ProviderDeclaration, acting_user: User, at: datetime
) -> Provider:
    """Raises `role_missing`, `phone_format`, or the name of the constraint that is broken."""
    require_firm_role(firm, acting_user, *WRITERS)
    columns = declaration.columns()
    with named_refusals(), transaction.atomic():
        provider = Provider.objects.create(
            firm=firm,
            public_id=new_public_id("prv"),
            declared_by=acting_user,
            declared_at=at,
            **columns,
        )
        _journal(provider, "training.declare_provider", acting_user, at)
    return provider


def revise_provider(
    *, provider_id: int, declaration: ProviderDeclaration, acting_user: User, at: datetime
) -> Provider:
    """Write it anew; a RIB that is not said stays the one known. Raises as `declare_provider`."""
    columns = declaration.columns()
    with named_refusals(), transaction.atomic():
        provider = (
            Provider.objects.select_for_update(of=("self",), no_key=True)
            .select_related("firm")
            .get(pk=provider_id)
        )
        require_firm_role(provider.firm, acting_user, *WRITERS)
        for name, value in columns.items():
            setattr(provider, name, value)
        provider.save(update_fields=list(columns))
        _journal(provider, "training.revise_provider", acting_user, at)
    return provider


def firm_as_provider(*, firm: Firm, acting_user: User, at: datetime) -> Provider:
    """The firm that teaches its own people; written down the first time it is asked for."""
    require_firm_role(firm, acting_user, *WRITERS)
    with named_refusals(), transaction.atomic():
        provider, is_new = Provider.objects.get_or_create(
            firm=firm,
            kind=ProviderKind.INTERNAL,
            defaults={
                "public_id": new_public_id("prv"),
                "name": firm.name,
                "declared_by": acting_user,
                "declared_at": at,
            },
        )
        if is_new:
            _journal(provider, "training.declare_provider", acting_user, at)
    return provider


def _journal(provider: Provider, action: str, acting_user: User, at: datetime) -> None:
    detail = {
        "provider": provider.public_id,
        "kind": str(provider.kind),
        "name": provider.name,
        "ice": provider.ice,
        "phone": provider.phone,
        "email": provider.email,
        "rib": provider.rib_last_digits,
    }
    record_of(provider.firm, action, acting_user, at, **detail)
