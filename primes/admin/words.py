"""French words of the codes that only the administration shows; completeness is tested."""

from collections.abc import Mapping
from datetime import datetime

from accounts import formats

EVIDENCE = {
    "ice": "ICE",
    "employer_number": "n° d'affiliation",
    "warnings": "avertissements",
    "verified_at": "vérifiée le",
    "account": "compte",
    "usable_from": "utilisable à partir du",
    "shared_with": "entreprises au même RIB",
    "people": "personnes",
    "firms": "autres entreprises",
    "months_declared": "mois déclarés",
    "months_paid": "mois payés",
    "income": "revenu",
    "gap": "écart",
    "at_filing": "au dépôt",
    "now": "à l'instruction",
}
AMOUNTS = frozenset({"income", "at_filing", "now"})
DAYS = frozenset({"verified_at", "usable_from"})
JOURNAL = {
    "claim.start": "Demande commencée",
    "claim.choose_lines": "Salariés choisis",
    "claim.hand_over": "Transmise au signataire",
    "claim.take_back": "Reprise pour correction",
    "claim.file": "Déposée",
    "claim.withdraw": "Retirée",
    "claim.take": "Prise en charge",
    "claim.review": "Calculée",
    "claim.propose": "Proposition",
    "claim.send_back": "Renvoyée à l'instructeur",
    "claim.approve": "Accordée",
    "claim.approve_in_part": "Accordée en partie",
    "claim.refuse": "Refusée",
    "ledger.reserve": "Montant engagé",
    "ledger.order": "Montant ordonnancé",
    "ledger.return": "Montant rendu à l'engagement",
    "run.prepare": "Lot préparé",
    "run.order": "Signé par l'ordonnateur",
    "run.sign": "Signé par le payeur",
    "run.cancel": "Lot annulé",
    "run.export": "Fichier exporté",
    "run.download": "Fichier téléchargé de nouveau",
    "run.bank_return": "Retour bancaire chargé",
    "run.settle": "Lot soldé",
    "payment.send": "Paiement envoyé à la banque",
    "payment.cancel": "Paiement annulé",
    "payment.pay": "Paiement payé",
    "payment.return": "Paiement rejeté par la banque",
    "rules.see": "Version vue pour la première fois",
    "rules.propose": "Publication proposée",
    "rules.release": "Version publiée",
    "window.open": "Période de dépôt fixée",
    "convention.open": "Convention ajoutée",
    "envelope.open": "Crédits ouverts",
    "review.ask": "Calcul en lot demandé",
    "firm.register": "Entreprise inscrite",
    "firm.join": "Personne habilitée",
    "firm.verify": "Entreprise vérifiée",
    "firm.add_establishment": "Établissement ajouté",
    "firm.add_certificate": "Attestation ajoutée",
    "bank_account.propose": "Compte bancaire proposé",
    "bank_account.confirm": "Compte bancaire confirmé",
    "import.begin": "Fichiers remis",
    "import.ask_columns": "Colonnes à associer",
    "import.check": "Contrôle demandé",
    "import.end_check": "Contrôle terminé",
    "import.refuse": "Fichier refusé",
    "import.repair": "Cellules corrigées",
    "import.skip": "Lignes ignorées",
    "import.confirm": "Enregistrement demandé",
    "import.load": "Fichiers chargés",
    "import.end_load": "Enregistrement terminé",
    "import.come_back": "Enregistrement refusé",
    "import.undo": "Import annulé",
    "import.abandon": "Import abandonné",
    "import.export_people": "Liste des salariés exportée (modèle prérempli)",
    "job.cancel": "Tâche arrêtée",
    "job.retry": "Tâche relancée",
    "confirmation.ask": "Confirmation demandée à l'organisme",
    "confirmation.answer": "Confirmation répondue par l'organisme",
    "confirmation.withdraw": "Lien de confirmation retiré",
    "training.print_form": "Formulaire imprimé",
    "training.declare_profiles": "Profils déclarés",
    "employment.declare": "Emploi complété",
    "employment.convert": "Passage à un contrat stable",
    "employment.change_contract": "Contrat changé",
    "employment.leave": "Congé déclaré",
    "employment.depart": "Départ déclaré",
    "employment.cancel_event": "Déclaration annulée",
    "employee.register": "Salarié ajouté",
    "employee.unmask": "Numéros affichés",
    "piece.add": "Document ajouté",
    "piece.replace": "Document remplacé",
    "piece.take_out": "Document téléchargé",
    "piece.scan": "Document analysé",
    "training.declare_programme": "Formation déclarée",
    "training.declare_session": "Session déclarée",
    "training.declare_provider": "Organisme déclaré",
    "training.revise_provider": "Organisme modifié",
    "training.revise_programme": "Formation modifiée",
    "training.duplicate_programme": "Formation reconduite",
    "training.revise_session": "Session modifiée",
    "training.attach_piece": "Justificatif joint",
    "training.detach_piece": "Justificatif retiré",
    "training.declare_invoice": "Facture déclarée",
    "training.withdraw_invoice": "Facture annulée",
    "training.import_attendance": "Feuille de présence importée",
    "training.record_attendance": "Présences enregistrées",
    "demonstration.accounts": "Comptes de démonstration ouverts",
    "person.create": "Compte ouvert",
    "person.grant_role": "Rôle attribué",
    "person.revoke_role": "Rôle retiré",
}


def evidence_in_words(evidence: Mapping[str, object]) -> str:
    """« mois déclarés : 12, mois payés : 4 »; what is empty is left out."""
    said = [(name, _shown(name, value)) for name, value in evidence.items()]
    return ", ".join(f"{EVIDENCE.get(name, name)} : {value}" for name, value in said if value)


def _shown(name: str, value: object) -> str:
    """A day, an amount or a count as people read it; the empty text for nothing to say."""
    if value is None or value is False:
        return ""
    if value is True:
        return "oui"
    if isinstance(value, int):
        return formats.money(value, "fr") if name in AMOUNTS else formats.number(value, "fr")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if name in DAYS:
        return formats.day(datetime.fromisoformat(str(value)), "fr")
    return str(value)
