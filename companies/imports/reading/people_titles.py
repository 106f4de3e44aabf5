"""Titles under which firms keep what a people file asks, in French, Arabic and English.

« Matricule » alone is the number that the firm gives, and « salaire brut » alone is not taxable
pay: neither is here. Months are in `MONTH_TITLES`.
"""

from companies.imports.reading.people_words import folded


def _titles(listed: str) -> frozenset[str]:
    return frozenset(folded(title) for title in listed.split(","))


TITLES = {
    "matricule_cnss": _titles(
        "N° CNSS, Numéro CNSS, Num CNSS, No CNSS, CNSS, N° immatriculation,"
        " Numéro d'immatriculation,"
        "N° d'immatriculation CNSS, Immatriculation CNSS, Numéro d'immatriculation CNSS,"
        "N° immatriculation CNSS, N° assuré, Numéro d'assuré, N° affiliation CNSS salarié,"
        "CNSS number, Social security number, SSN,"
        "رقم الضمان الاجتماعي, رقم التسجيل, رقم التسجيل في الضمان الاجتماعي, رقم ص و ض ج"
    ),
    "cin": _titles(
        "CNIE, C.I.N, C.I.N., N° CIN, Numéro CIN, Num CIN, N° CNIE, Numéro CNIE,"
        " CIN/CNIE, CNI, N° CNI,"
        "Carte nationale, Carte d'identité, Carte d'identité nationale, Pièce d'identité,"
        "N° de la CIN, N° carte nationale, National ID, ID card, ID number, Identity card,"
        "رقم البطاقة الوطنية, البطاقة الوطنية, ر ب و, رقم البطاقة الوطنية للتعريف"
    ),
    "nom": _titles(
        "Nom de famille, Noms, Nom du salarié, Nom salarié, Nom et prénom,"
        " Nom et prénoms, Nom & prénom,"
        "Nom prénom, Nom complet, Noms et prénoms, Salarié, Last name, Surname,"
        " Family name, Full name,"
        "Name, Employee name, الاسم العائلي, النسب, الاسم الكامل, اللقب"
    ),
    "prenom": _titles(
        "Prénoms, Prénom du salarié, Prénom salarié, First name, Given name, Forename,"
        "الاسم الشخصي, الاسم"
    ),
    "nationalite": _titles(
        "Pays de nationalité, Code nationalité, Nationality, Citizenship, الجنسية"
    ),
    "date_embauche": _titles(
        "Date d'entrée, Date entrée, Date d'embauche, Date de recrutement, Date recrutement,"
        "Date d'engagement, Date d'ancienneté, Embauché le, Embauchée le, Entrée, Embauche,"
        "Date d'embauche effective, Hire date, Hiring date, Date of hire, Start date, Hired on,"
        "تاريخ التوظيف, تاريخ التشغيل, تاريخ الالتحاق, تاريخ الدخول"
    ),
    "date_depart": _titles(
        "Date de sortie, Date sortie, Date de départ, Date de fin, Date fin de contrat,"
        "Date de fin de contrat, Date de cessation, Sortie, Départ, Sorti le, End date,"
        " Leaving date,"
        "Termination date, Left on, تاريخ المغادرة, تاريخ الخروج, تاريخ نهاية العقد"
    ),
    "type_contrat": _titles(
        "Type de contrat, Contrat, Nature du contrat, Nature contrat, Type contrat de travail,"
        "Type de contrat de travail, Forme du contrat, Contract, Contract type, Type of contract,"
        "نوع العقد, العقد, طبيعة العقد"
    ),
    "date_contrat_stable": _titles(
        "Date du CDI, Date CDI, Date de passage en CDI, Passage en CDI, Date de titularisation,"
        "Titularisation, Date de conversion en CDI, Début du contrat stable, Date contrat stable,"
        "Stable contract since, Permanent since, تاريخ العقد القار, تاريخ الترسيم"
    ),
    "derniere_declaration_meme_employeur": _titles(
        "Dernière déclaration chez le même employeur, Dernière déclaration par le même employeur,"
        "Dernier emploi chez le même employeur, Last declared by the same employer,"
        "آخر تصريح لدى المشغل نفسه"
    ),
    "revenu_brut_imposable": _titles(
        "SBI, S.B.I, RBI, Revenu brut imposable annuel, Salaire brut imposable,"
        "Salaire brut imposable annuel, Brut imposable, Brut imposable annuel, SBI annuel,"
        "Revenu imposable brut, Total brut imposable, Cumul brut imposable, Montant brut imposable,"
        "Montant du revenu brut imposable, Gross taxable income, Gross taxable pay,"
        "Annual gross taxable income, الدخل الإجمالي الخاضع للضريبة, الدخل الخام الخاضع للضريبة,"
        "الأجر الخام الخاضع للضريبة"
    ),
    "heures_formation": _titles(
        "Heures de formation, Nombre d'heures de formation, Nb heures formation,"
        " Durée de formation,"
        "Training hours, ساعات التكوين, عدد ساعات التكوين"
    ),
    "cout_formation": _titles(
        "Coût de formation, Coût de la formation, Training cost, كلفة التكوين"
    ),
    "finance_par": _titles(
        "Financé par, Financement, Organisme financeur, Financeur, Autre aide,"
        " Funded by, ممول من طرف"
    ),
    "annee": _titles("Exercice, Année d'imposition, Year, Fiscal year, السنة, السنة المالية"),
}
"""Folded titles by the name of the column, which is a title of its own."""

_MONTHS = (
    "janvier, janv, jan, january, يناير",
    "février, févr, fév, fevr, feb, february, فبراير",
    "mars, mar, march, مارس",
    "avril, avr, apr, april, أبريل, ابريل",
    "mai, may, ماي, مايو",
    "juin, jun, june, يونيو",
    "juillet, juil, jul, july, يوليوز, يوليو",
    "août, aou, aug, august, غشت, أغسطس",
    "septembre, sept, sep, september, شتنبر, سبتمبر",
    "octobre, oct, october, أكتوبر, اكتوبر",
    "novembre, nov, november, نونبر, نوفمبر",
    "décembre, déc, dec, december, دجنبر, ديسمبر",
)
MONTH_WORDS = {folded(word): at for at, words in enumerate(_MONTHS, 1) for word in words.split(",")}
"""Number of a month by its folded name, in French, English and as Morocco says it in Arabic."""

MONTH_TITLES = {
    f"mois_{month:02}": frozenset(
        (
            *(word for word, at in MONTH_WORDS.items() if at == month),
            *(
                folded(f"{prefix} {at}")
                for prefix in ("mois", "m")
                for at in (month, f"{month:02}")
            ),
            *(f"m{month:02}", f"m{month}", f"mois{month:02}", f"salaire mois {month}"),
        )
    )
    for month in range(1, 13)
}
