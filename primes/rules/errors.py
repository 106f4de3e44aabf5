"""What the law refuses to answer: each error has a stable code and says what was asked of whom."""

# ruff: noqa: N818 - named after what is refused; these are answers, and their codes are public

from datetime import date


class RulesError(Exception):
    """An error of this package; `code` is the key of its words in the catalogues."""

    code: str


class FactsRefused(RulesError, ValueError):
    """A column that cannot be what it says it is."""

    code = "facts_refused"

    def __init__(self, column: str, found: object, expected: object) -> None:
        super().__init__(f"{column}: found {found}, expected {expected}")
        self.column = column
        self.found = found
        self.expected = expected


class UnknownScheme(RulesError, LookupError):
    code = "unknown_scheme"

    def __init__(self, scheme: str, known: tuple[str, ...]) -> None:
        super().__init__(f"no scheme « {scheme} »; there is {', '.join(known)}")
        self.found = scheme
        self.expected = known


class YearOutsideScheme(RulesError, ValueError):
    code = "year_outside_scheme"

    def __init__(self, scheme: str, year: int, first: int, last: int) -> None:
        super().__init__(f"{scheme} answers for claim years {first} to {last}, not {year}")
        self.scheme = scheme
        self.found = year
        self.expected = (first, last)
        self.first, self.last = first, last


class ParameterNotFound(RulesError, LookupError):
    code = "parameter_not_found"

    def __init__(self, name: str, day: date | None, asked_by: str) -> None:
        super().__init__(f"no parameter « {name} » on {day or 'any day'}, asked by {asked_by}")
        self.found = name
        self.day = day
        self.asked_by = asked_by


class ParameterRefused(RulesError, ValueError):
    """A parameter sheet that does not keep to the form: named by file and place."""

    code = "parameter_refused"

    def __init__(self, place: str, found: object, expected: object) -> None:
        super().__init__(f"{place}: found {found!r}, expected {expected}")
        self.place = place
        self.found = found
        self.expected = expected


class DraftRefused(RulesError, ValueError):
    """A draft value that no sheet of the scheme could hold; `place` is the draft as written."""

    code = "draft_refused"

    def __init__(self, place: str, found: object, expected: object) -> None:
        super().__init__(f"{place}: found {found!r}, expected {expected}")
        self.place = place
        self.found = found
        self.expected = expected


class ReplayFailed(RulesError, RuntimeError):
    """The kept rules did not answer; `output` is the end of what they said."""

    code = "replay_failed"

    def __init__(self, status: int | None, output: str) -> None:
        super().__init__(f"kept rules ended with {status}: {output}")
        self.found = status
        self.output = output
