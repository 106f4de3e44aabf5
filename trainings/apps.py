from importlib import import_module

from django.apps import AppConfig


class TrainingsConfig(AppConfig):
    name = "trainings"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Formations"

    def ready(self) -> None:
        """Attendance sheets become a kind of import, once the models are there."""
        import_module("trainings.imports.kind")
