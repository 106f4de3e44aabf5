"""What must stay true of what was received."""

from collections.abc import Iterator

from accounts.promises import Breach, Promise
from companies.documents.models import ReceivedFile


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


PROMISES = (Promise("received_file_unchanged", _received_files),)
