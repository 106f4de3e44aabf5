"""Three invented people and their table: what every nasty spreadsheet is a distortion of."""

from collections.abc import Mapping, Sequence

TITLES = (
    "matricule_cnss",
    "cin",
    "nom",
    "prenom",
    "nationalite",
    "date_embauche",
    "date_depart",
    "type_contrat",
    "date_contrat_stable",
    "derniere_declaration_meme_employeur",
    "revenu_brut_imposable",
    *(f"mois_{month:02}" for month in range(1, 13)),
    "heures_formation",
    "cout_formation",
    "finance_par",
)
ARABIC_TITLES = {
    "matricule_cnss": "رقم الضمان الاجتماعي",
    "cin": "رقم البطاقة الوطنية",
    "nom": "الاسم العائلي",
    "prenom": "الاسم الشخصي",
    "nationalite": "الجنسية",
    "date_embauche": "تاريخ التوظيف",
}
PEOPLE: Sequence[Mapping[str, str]] = (
    {
        "matricule_cnss": "123456785",
        "cin": "AB123456",
        "nom": "Alami",
        "prenom": "Salma",
        "nationalite": "MA",
        "date_embauche": "2025-09-01",
        "type_contrat": "CDI",
        "revenu_brut_imposable": "120000.50",
    },
    {
        "matricule_cnss": "137586057",
        "cin": "BK234567",
        "nom": "Bennani",
        "prenom": "Youssef",
        "nationalite": "MA",
        "date_embauche": "2025-10-15",
        "type_contrat": "CDI",
        "revenu_brut_imposable": "84000.00",
    },
    {
        "matricule_cnss": "183920192",
        "cin": "JC345678",
        "nom": "Chraïbi",
        "prenom": "Imane",
        "nationalite": "MA",
        "date_embauche": "2025-11-20",
        "type_contrat": "CDD",
        "revenu_brut_imposable": "60000.00",
    },
)


def people(**changes: str) -> list[dict[str, str]]:
    """The three, with the same changes to each."""
    return [{**each, **changes} for each in PEOPLE]


def first_with(**changes: str) -> list[dict[str, str]]:
    """The three, the first one changed."""
    return [{**PEOPLE[0], **changes}, *map(dict, PEOPLE[1:])]


def csv_lines(
    rows: Sequence[Mapping[str, str]],
    titles: Sequence[str] = TITLES,
    delimiter: str = ",",
    shown: Mapping[str, str] | None = None,
) -> list[str]:
    """Header and rows, without quotes; `shown` are other titles for the same columns."""
    shown = shown or {}
    return [
        delimiter.join(shown.get(title, title) for title in titles),
        *(delimiter.join(row.get(title, "") for title in titles) for row in rows),
    ]


def csv_text(rows: Sequence[Mapping[str, str]] = PEOPLE, delimiter: str = ",") -> str:
    return "".join(f"{line}\n" for line in csv_lines(rows, delimiter=delimiter))
