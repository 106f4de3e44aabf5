from django.apps import AppConfig

from primes import checks


class PrimesConfig(AppConfig):
    name = "primes"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Primes à la formation"
    checks = (checks.application_cannot_rewrite,)
