"""When each thing of the story happened, counted back from the day of the demonstration."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum

from accounts.formats import CASABLANCA

LONG_AGO = 90
"""Days; the story of the claims fits in these, or in what the new year has had so far."""


class Moment(Enum):
    """Days before the demonstration, and the hour at Casablanca; later ones have later hours too,
    so that the order stays the same when all fall on one day.
    """

    ACCOUNTS = (150, time(8, 0))
    AGENCY = (149, time(8, 5))
    FIRMS = (140, time(8, 10))
    ACCOUNT_CONFIRMED = (138, time(8, 15))
    FILES = (85, time(8, 20))
    TRAININGS = (82, time(8, 25))
    FIRST_FILED = (60, time(8, 30))
    FIRST_TAKEN = (58, time(8, 35))
    FIRST_REVIEWED = (57, time(8, 40))
    SECOND_FILED = (45, time(8, 45))
    FIRST_PROPOSED = (40, time(8, 50))
    FIRST_DECIDED = (30, time(8, 55))
    SECOND_TAKEN = (28, time(9, 0))
    SECOND_REVIEWED = (27, time(9, 5))
    SECOND_PROPOSED = (20, time(9, 10))
    FIRST_RUN_PREPARED = (15, time(9, 15))
    FIRST_RUN_ORDERED = (14, time(9, 20))
    FIRST_RUN_SIGNED = (13, time(9, 25))
    FIRST_RUN_EXPORTED = (13, time(9, 30))
    SECOND_DECIDED = (12, time(9, 35))
    SECOND_RUN_PREPARED = (10, time(9, 40))
    BANK_ANSWERED = (9, time(9, 45))
    THIRD_FILED = (8, time(9, 50))
    THIRD_TAKEN = (6, time(9, 55))
    THIRD_REVIEWED = (5, time(10, 0))
    THIRD_PROPOSED = (3, time(10, 5))
    LAST_FILED = (2, time(10, 10))


@dataclass(frozen=True, slots=True)
class Calendar:
    """The story of one claim year, told on a day of a later year."""

    on: date
    year: int

    def __post_init__(self) -> None:
        if self.on.year <= self.year:
            raise ValueError(f"the year {self.year} is not over on {self.on}")

    def at(self, moment: Moment) -> datetime:
        """What is filed and decided falls after the claim year; what comes before it does not
        matter.
        """
        days, hour = moment.value
        if days < LONG_AGO:
            since_new_year = (self.on - date(self.year + 1, 1, 1)).days
            days = min(LONG_AGO, since_new_year) * days // LONG_AGO
        return datetime.combine(self.on - timedelta(days), hour, CASABLANCA)

    def day(self, moment: Moment) -> date:
        return self.at(moment).date()

    @property
    def budget_years(self) -> list[int]:
        """Years of the decisions taken, and of those that may be taken today."""
        decided = (Moment.FIRST_DECIDED, Moment.SECOND_DECIDED)
        return sorted({self.on.year, *(self.day(moment).year for moment in decided)})
