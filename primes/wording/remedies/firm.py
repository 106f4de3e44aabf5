"""What the firm itself can bring: branch, certificates, export share."""

from collections.abc import Iterator

from primes.wording.remedies.told import Case, Told, case


def branch(told: Told) -> Iterator[Case]:
    yield case("unknown" if told.values["branch"] is None else "not_listed")


def certificate(told: Told) -> Iterator[Case]:
    end = told.year_end
    if None in (told.values["certificate_from"], told.values["certificate_until"]):
        yield case("unknown", year_end=end)
    else:
        until = told.day("certificate_until")
        yield case("lapsed" if until and until < end else "not_begun", year_end=end)


def standing(told: Told) -> Iterator[Case]:
    filed_on = told.day("filed_on")
    if filed_on is None:
        yield case("not_filed")
        return
    for kind in ("cnss", "tax"):
        if told.values[f"{kind}_certificate_until"] is None:
            yield case(f"{kind}_missing")
        elif (until := told.day(f"{kind}_certificate_until")) and until < filed_on:
            yield case(f"{kind}_lapsed")


def export_share(told: Told) -> Iterator[Case]:
    yield case("unknown" if told.values["export_share_bp"] is None else "too_low")
