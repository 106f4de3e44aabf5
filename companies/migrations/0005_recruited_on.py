"""Dates of recruitment of the états 9421 that are stored already, by the line of each person."""

from datetime import date
from io import BytesIO

from django.db import migrations
from lxml import etree

LINES_KNOWN_MAX = 65_534


def fill(apps, schema_editor):
    PayYear = apps.get_model("companies", "PayYear")
    in_force = PayYear.objects.filter(source__kind="etat9421", taxable_income__isnull=False)
    ReceivedFile = apps.get_model("companies", "ReceivedFile")
    for source in in_force.order_by().values_list("source", flat=True).distinct():
        content = bytes(ReceivedFile.objects.values_list("content", flat=True).get(pk=source))
        days = recruitment_days(content)
        rows = [row for row in in_force.filter(source=source) if row.line in days]
        for row in rows:
            row.recruited_on = days[row.line]
        PayYear.objects.bulk_update(rows, ["recruited_on"], batch_size=2_000)


def recruitment_days(content: bytes) -> dict[int, date]:
    """By line of the opening tag of each person; the file was checked when it was loaded."""
    days = {}
    people = etree.iterparse(
        BytesIO(content), tag="{*}PersonnelPermanent", resolve_entities=False, no_network=True, load_dtd=False
    )
    for _, person in people:
        told = (person.findtext("{*}dateRecrutement") or "").strip()
        if told:
            days[first_line(person)] = day_of(told)
        person.clear()
        while person.getprevious() is not None:
            del person.getparent()[0]
    return days


def day_of(told: str) -> date:
    """Both forms that a load takes: ISO, or dd/mm/yyyy."""
    if "/" in told:
        day, month, year = told.split("/")
        return date(int(year), int(month), int(day))
    return date.fromisoformat(told)


def first_line(person) -> int:
    """The parser keeps lines in sixteen bits; past that, the line of a text less the lines before it."""
    line = person.sourceline or 1
    if line <= LINES_KNOWN_MAX:
        return line
    passed = breaks(person.text)
    for child in person:
        if child.text and child.text.strip() and len(child) == 0:
            return (child.sourceline or line) - passed
        passed += sum(map(breaks, child.itertext())) + breaks(child.tail)
    return line


def breaks(text) -> int:
    return text.count("\n") if text else 0


class Migration(migrations.Migration):
    dependencies = [("companies", "0004_import_guards")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
