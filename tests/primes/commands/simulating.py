"""Run `simulate` on files written to a folder, and read back what it leaves."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.core.management import call_command


@dataclass(frozen=True)
class Ran:
    """`rows` are those of the result file; `left` the names in the folder afterwards."""

    status: int
    said: str
    refused: str
    rows: list[dict[str, str]]
    left: set[str]


def simulate(
    folder: Path,
    files: Sequence[tuple[str, bytes | None]],
    *options: str,
    year: int = 2026,
    scheme: str = "paf-2025",
) -> Ran:
    """A file without content is named and is not there."""
    for name, content in files:
        if content is not None:
            (folder / name).write_bytes(content)
    out, stdout, stderr = folder / "result.csv", io.StringIO(), io.StringIO()
    names = [str(folder / name) for name, _ in files]
    common = ("--scheme", scheme, "--year", str(year), "--out", str(out))
    status = 0
    try:
        call_command("simulate", *names, *common, *options, stdout=stdout, stderr=stderr)
    except SystemExit as ended:
        status = int(ended.code or 0)
    text = out.read_text(encoding="utf-8") if out.exists() else ""
    return Ran(
        status,
        stdout.getvalue(),
        stderr.getvalue(),
        list(csv.DictReader(io.StringIO(text))),
        {path.name for path in folder.iterdir()} - {name for name, _ in files},
    )
