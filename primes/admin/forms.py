"""What a person types when they act: parsed here, judged by the actions."""

from collections.abc import Mapping

from django import forms
from django.core.files.uploadedfile import UploadedFile

from accounts.fields import DirhamsField
from accounts.models import StaffRole
from companies.firms.models import Certificate
from companies.identifiers import IdentifierError, Rib
from primes.ledger.models import Convention
from primes.ledger.opening import ConventionTerms
from primes.review.models import Outcome
from primes.rules.parameters.loader import load_scheme, scheme_names


def year_field(label: str) -> forms.IntegerField:
    said = "Écrivez une année en quatre chiffres, par exemple 2025."
    errors = dict.fromkeys(("required", "invalid", "min_value", "max_value"), said)
    return forms.IntegerField(label=label, min_value=2000, max_value=2100, error_messages=errors)


class ActForm(forms.Form):
    """A confirmation; `arguments()` are those of the action."""

    def arguments(self) -> Mapping[str, object]:
        return self.cleaned_data


class ReasonForm(ActForm):
    reason = forms.CharField(
        label="Motif",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "cols": 60}),
        error_messages={"required": "Écrivez le motif en une phrase."},
    )


class ProposalForm(ReasonForm):
    outcome = forms.ChoiceField(label="Sens de la proposition", choices=Outcome.choices)
    field_order = ("outcome", "reason")

    def clean_outcome(self) -> Outcome:
        return Outcome(self.cleaned_data["outcome"])


def schemes() -> list[tuple[str, str]]:
    return [(name, load_scheme(name).title["fr"]) for name in scheme_names()]


class SchemeForm(ActForm):
    scheme = forms.ChoiceField(label="Dispositif", choices=schemes)


class ClaimYearForm(SchemeForm):
    year = year_field("Exercice")


class WindowForm(ClaimYearForm):
    opens_on = forms.DateField(label="Ouvre le", help_text="Ce jour compris, jj/mm/aaaa.")
    closes_on = forms.DateField(label="Ferme le", help_text="Ce jour compris, jj/mm/aaaa.")
    reason = forms.CharField(label="Motif", max_length=200)

    def clean(self) -> None:
        days = self.cleaned_data
        if "opens_on" in days and "closes_on" in days and days["closes_on"] < days["opens_on"]:
            self.add_error("closes_on", "Indiquez un jour de fermeture qui suit l'ouverture.")

    def arguments(self) -> Mapping[str, object]:
        typed = dict(self.cleaned_data)
        return typed | {"days": (typed.pop("opens_on"), typed.pop("closes_on"))}


class ConventionForm(ActForm):
    code = forms.CharField(label="Code", max_length=30)
    title = forms.CharField(label="Objet", max_length=200)
    scheme = forms.ChoiceField(label="Dispositif", choices=schemes)
    signed_on = forms.DateField(label="Signée le", help_text="jj/mm/aaaa")
    ends_on = forms.DateField(label="Échéance", help_text="jj/mm/aaaa")
    payer_name = forms.RegexField(
        r"^[A-Za-z0-9 ./'()+,-]+$",
        label="Titulaire du compte payeur",
        max_length=70,
        help_text="En lettres latines sans accent, comme la banque l'écrit.",
    )
    payer_rib = forms.CharField(label="RIB du compte payeur", help_text="24 chiffres.")

    def clean_payer_rib(self) -> Rib:
        try:
            return Rib.parse(self.cleaned_data["payer_rib"])
        except IdentifierError as refused:
            raise forms.ValidationError(
                "Vérifiez le RIB : 24 chiffres, dont les deux derniers sont la clé."
            ) from refused

    def arguments(self) -> Mapping[str, object]:
        return {"terms": ConventionTerms(**self.cleaned_data)}


class EnvelopeForm(ActForm):
    convention = forms.ModelChoiceField(Convention.objects.order_by("code"), label="Convention")
    year = year_field("Année budgétaire")
    cap = DirhamsField(label="Crédits ouverts (dirhams)")

    def arguments(self) -> Mapping[str, object]:
        typed = self.cleaned_data
        return {
            "convention_id": typed["convention"].pk,
            "year": typed["year"],
            "cap": typed["cap"],
        }


class BankReturnForm(ActForm):
    file = forms.FileField(
        label="Fichier pain.002 de la banque",
        error_messages={
            "required": "Choisissez le fichier reçu de la banque.",
            "empty": "Ce fichier est vide : demandez à la banque de l'envoyer de nouveau.",
        },
    )

    def arguments(self) -> Mapping[str, object]:
        file: UploadedFile = self.cleaned_data["file"]
        return {"name": file.name, "content": file.read()}


class PersonForm(ActForm):
    email = forms.EmailField(label="Adresse électronique")
    full_name = forms.CharField(label="Nom complet", max_length=120)
    password = forms.CharField(
        label="Mot de passe",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="12 caractères au moins.",
    )


class RoleForm(ActForm):
    role = forms.ChoiceField(label="Rôle", choices=StaffRole.choices)

    def clean_role(self) -> StaffRole:
        return StaffRole(self.cleaned_data["role"])


class CertificateForm(ActForm):
    kind = forms.ChoiceField(label="Nature", choices=Certificate.Kind.choices)
    number = forms.CharField(label="Numéro", max_length=40)
    valid_from = forms.DateField(label="Valable du", help_text="jj/mm/aaaa")
    valid_until = forms.DateField(label="Valable jusqu'au", help_text="Ce jour compris.")
