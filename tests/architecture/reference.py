"""Pages of docs/reference written from the code: `python -m tests.architecture.reference`."""

import os
from collections.abc import Callable
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from accounts.workflow import Workflow  # noqa: E402
from companies.firms.states import BANK_ACCOUNT  # noqa: E402
from companies.imports.reading.fields import Field  # noqa: E402
from companies.imports.reading.targets import WORKFORCE, Target  # noqa: E402
from companies.imports.states import IMPORT  # noqa: E402
from primes.claims.states import CLAIM, RULE_SET  # noqa: E402
from primes.payouts.states import PAYMENT, RUN  # noqa: E402
from trainings.confirmations.states import CONFIRMATION  # noqa: E402
from trainings.imports.target import ATTENDANCE  # noqa: E402

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "reference"
WORKFLOWS = (CLAIM, RUN, PAYMENT, BANK_ACCOUNT, RULE_SET, IMPORT, CONFIRMATION)


def states_page() -> str:
    """The diagram and the table of each workflow."""
    parts = ["# States", "", "Written from the transition tables; a test compares.", ""]
    for workflow in WORKFLOWS:
        parts += [f"## {workflow.name}", "", *_diagram(workflow), "", *_table(workflow), ""]
    return "\n".join(parts)


def _diagram(workflow: Workflow) -> list[str]:
    arrows = [
        f"  {source} --> {step.target}: {step.name}"
        for step in workflow.transitions
        for source in workflow.states
        if source in step.sources
    ]
    return ["```mermaid", "stateDiagram-v2", f"  [*] --> {workflow.states[0]}", *arrows, "```"]


def _table(workflow: Workflow) -> list[str]:
    rows = [
        f"| {step.name} | {', '.join(sorted(step.sources))} | {step.target}"
        f" | {', '.join(sorted(step.roles))} | {'yes' if step.reason_required else ''} |"
        for step in workflow.transitions
    ]
    return ["| step | from | to | who | reason due |", "| --- | --- | --- | --- | --- |", *rows]


def import_page() -> str:
    """The columns of each kind of table that a firm hands over."""
    parts = [
        "# What an import takes",
        "",
        "Written from the fields that are read; a test compares.",
        "How to import: [a guide](../guides/import-a-workforce.md).",
        "",
        "The order of columns is free. A title is known whatever its capitals, accents and signs,",
        "without what is in brackets and without its year. A column under another title is known",
        "by what it holds, or asked about; one that nobody matches is left unread.",
        "",
    ]
    for title, target in (("Workforce", WORKFORCE), ("Attendance sheet", ATTENDANCE)):
        parts += [f"## {title}", "", _what_is_due(target), "", *_columns(target), ""]
    return "\n".join(parts)


def _what_is_due(target: Target) -> str:
    due = [f"`{field.name}`" for field in target.fields if field.required]
    one_of = " or ".join(f"`{name}`" for name in target.one_of)
    return f"Due in a table: {' and '.join([*due, one_of])}. Every other column may be absent."


def _columns(target: Target) -> list[str]:
    head = ["| column | what it says | kind | words | titles known besides |"]
    rows = [
        f"| `{field.name}` | {field.meaning} | {field.kind} | {_words(field)}"
        f" | {', '.join(sorted(field.synonyms))} |"
        for field in target.fields
    ]
    return [*head, "| --- | --- | --- | --- | --- |", *rows]


def _words(field: Field) -> str:
    """The codes that its words mean."""
    return ", ".join(f"`{code}`" for code in dict.fromkeys(field.words.values()))


PAGES: dict[str, Callable[[], str]] = {
    "states.md": states_page,
    "what-an-import-takes.md": import_page,
}


def write() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    write()
