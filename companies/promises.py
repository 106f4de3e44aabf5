"""What must stay true of what was received."""

from collections.abc import Iterator

from accounts.promises import Breach, Promise
from accounts.sealing import UnsealError, fingerprint, unseal
from companies.documents.models import ReceivedFile
from companies.firms.models import BankAccount


def _received_files() -> Iterator[Breach]:
    for file in ReceivedFile.objects.order_by("pk").iterator(chunk_size=20):
        found = file.content_hash()
        if found != file.sha256:
            yield Breach(
                "received_file_unchanged",
                f"received file {file.pk} {file.name}",
                found,
                file.sha256,
            )


def _bank_accounts() -> Iterator[Breach]:
    """The sealed number, its fingerprint and the digits people are shown are those of one RIB."""
    for account in BankAccount.objects.select_related("firm").order_by("pk"):
        try:
            rib = unseal("rib", account.rib_sealed)
        except UnsealError:
            rib = ""
        told = (bytes(account.rib_fingerprint), account.rib_last_digits, account.bank_code)
        if (fingerprint("rib", rib), rib[-4:], rib[:3]) != told:
            yield Breach(
                "bank_account_is_one_rib",
                f"bank account {account.pk} of {account.firm.public_id}",
                "another number",
                f"… {account.rib_last_digits}",
            )


PROMISES = (
    Promise("received_file_unchanged", _received_files),
    Promise("bank_account_is_one_rib", _bank_accounts),
)
