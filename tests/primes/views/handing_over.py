"""Files as a browser sends them, and an import taken through its pages."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from companies.imports.models import Import

COLUMNS = {
    "matricule_cnss": "123456785",
    "cin": "BE123456",
    "nom": "Alami",
    "prenom": "Sara",
    "nationalite": "MA",
    "date_embauche": "01/09/2025",
    "date_depart": "",
    "type_contrat": "CDI",
    "date_contrat_stable": "",
    "derniere_declaration_meme_employeur": "aucune",
    "revenu_brut_imposable": "60000",
    **{f"mois_{month:02}": "" for month in range(1, 13)},
    "heures_formation": "",
    "cout_formation": "",
    "finance_par": "",
}


def people_file(name: str = "salaries.csv", **changed: str) -> SimpleUploadedFile:
    """One person, with what the test changes of her."""
    return table(name, list(COLUMNS), [*(COLUMNS | changed).values()])


def table(name: str, *lines: list[str]) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, "".join(";".join(line) + "\n" for line in lines).encode())


def hand_over(client: Client, *files: SimpleUploadedFile, **more: str) -> HttpResponse:
    """The first step; the answer is the page where the import stands after it."""
    return client.post(reverse("import_new"), {"uploads": list(files), **more}, follow=True)


def confirm(client: Client) -> HttpResponse:
    """The last step, of the import begun last."""
    row = Import.objects.order_by("-pk")[0]
    return client.post(reverse("import_confirm", args=[row.public_id]), follow=True)
