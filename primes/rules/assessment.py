"""What the law says of many lines, once said."""

from collections.abc import Sequence
from dataclasses import dataclass

from primes.rules.columns import Bools, Int64s
from primes.rules.money import total


@dataclass(frozen=True, eq=False)
class Assessment:
    """What the law says of each line; every mask is read with the tuple of codes beside it.

    Bit i of `failed` and `unknown` is `conditions[i]`, bit i of `warned` is `warnings[i]`, column i
    of `amounts` is `rows[i]`. Amounts are centimes. `amounts` are computed for every line, `amount`
    is 0 where the line is not eligible. `unknown` marks the failed conditions that read a fact
    nobody gave. P and W, the days of employment and those that are paid, are counted in days; where
    W is empty `w_from` and `w_until` are NEVER. A row that stands several times has a column a
    part: « base:2026 ».
    """

    scheme: str
    year: int
    digest: str
    conditions: tuple[str, ...]
    failed: Int64s
    unknown: Int64s
    warnings: tuple[str, ...]
    warned: Int64s
    eligible: Bools
    rows: tuple[str, ...]
    amounts: Int64s
    amount: Int64s
    p_days: Int64s
    w_days: Int64s
    w_from: Int64s
    w_until: Int64s

    def __len__(self) -> int:
        return len(self.failed)

    @property
    def base(self) -> Int64s:
        """[n] centimes: the first row, its parts added up; what the other rows start from."""
        first = self.rows[0].partition(":")[0]
        parts = [code.partition(":")[0] == first for code in self.rows]
        return total(self.amounts[:, parts])

    def reasons(self, line: int) -> tuple[str, ...]:
        """The conditions that fail, in the order of the law."""
        return codes_of(int(self.failed[line]), self.conditions)

    def warnings_of(self, line: int) -> tuple[str, ...]:
        return codes_of(int(self.warned[line]), self.warnings)


def codes_of(mask: int, codes: Sequence[str]) -> tuple[str, ...]:
    """The codes of the bits set in a mask, in the order of its own tuple."""
    return tuple(code for position, code in enumerate(codes) if mask >> position & 1)
