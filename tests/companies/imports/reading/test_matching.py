"""Columns of a firm's own table are recognised; a person is asked what nothing shows."""

import pytest

from companies.identifiers import cnss_check_digit
from companies.imports.reading.layout import Layout, as_data, from_data, titles_hash
from companies.imports.reading.matching import Proposal, Question, propose
from companies.imports.reading.targets import WORKFORCE

NUMBERS = [
    number - number % 10 + cnss_check_digit(number, 7) for number in range(112345600, 112345690, 10)
]


def table(**columns: list[str]) -> tuple[list[str], list[list[str]]]:
    """Titles and kinded rows of texts, from columns by title."""
    rows = zip(*columns.values(), strict=True)
    return list(columns), [[f"t{cell}" if cell else "" for cell in row] for row in rows]


def proposed(columns: dict[str, list[str]], known: Layout | None = None) -> Proposal:
    titles, rows = table(**columns)
    return propose(titles, rows, WORKFORCE, known)


def fields(proposal: Proposal) -> dict[str, tuple[str | None, str]]:
    return {each.title: (each.field, each.reason) for each in proposal.layout.columns}


CIN = {"CIN": ["AB123456", "J12345"]}


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("Matricule CNSS", "matricule_cnss"),
        ("N° CNSS", "matricule_cnss"),
        ("N° immatriculation", "matricule_cnss"),
        ("رقم الضمان الاجتماعي", "matricule_cnss"),
        ("C.I.N.", "cin"),
        ("CNIE", "cin"),
        ("رقم البطاقة الوطنية", "cin"),
        ("NOM ET PRENOM", "nom"),
        ("الاسم العائلي", "nom"),
        ("First name", "prenom"),
        ("Nationality", "nationalite"),
        ("Date d’entrée", "date_embauche"),
        ("Date d'embauche (jj/mm/aaaa)", "date_embauche"),
        ("تاريخ التوظيف", "date_embauche"),
        ("Hire date", "date_embauche"),
        ("Date de sortie", "date_depart"),
        ("Nature du contrat", "type_contrat"),
        ("SBI", "revenu_brut_imposable"),
        ("Revenu brut imposable 2026", "revenu_brut_imposable"),
        ("Salaire brut imposable annuel", "revenu_brut_imposable"),
        ("Janvier", "mois_01"),
        ("août 2026", "mois_08"),
        ("غشت", "mois_08"),
        ("12/2026", "mois_12"),
        ("2026-02-01", "mois_02"),
        ("Exercice", "annee"),
        ("type_contrat", "type_contrat"),
    ],
)
def test_titles_that_firms_use_are_recognised(title: str, field: str):
    proposal = proposed({title: ["", ""], "x": ["", ""]})

    assert fields(proposal)[title] == (field, "same")


@pytest.mark.parametrize("title", ["Matricule", "Salaire brut", "Date de naissance", "Service"])
def test_titles_of_something_else_are_not(title: str):
    assert fields(proposed(CIN | {title: ["x", "y"]}))[title] == (None, "none")


@pytest.mark.parametrize(
    ("title", "field"),
    [("Date d'embauche du salarié", "date_embauche"), ("Nationalitée", "nationalite")],
)
def test_a_title_that_is_nearly_one_is_proposed_and_asked_about(title: str, field: str):
    proposal = proposed(CIN | {title: ["MA", "MA"] if field == "nationalite" else ["", ""]})

    assert fields(proposal)[title] == (field, "near")
    assert [(each.kind, each.position, each.field) for each in proposal.questions] == [
        ("column", 1, field)
    ]


@pytest.mark.parametrize(
    ("texts", "field"),
    [
        ([str(number) for number in NUMBERS[:2]], "matricule_cnss"),
        (["01/09/2025", "2026-03-31"], "date_embauche"),
        (["CDI temps plein", "CDD"], None),
        (["Contrat à durée indéterminée", "CDD"], "type_contrat"),
        (["12 345,67", "8000.10"], "revenu_brut_imposable"),
        (["1203", "1204"], None),
        (["", ""], None),
    ],
)
def test_a_column_without_a_known_title_is_known_by_what_it_holds(
    texts: list[str], field: str | None
):
    proposal = proposed(CIN | {"Colonne 7": texts})

    assert fields(proposal)["Colonne 7"] == (field, "content" if field else "none")
    assert [each.field for each in proposal.questions if each.kind == "column"] == (
        [field] if field else []
    )


