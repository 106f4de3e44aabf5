"""A hand-over of files by a firm: what it is, its files, its repairs, and what each file left."""

from datetime import timedelta

from django.db import models
from django.db.models import Q

from accounts.models import User
from companies.documents.models import ReceivedFile
from companies.firms.models import Firm

DAYS_KEPT = timedelta(days=7)
"""How long an import waits for whoever began it."""
DAY_TO_UNDO = timedelta(hours=24)


class Import(models.Model):
    """From the choice of files to their load; nothing is written elsewhere before `loading`.

    `target` says what the rows are about; for an attendance list `target_id` is its session. The
    counts are of rows: `good` and `bad` after a check, the others after a load (and foreseen by the
    check).
    """

    class State(models.TextChoices):
        RECEIVED = "received", "Reçu"
        MATCHING = "matching", "Colonnes à associer"
        CHECKING = "checking", "Contrôle en cours"
        CHECKED = "checked", "Contrôlé"
        LOADING = "loading", "Enregistrement en cours"
        LOADED = "loaded", "Enregistré"
        UNDONE = "undone", "Annulé"
        REFUSED = "refused", "Refusé"
        ABANDONED = "abandoned", "Abandonné"

    class Target(models.TextChoices):
        WORKFORCE = "workforce", "Salariés"
        ATTENDANCE = "attendance", "Présences à une session"

    firm = models.ForeignKey(
        Firm, models.RESTRICT, related_name="imports", verbose_name="entreprise"
    )
    public_id = models.CharField("identifiant public", max_length=40, unique=True)
    state = models.CharField("état", max_length=10, choices=State, default=State.RECEIVED)
    target = models.CharField("objet", max_length=12, choices=Target, default=Target.WORKFORCE)
    target_id = models.BigIntegerField("objet précis", null=True, blank=True)
    begun_by = models.ForeignKey(
        User, models.RESTRICT, related_name="+", verbose_name="commencé par"
    )
    begun_at = models.DateTimeField("commencé le")
    waits_until = models.DateTimeField("gardé jusqu'au")
    loaded_at = models.DateTimeField("enregistré le", null=True, blank=True)
    loaded_by = models.ForeignKey(
        User, models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="confirmé par"
    )
    undone_at = models.DateTimeField("annulé le", null=True, blank=True)
    good = models.PositiveIntegerField("lignes bonnes", default=0)
    bad = models.PositiveIntegerField("lignes à corriger", default=0)
    skipped = models.PositiveIntegerField("lignes ignorées", default=0)
    left_out = models.PositiveIntegerField("lignes laissées de côté", default=0)
    created = models.PositiveIntegerField("créés", default=0)
    updated = models.PositiveIntegerField("mis à jour", default=0)
    unchanged = models.PositiveIntegerField("inchangés", default=0)
    refusal = models.JSONField("refus", default=list, blank=True)

    class Meta:
        verbose_name = "import"
        verbose_name_plural = "imports"
        constraints = [
            models.CheckConstraint(
                name="import_loaded_says_when_and_by_whom",
                condition=~Q(state__in=["loaded", "undone"])
                | Q(loaded_at__isnull=False, loaded_by__isnull=False),
            ),
            models.CheckConstraint(
                name="import_undone_says_when",
                condition=Q(state="undone", undone_at__isnull=False)
                | ~Q(state="undone") & Q(undone_at__isnull=True),
            ),
            models.CheckConstraint(
                name="import_refused_says_why", condition=~Q(state="refused") | ~Q(refusal=[])
            ),
        ]
        indexes = [models.Index(fields=["firm", "-begun_at"], name="import_of_firm")]

    def __str__(self) -> str:
        return self.public_id

    @property
    def journal_stream(self) -> str:
        return self.firm.journal_stream

    @property
    def journal_firm(self) -> str:
        return self.firm.public_id

    @property
    def rows(self) -> int:
        return self.good + self.bad + self.skipped + self.left_out


