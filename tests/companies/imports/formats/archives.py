"""Archives for tests: whatever names and contents, in their order."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile


def archive(*members: tuple[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as written:
        for name, content in members:
            written.writestr(name, content)
    return out.getvalue()
