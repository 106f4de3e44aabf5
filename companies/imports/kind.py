"""The workforce of a firm as a kind of import: importing this module makes it known."""

from companies.imports.kinds import ImportKind, register_kind
from companies.imports.loading.load import load
from companies.imports.models import Import
from companies.imports.reading.targets import WORKFORCE

register_kind(Import.Target.WORKFORCE, ImportKind(WORKFORCE, load))
