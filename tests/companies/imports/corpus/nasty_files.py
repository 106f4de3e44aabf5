"""The corpus of nasty files: each is made here, none is kept; `outcomes.yaml` says what becomes of
each.

`python -m tests.companies.imports.corpus.nasty_files FOLDER` writes them all.
"""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.companies.imports.corpus.nasty_archives import ARCHIVES
from tests.companies.imports.corpus.nasty_declarations import DECLARATIONS
from tests.companies.imports.corpus.nasty_texts import TEXTS
from tests.companies.imports.corpus.nasty_workbooks import WORKBOOKS

NASTY_FILES: Mapping[str, Callable[[], bytes]] = {
    **TEXTS,
    **DECLARATIONS,
    **WORKBOOKS,
    **ARCHIVES,
}
"""What makes the bytes, by name of the file."""


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in NASTY_FILES.items():
        (folder / name).write_bytes(make())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
