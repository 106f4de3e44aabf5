"""Attendance sheets as one more kind of import: importing this module makes it known."""

from companies.imports.kinds import ImportKind, register_kind
from companies.imports.models import Import
from trainings.imports.checking import more_checks
from trainings.imports.loading import load_attendance
from trainings.imports.target import ATTENDANCE

register_kind(Import.Target.ATTENDANCE, ImportKind(ATTENDANCE, load_attendance, more_checks))
