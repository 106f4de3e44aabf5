"""Payout file: our writer against sepaxml, in one run, with and without the same schema check.

`python -m bench.payout [--counts 1000 10000 100000]` prints a table, then one line of JSON. Each
figure is the best of three; memory is the peak of Python's own allocations in a run apart.
"""

import argparse
import json
import time
import tracemalloc
from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO

from sepaxml import SepaTransfer

from primes.payouts.formats.pain001 import PaymentOrder, Transfer, write_pain001
from primes.payouts.formats.schemas import reread_pain001, validate_pain001

RIB = "001810007800020110620318"
IBAN = "MA64" + RIB
EXECUTION_ON = date(2026, 11, 24)
MIB = 1024 * 1024


def order(count: int) -> PaymentOrder:
    """Made line by line, as from a database cursor: making them is part of the time."""
    transfers = (
        Transfer(f"PAY-{number:09d}", 100_000 + number, "ATLAS & FILS SARL", RIB, "Prime 2026")
        for number in range(count)
    )
    total = sum(100_000 + number for number in range(count))
    created_at = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
    return PaymentOrder(
        "LOT-1", created_at, EXECUTION_ON, "AGENCE DE LA PRIME", RIB, transfers, count, total
    )


def ours(count: int) -> bytes:
    out = BytesIO()
    write_pain001(order(count), out)
    return out.getvalue()


def sepaxml(count: int) -> bytes:
    config = {"name": "AGENCE DE LA PRIME", "IBAN": IBAN, "currency": "MAD", "batch": True}
    transfer = SepaTransfer(config, clean=False)
    for number in range(count):
        transfer.add_payment(
            {
                "name": "ATLAS & FILS SARL",
                "IBAN": IBAN,
                "amount": 100_000 + number,
                "execution_date": EXECUTION_ON,
                "description": "Prime 2026",
                "endtoend_id": f"PAY-{number:09d}",
            }
        )
    return transfer.export(validate=False)


def seconds(act: Callable[[], object], times: int = 3) -> float:
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        act()
        best = min(best, time.perf_counter() - start)
    return best


def peak_mib(act: Callable[[], bytes]) -> float:
    """Above the bytes of the file itself, which both keep here."""
    tracemalloc.start()
    size = len(act())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return max(peak - size, 0) / MIB


def measured(count: int) -> dict[str, float]:
    our_file, their_file = ours(count), sepaxml(count)
    our, their = seconds(lambda: ours(count)), seconds(lambda: sepaxml(count))
    our_check = seconds(lambda: validate_pain001(BytesIO(our_file)))
    their_check = seconds(lambda: validate_pain001(BytesIO(their_file)))
    reread = seconds(lambda: reread_pain001(BytesIO(our_file)))
    return {
        "transfers": count,
        "ours_us": our / count * 1e6,
        "sepaxml_us": their / count * 1e6,
        "ratio": their / our,
        "schema_us": our_check / count * 1e6,
        "ratio_with_schema": (their + their_check) / (our + our_check),
        "reread_us": reread / count * 1e6,
        "ours_peak_mib": peak_mib(lambda: ours(count)),
        "sepaxml_peak_mib": peak_mib(lambda: sepaxml(count)),
    }


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--counts", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    rows = [measured(count) for count in parser.parse_args(arguments).counts]
    print("  ".join(f"{name:>17}" for name in rows[0]))
    for row in rows:
        print("  ".join(f"{value:>17.2f}" for value in row.values()))
    print(json.dumps({"bench": "payout", "rows": rows}))


if __name__ == "__main__":
    main()
