"""Papers: data in, a tagged PDF out; the same template and the same data give the same bytes.

Data reach the template as JSON, so that a name stays text whatever it holds. Fonts are the
project's own: nothing of the machine is looked at. Templates import `/accounts/papers/sheet.typ`.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import typst

PROJECT = Path(__file__).resolve().parents[2]
FONTS = Path(__file__).with_name("fonts")


def pdf(template: Path, data: Mapping[str, object], *, at: datetime) -> bytes:
    """`template` is a file of this project; `at` is the moment printed in the document's data.

    `data` holds texts, numbers, lists and mappings; amounts and days come as the reader's text.
    """
    return bytes(
        typst.compile(
            template,
            root=PROJECT,
            font_paths=[FONTS],
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            pdf_standards="a-2b",
            timestamp=at.replace(microsecond=0),
        )
    )
