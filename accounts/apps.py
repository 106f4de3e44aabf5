from django.apps import AppConfig

from accounts import checks


class AccountsConfig(AppConfig):
    name = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Comptes et journal"
    checks = (checks.no_demonstration_account_in_production,)
