"""Compile the gettext catalogues that are older than their source: `python -m config.catalogues`.

Sources (.po) are in git, compiled files (.mo) are not; no system gettext is needed.
"""

import os
from pathlib import Path

import polib

from config.env import ROOT


def compile_catalogues(root: Path) -> list[Path]:
    """Compile what is out of date below the locale folders of `root`; the files written."""
    sources = sorted(root.glob("*/locale/*/LC_MESSAGES/*.po"))
    return [_compile(source) for source in sources if _is_out_of_date(source)]


def _is_out_of_date(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime


def _compile(source: Path) -> Path:
    compiled = source.with_suffix(".mo")
    # Written aside and moved: a process that starts meanwhile reads the old file or the new one.
    draft = compiled.with_name(f"{compiled.name}.{os.getpid()}")
    polib.pofile(str(source)).save_as_mofile(str(draft))
    draft.replace(compiled)
    return compiled


if __name__ == "__main__":
    compile_catalogues(ROOT)
