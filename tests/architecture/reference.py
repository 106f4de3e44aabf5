"""Pages of docs/reference written from the code: `python -m tests.architecture.reference`."""

import os
from collections.abc import Callable
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from accounts.workflow import Workflow  # noqa: E402
from companies.firms.states import BANK_ACCOUNT  # noqa: E402
from companies.imports.states import IMPORT  # noqa: E402
from primes.claims.states import CLAIM, RULE_SET  # noqa: E402
from primes.payouts.states import PAYMENT, RUN  # noqa: E402
from trainings.confirmations.states import CONFIRMATION  # noqa: E402

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


PAGES: dict[str, Callable[[], str]] = {"states.md": states_page}


def write() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    write()
