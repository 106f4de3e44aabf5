"""What a payout file must pass before anybody signs it: the official schema, and a second reading.

The schema is the one ISO 20022 publishes, read out of the pinned `sepaxml` wheel; no copy of it
stands in the tree. The second reading shares no parser with the first: expat against libxml2.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import BinaryIO, NamedTuple
from xml.parsers import expat

from lxml import etree

from primes.payouts.formats.amounts import read_centimes
from primes.payouts.formats.errors import PayoutCode, PayoutError
from primes.payouts.formats.incoming import elements, feed
from primes.payouts.formats.pain001 import NAMESPACE

_NAME = "pain.001"
_INSIDE = f"{NAMESPACE}}}"
_TRANSFER = "Document/CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf"


def validate_pain001(stream: BinaryIO) -> None:
    """Streams the file through the official schema; refuses it with the schema's own reason."""
    for _ in elements(
        stream,
        _NAME,
        namespaces=(NAMESPACE,),
        tags=("CdtTrfTxInf",),
        schema=pain001_schema(),
    ):
        pass


@cache
def pain001_schema() -> etree.XMLSchema:
    package = find_spec("sepaxml")
    if package is None or package.origin is None:
        raise PayoutError(PayoutCode.SCHEMA_MISSING, "sepaxml", None, "pain.001.001.03.xsd")
    return etree.XMLSchema(
        etree.parse(Path(package.origin).parent / "schemas" / "pain.001.001.03.xsd")
    )


class RereadTransfer(NamedTuple):
    end_to_end_id: str
    amount_centimes: int
    creditor_rib: str


@dataclass(frozen=True, slots=True)
class Reread:
    """What the file says: announced in its two headers, counted over its transfers (centimes)."""

    message_id: str
    announced_counts: tuple[int, ...]
    announced_sums: tuple[int, ...]
    transfers: tuple[RereadTransfer, ...]

    @property
    def count(self) -> int:
        return len(self.transfers)

    @property
    def sum_centimes(self) -> int:
        return sum(transfer.amount_centimes for transfer in self.transfers)

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(transfer.end_to_end_id for transfer in self.transfers)

    @property
    def agrees(self) -> bool:
        """Both headers announce what the transfers add up to, and no reference comes twice."""
        return (
            self.announced_counts == (self.count, self.count)
            and self.announced_sums == (self.sum_centimes, self.sum_centimes)
            and len(set(self.ids)) == self.count
        )


def reread_pain001(stream: BinaryIO) -> Reread:
    """The totals, references, amounts and accounts of a file, by the other parser."""
    message_id = ""
    counts: list[int] = []
    sums: list[int] = []
    transfers: list[RereadTransfer] = []
    values: dict[str, str] = {}
    for path, text in _ends(stream):
        values[path] = text
        if path == _TRANSFER:
            transfers.append(_transfer(values))
            values.clear()
        elif path.endswith("/GrpHdr/MsgId"):
            message_id = text
        elif path.endswith(("/GrpHdr/NbOfTxs", "/PmtInf/NbOfTxs")):
            counts.append(_whole(text, path))
        elif path.endswith(("/GrpHdr/CtrlSum", "/PmtInf/CtrlSum")):
            sums.append(read_centimes(text, path))
    return Reread(message_id, tuple(counts), tuple(sums), tuple(transfers))


def _transfer(values: dict[str, str]) -> RereadTransfer:
    return RereadTransfer(
        _needed(values, f"{_TRANSFER}/PmtId/EndToEndId"),
        read_centimes(values.get(f"{_TRANSFER}/Amt/InstdAmt"), f"{_TRANSFER}/Amt/InstdAmt"),
        _needed(values, f"{_TRANSFER}/CdtrAcct/Id/Othr/Id"),
    )


def _needed(values: dict[str, str], path: str) -> str:
    if not values.get(path):
        raise PayoutError(PayoutCode.VALUE_MISSING, path, None, "a value")
    return values[path]


def _whole(text: str, path: str) -> int:
    if not re.fullmatch(r"[0-9]{1,15}", text):
        raise PayoutError(PayoutCode.COUNT_DIFFERS, path, text, "a whole number")
    return int(text)


class _Ends:
    """Gathers (path of local names, text) of each element of the namespace as it ends."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = []
        self._paths: list[str] = [""]
        self._texts: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        path = f"{self._paths[-1]}/{tag.removeprefix(_INSIDE)}".removeprefix("/")
        if attributes.get("Ccy", "MAD") != "MAD":
            raise PayoutError(PayoutCode.CURRENCY_NOT_MAD, path, attributes["Ccy"], "MAD")
        self._paths.append(path)
        self._texts.clear()

    def text(self, text: str) -> None:
        self._texts.append(text)

    def end(self, _tag: str) -> None:
        self.found.append((self._paths.pop(), "".join(self._texts).strip()))
        self._texts.clear()


def _ends(stream: BinaryIO) -> Iterator[tuple[str, str]]:
    ends = _Ends()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = ends.start
    parser.CharacterDataHandler = ends.text
    parser.EndElementHandler = ends.end
    for _ in feed(parser, stream, _NAME):
        yield from ends.found
        ends.found.clear()
