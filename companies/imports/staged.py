"""Rows of an import between the file and the register: typed, checked, not yet believed.

They are written by COPY and looked at by statements over all of them at once; nothing here is a
record of anything, and all of it goes when the import ends.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from companies.imports.models import Import, ImportFile


class StagedRow(models.Model):
    """One row of one file. Columns that its format does not have stay NULL.

    `cells`, sealed, are what stands in a spreadsheet's row, kept where there is something to show
    or to write anew. `person_id` and `employee_id` are those that the numbers name, once looked up.
    `effect` is what its load would do, and `changes` the old and the new value of what it would
    replace: `{"taxable_income": [old, new]}`.
    """

    class State(models.TextChoices):
        GOOD = "good", "bonne"
        BAD = "bad", "à corriger"
        SKIPPED = "skipped", "ignorée"
        LEFT_OUT = "left_out", "laissée de côté"

    class Effect(models.TextChoices):
        CREATED = "created", "créé"
        UPDATED = "updated", "mis à jour"
        UNCHANGED = "unchanged", "inchangé"

    file = models.ForeignKey(ImportFile, models.RESTRICT, related_name="+", db_index=False)
    line = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=State, default=State.GOOD)
    effect = models.CharField(max_length=9, choices=Effect, default="")
    changes = models.JSONField(null=True)
    cells = models.BinaryField(null=True)

    # Who.
    cin_fingerprint = models.BinaryField(null=True)
    cnss_fingerprint = models.BinaryField(null=True)
    cin_sealed = models.BinaryField(null=True)
    cnss_sealed = models.BinaryField(null=True)
    cin_last = models.CharField(max_length=3, default="")
    cnss_last = models.CharField(max_length=3, default="")
    last_name = models.CharField(max_length=60, default="")
    first_name = models.CharField(max_length=60, default="")
    nationality = models.CharField(max_length=2, default="")
    person_id = models.BigIntegerField(null=True)
    employee_id = models.BigIntegerField(null=True)

    # One month of a declaration; amounts are centimes.
    month = models.DateField(null=True)
    supplement = models.PositiveSmallIntegerField(null=True)
    real_salary = models.BigIntegerField(null=True)
    capped_salary = models.BigIntegerField(null=True)
    days = models.PositiveSmallIntegerField(null=True)
    situation = models.CharField(max_length=2, null=True)  # noqa: DJ001 - NULL: not of this format
    entrant = models.BooleanField(null=True)

    # One year, of an état 9421 or of a people file.
    year = models.PositiveSmallIntegerField(null=True)
    taxable_income = models.BigIntegerField(null=True)
    months = ArrayField(models.BigIntegerField(null=True), null=True)
    funded_by = models.CharField(max_length=120, null=True)  # noqa: DJ001 - idem
    hired_on = models.DateField(null=True)
    left_on = models.DateField(null=True)

    # What a people file alone says of the employment.
    contract = models.CharField(max_length=8, null=True)  # noqa: DJ001 - idem
    stable_from = models.DateField(null=True)
    earlier_declared = models.BooleanField(null=True)
    last_same_employer_on = models.DateField(null=True)

    # Attendance.
    minutes = models.PositiveIntegerField(null=True)

    class Meta:
        verbose_name = "ligne en attente"
        verbose_name_plural = "lignes en attente"
        constraints = [
            models.UniqueConstraint(fields=["file", "line"], name="staged_row_once"),
        ]

    def __str__(self) -> str:
        return f"{self.file} l. {self.line}"


class StagedProblem(models.Model):
    """What is wrong with a cell, a row or (`line` NULL) a file; `blocks` unless it only warns.

    `found`, sealed, may be the number of a person. `expected` as in `errors.Problem`.
    """

    file = models.ForeignKey(ImportFile, models.RESTRICT, related_name="problems")
    line = models.PositiveIntegerField(null=True)
    field = models.CharField(max_length=60, blank=True)
    code = models.CharField(max_length=60)
    found = models.BinaryField(default=bytes)
    expected = models.CharField(max_length=200, blank=True)
    blocks = models.BooleanField(default=True)

    class Meta:
        verbose_name = "anomalie"
        verbose_name_plural = "anomalies"
        indexes = [models.Index(fields=["file", "code", "field"], name="problem_by_repair")]

    def __str__(self) -> str:
        return f"{self.code} {self.file} l. {self.line}"


class LoadChange(models.Model):
    """What one statement of a load did to a table, kept by the database for a day: see `undoing`.

    `created` are the keys of the rows it added; `before` are the rows it changed (`update`) or took
    away (`delete`), as they were.
    """

    class Kind(models.TextChoices):
        INSERT = "insert", "ajout"
        UPDATE = "update", "changement"
        DELETE = "delete", "retrait"

    of = models.ForeignKey(Import, models.RESTRICT, related_name="changes")
    table = models.CharField(max_length=63)
    kind = models.CharField(max_length=6, choices=Kind)
    created = ArrayField(models.BigIntegerField(), null=True)
    before = models.JSONField(null=True)

    class Meta:
        verbose_name = "changement d'un import"
        verbose_name_plural = "changements d'un import"

    def __str__(self) -> str:
        return f"{self.of} {self.kind} {self.table}"
