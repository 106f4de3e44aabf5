from importlib import import_module

from django.apps import AppConfig


class CompaniesConfig(AppConfig):
    name = "companies"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Entreprises"

    def ready(self) -> None:
        """The workforce becomes a kind of import, once the models are there."""
        import_module("companies.imports.kind")
