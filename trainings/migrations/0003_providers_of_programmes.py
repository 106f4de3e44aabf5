"""Who teaches was written in each programme: one provider now stands for the programmes that name the same one.

Two programmes name the same provider when it is the firm itself, when they give the same ICE or, without any, the same
name. The newest of several names is kept. Going back writes each provider into its programmes again.
"""

import secrets

from django.db import migrations

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
UNNAMED = {"group": "Groupe", "external": "Organisme externe"}


def gather(apps, schema_editor):
    """Newest programme first, so that the first name met of a provider is the one kept."""
    provider_model, programme_model = (apps.get_model("trainings", name) for name in ("Provider", "Programme"))
    known = {}
    programmes = programme_model.objects.select_related("firm").order_by("-declared_at", "-pk")
    for programme in programmes.iterator(chunk_size=2000):
        provider = _provider(programme)
        key = (programme.firm_id, provider["kind"], provider["ice"] or provider["name"])
        if key not in known:
            known[key] = provider_model.objects.create(
                firm=programme.firm, public_id="prv_" + "".join(secrets.choice(ALPHABET) for _ in range(22)),
                declared_by_id=programme.declared_by_id, declared_at=programme.declared_at, **provider,
            )
        programme_model.objects.filter(pk=programme.pk).update(provider=known[key])


def _provider(programme):
    kind = programme.provider_kind
    if kind == "internal":
        return {"kind": kind, "name": programme.firm.name, "ice": ""}
    ice = programme.provider_ice if len(programme.provider_ice) == 15 and programme.provider_ice.isdigit() else ""
    return {"kind": kind, "name": programme.provider_name or UNNAMED[kind], "ice": ice}


def scatter(apps, schema_editor):
    for provider in apps.get_model("trainings", "Provider").objects.all():
        name = "" if provider.kind == "internal" else provider.name
        provider.programmes.update(provider_kind=provider.kind, provider_ice=provider.ice, provider_name=name)


class Migration(migrations.Migration):
    dependencies = [("trainings", "0002_providers")]
    operations = [migrations.RunPython(gather, scatter)]