def test_two_columns_that_could_be_one_field_are_both_asked_about():
    days = ["01/09/2025", "31/03/2026"]

    proposal = proposed(CIN | {"A": days, "B": days})

    assert fields(proposal) == {"CIN": ("cin", "same"), "A": (None, "none"), "B": (None, "none")}
    assert [each.position for each in proposal.questions] == [1, 2]


def test_a_field_that_is_named_twice_is_asked_about():
    titles, rows = ["CIN", "Nom", "CNIE"], [["tAB123456", "tx", "tAB123456"]]

    proposal = propose(titles, rows, WORKFORCE)

    assert proposal.questions == (Question("column", 2, None, ("AB123456",)),)


def test_a_table_that_names_nobody_is_asked_about():
    questions = proposed({"Nom": ["x"], "Ville": ["y"]}).questions

    assert questions == (Question("column", None, "matricule_cnss"),)


@pytest.mark.parametrize(
    ("days", "order", "is_asked"),
    [
        (["05/08/2026", "31/08/2026"], "dmy", False),
        (["05/08/2026", "08/31/2026"], "mdy", False),
        (["13/08/2026", "08/31/2026"], "dmy", False),
        (["05/08/2026", "07/08/2026"], None, True),
        (["05/05/2026", "2026-08-07"], None, False),
    ],
)
def test_the_order_of_days_is_asked_only_where_no_day_shows_it(days, order, is_asked):
    proposal = proposed(CIN | {"Date d'embauche": days})

    assert proposal.layout.day_order.get("date_embauche") == order
    assert ("day_order" in {each.kind for each in proposal.questions}) == is_asked


def test_one_day_of_the_table_shows_the_order_of_all_its_columns():
    proposal = proposed(
        CIN | {"Date d'embauche": ["05/08/2026", ""], "Date de sortie": ["", "31/12/2026"]}
    )

    assert proposal.layout.day_order == {"date_embauche": "dmy", "date_depart": "dmy"}
    assert proposal.questions == ()


def test_days_under_a_title_of_the_template_are_written_as_it_says():
    assert proposed({"cin": ["AB123456"], "date_embauche": ["05/08/2026"]}).questions == ()


def test_words_that_nobody_knows_are_asked_about_once():
    proposal = proposed(
        {"CIN": ["A1", "A2", "A3", "A4"], "Contrat": ["CDI temps plein", "Perm.", "perm", "CDD"]}
    )

    assert proposal.questions == (Question("word", 1, "type_contrat", ("perm",)),)


def test_what_was_answered_once_is_not_asked_again():
    columns = {"Code": ["AB123456"], "Début": ["05/08/2026"], "Contrat": ["Perm"]}
    first = proposed(columns)
    answered = from_data(
        as_data(first.layout)
        | {"words": {"type_contrat": {"perm": "CDI"}}, "day_order": {"date_embauche": "mdy"}}
    )

    again = proposed(columns, known=answered)

    assert again.questions == ()
    assert again.layout.day_order == {"date_embauche": "mdy"}
    assert {each.reason for each in again.layout.columns if each.field} == {"known"}


def test_samples_are_three_different_texts():
    proposal = proposed({"CIN": ["A1", "A1", "A2", "A3", "A4"]})

    assert proposal.samples == (("A1", "A2", "A3"),)


def test_titles_are_the_same_whatever_their_capitals_and_accents():
    assert titles_hash(["Prénom", "CIN"]) == titles_hash(["PRENOM ", "cin"])
    assert titles_hash(["CIN", "Prénom"]) != titles_hash(["Prénom", "CIN"])
