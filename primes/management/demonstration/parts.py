"""The parts firms play: where their claim stands at the end, and what is peculiar to them."""

from dataclasses import dataclass
from enum import Enum, IntEnum

from primes.payouts.simulated_bank import RETURNED_ACCOUNTS


class Stage(IntEnum):
    """How far the claim of a firm goes, each stage after all those before."""

    READY = 0  # Files loaded, some people to complete, no claim yet.
    FILED = 1
    REVIEWED = 2
    PROPOSED = 3
    DECIDED = 4
    IN_RUN = 5  # In a run that waits for its first signature.
    ANSWERED = 6  # Paid or returned by the bank.


class Mixture(Enum):
    """Which particular cases stand among the recruits."""

    NONE = "everybody favourable"
    SOME = "some, at their usual rate"
    ALL = "each of them"


class Bank(Enum):
    """The account of the firm, and how its number ends when the simulated bank refuses it."""

    NONE = "no account"
    GOOD = ""
    CLOSED = next(end for end, code in RETURNED_ACCOUNTS.items() if code == "AC04")


@dataclass(frozen=True, slots=True)
class Part:
    """`claims_everybody`: the firm also claims for recruits the law leaves out, so that the
    decision is in part or a refusal. `lapsed`: its certificate ended in the course of the year.
    `to_complete`: how many recruits still lack the answers that the files cannot give.
    `shared`: one of its recruits is also employed by the other firms with this mark.
    """

    stage: Stage
    branch: str
    site: str
    mixture: Mixture = Mixture.SOME
    claims_everybody: bool = False
    lapsed: bool = False
    to_complete: int = 0
    shared: bool = False
    bank: Bank = Bank.GOOD


OUTSIDE = "hors P2I"
CITIES = {
    "Casanearshore": "Casablanca",
    "Technopolis": "Salé",
    "Fès Shore": "Fès",
    "Oujda Shore": "Oujda",
    "Tétouan Shore": "Tétouan",
    OUTSIDE: "Marrakech",
}

# Five CRM, three ITO, two BPO, one ESO, one KPO: about the shares of the sector's jobs.
PARTS = (
    Part(Stage.READY, "ITO", "Casanearshore", Mixture.ALL, to_complete=4, shared=True),
    Part(Stage.FILED, "CRM", "Casanearshore", Mixture.NONE),
    Part(Stage.FILED, "CRM", "Technopolis", claims_everybody=True),
    Part(Stage.REVIEWED, "BPO", "Fès Shore", claims_everybody=True),
    Part(Stage.REVIEWED, "CRM", OUTSIDE, bank=Bank.NONE),
    Part(Stage.PROPOSED, "ITO", "Technopolis"),
    Part(Stage.IN_RUN, "CRM", "Tétouan Shore"),
    Part(Stage.IN_RUN, "ESO", "Casanearshore", Mixture.ALL, claims_everybody=True, shared=True),
    Part(Stage.ANSWERED, "ITO", "Casanearshore", shared=True),
    Part(Stage.ANSWERED, "BPO", "Technopolis", Mixture.ALL, claims_everybody=True),
    Part(Stage.ANSWERED, "KPO", "Oujda Shore", bank=Bank.CLOSED),
    Part(Stage.DECIDED, "CRM", "Casanearshore", claims_everybody=True, lapsed=True),
)