class ImportFile(models.Model):
    """One file as handed over. `content` is emptied when the import is left; loaded, it stands in
    the vault as `received`.

    `layout` is how a spreadsheet is read (`reading.layout.Layout` as data), empty for a
    declaration, whose columns are the format's own. `period` is the month of a declaration, else 1
    January of the year.
    """

    class Format(models.TextChoices):
        DS = "ds", "DS / DSC"
        ETAT_9421 = "etat9421", "État 9421 (XML)"
        CSV = "csv", "CSV"
        XLSX = "xlsx", "XLSX"
        ODS = "ods", "ODS"

    SPREADSHEETS = (Format.CSV, Format.XLSX, Format.ODS)

    of = models.ForeignKey(Import, models.RESTRICT, related_name="files", verbose_name="import")
    position = models.PositiveSmallIntegerField("rang")
    name = models.CharField("nom", max_length=255)
    archive = models.CharField("archive zip", max_length=255, blank=True)
    format = models.CharField("format", max_length=10, choices=Format)
    sha256 = models.CharField("empreinte SHA-256", max_length=64)
    size = models.PositiveBigIntegerField("taille (octets)")
    content = models.BinaryField("contenu")
    period = models.DateField("période", null=True, blank=True)
    supplement = models.PositiveSmallIntegerField("rang de la déclaration", default=0)
    layout = models.JSONField("lecture", default=dict, blank=True)
    rows = models.PositiveIntegerField("lignes", default=0)
    warnings = models.JSONField("avertissements", default=list, blank=True)
    received = models.ForeignKey(
        ReceivedFile, models.RESTRICT, related_name="+", null=True, verbose_name="fichier gardé"
    )

    class Meta:
        verbose_name = "fichier d'un import"
        verbose_name_plural = "fichiers d'un import"
        constraints = [
            models.UniqueConstraint(fields=["of", "position"], name="import_file_place_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_spreadsheet(self) -> bool:
        return self.format in self.SPREADSHEETS


class Repair(models.Model):
    """A cell written anew in the page, or a row set aside (`field` empty); only added.

    The file itself stays as it came: what is read is the file and then its repairs, in order.
    `new_value` is sealed, because it may be the number of a person.
    """

    file = models.ForeignKey(
        ImportFile, models.RESTRICT, related_name="repairs", verbose_name="fichier"
    )
    line = models.PositiveIntegerField("ligne")
    field = models.CharField("colonne", max_length=60, blank=True)
    new_value = models.BinaryField("nouvelle valeur, scellée", default=bytes)
    skips = models.BooleanField("ligne ignorée", default=False)
    made_by = models.ForeignKey(User, models.RESTRICT, related_name="+", verbose_name="par")
    made_at = models.DateTimeField("le")

    class Meta:
        verbose_name = "correction"
        verbose_name_plural = "corrections"
        indexes = [models.Index(fields=["file", "line", "id"], name="repair_of_line")]

    def __str__(self) -> str:
        return f"{self.file} l. {self.line}"


class KnownLayout(models.Model):
    """How a firm's table with these titles was read last; proposed the next time."""

    firm = models.ForeignKey(
        Firm, models.RESTRICT, related_name="known_layouts", verbose_name="entreprise"
    )
    target = models.CharField("objet", max_length=12, choices=Import.Target)
    titles_hash = models.CharField("empreinte des titres", max_length=64)
    layout = models.JSONField("lecture")
    kept_at = models.DateTimeField("gardée le")
    kept_by = models.ForeignKey(User, models.RESTRICT, related_name="+", verbose_name="gardée par")

    class Meta:
        verbose_name = "association de colonnes"
        verbose_name_plural = "associations de colonnes"
        constraints = [
            models.UniqueConstraint(
                fields=["firm", "target", "titles_hash"], name="known_layout_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.firm} {self.target}"


class FileLoadQuerySet(models.QuerySet["FileLoad"]):
    def standing(self) -> "FileLoadQuerySet":
        """Those that nobody took back: what an undone load said was never declared."""
        return self.filter(Q(of=None) | ~Q(of__state=Import.State.UNDONE))


class FileLoad(models.Model):
    """The report of a load; `period` is the month of a DS file or 1 January of the year of an état
    9421. Several loads of one file: the earlier ones were undone.
    """

    file = models.ForeignKey(
        ReceivedFile, models.RESTRICT, related_name="loads", verbose_name="fichier"
    )
    of = models.ForeignKey(
        Import, models.RESTRICT, related_name="loads", null=True, verbose_name="import"
    )
    period = models.DateField("période")
    supplement = models.PositiveSmallIntegerField("rang de la déclaration", default=0)
    rows = models.PositiveIntegerField("lignes lues")
    created = models.PositiveIntegerField("salariés créés")
    updated = models.PositiveIntegerField("salariés mis à jour")
    unchanged = models.PositiveIntegerField("salariés inchangés")
    left_out = models.PositiveIntegerField("lignes laissées de côté")
    warnings = models.JSONField("avertissements", default=list)
    loaded_at = models.DateTimeField("chargé le")
    loaded_by = models.ForeignKey(
        User, models.RESTRICT, related_name="+", verbose_name="chargé par"
    )

    objects = FileLoadQuerySet.as_manager()

    class Meta:
        verbose_name = "chargement"
        verbose_name_plural = "chargements"

    def __str__(self) -> str:
        return f"{self.file} ({self.period:%m/%Y})"
