"""XML from outside: guarded by expat, then read by lxml with every door shut.

The guard is a parser of its own because lxml cannot be trusted with a DOCTYPE and a schema at once:
entities then pass unseen or crash it, and a truncated file is taken for whole.
"""

from collections.abc import Collection, Iterator
from typing import BinaryIO
from xml.parsers import expat

from lxml import etree

from primes.payouts.formats.errors import PayoutCode, PayoutError

# A return of 100,000 lines is about 50 million bytes.
BYTES_MAX = 100_000_000

_CHUNK = 65_536


def feed(parser: expat.XMLParserType, stream: BinaryIO, name: str) -> Iterator[None]:
    """Feeds the parser chunk by chunk, giving way after each one.

    Refused: a DOCTYPE, hence every entity but the five of XML; a file too large; one malformed.
    """

    def refuse_doctype(doctype: str, *_: object) -> None:
        raise PayoutError(PayoutCode.DOCTYPE_REFUSED, name, doctype, None)

    parser.StartDoctypeDeclHandler = refuse_doctype
    taken = 0
    try:
        while chunk := stream.read(_CHUNK):
            taken += len(chunk)
            if taken > BYTES_MAX:
                raise PayoutError(PayoutCode.FILE_TOO_LARGE, name, taken, f"≤ {BYTES_MAX}")
            parser.Parse(chunk, False)  # noqa: FBT003 - the C function takes no keyword
            yield
        parser.Parse(b"", True)  # noqa: FBT003 - the C function takes no keyword
    except expat.ExpatError as error:
        place = f"{name}:{error.lineno}"
        raise PayoutError(PayoutCode.XML_MALFORMED, place, str(error), "XML 1.0") from error
    yield


def elements(
    stream: BinaryIO,
    name: str,
    *,
    namespaces: Collection[str],
    tags: Collection[str],
    schema: etree.XMLSchema | None = None,
) -> Iterator[etree._Element]:
    """Each finished element whose local name is in `tags`; its content is dropped afterwards.

    `stream` is read twice, so it must be able to seek. Refused: what `feed` refuses, a root that
    is no `Document` of one of `namespaces`, and with a `schema` what it does not accept.
    """
    start = stream.tell()
    for _ in feed(expat.ParserCreate(), stream, name):
        pass
    stream.seek(start)
    root = None
    try:
        for event, element in _parsing(stream, tags, schema):
            if root is None:
                root = element
                _check_root(root, name, namespaces)
            elif event == "end" and element is not root:
                yield element
                _forget(element)
    except etree.XMLSyntaxError as error:
        refused = PayoutCode.SCHEMA_REFUSED if schema else PayoutCode.XML_MALFORMED
        raise PayoutError(refused, name, error.msg, sorted(namespaces)) from error
    if root is None:
        raise PayoutError(PayoutCode.MESSAGE_UNKNOWN, name, None, sorted(namespaces))


def _parsing(
    stream: BinaryIO, tags: Collection[str], schema: etree.XMLSchema | None
) -> Iterator[tuple[str, etree._Element]]:
    """With a schema, lxml forgets to report errors once told to leave entities alone."""
    return iter(
        etree.iterparse(
            stream,
            events=("start", "end"),
            tag=[f"{{*}}{tag}" for tag in ("Document", *tags)],
            resolve_entities=schema is not None,
            load_dtd=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
            schema=schema,
        )
    )


def _check_root(root: etree._Element, name: str, namespaces: Collection[str]) -> None:
    if root.getroottree().docinfo.internalDTD is not None:
        raise PayoutError(PayoutCode.DOCTYPE_REFUSED, name, "DOCTYPE", None)
    if root.getparent() is not None or etree.QName(root).namespace not in namespaces:
        raise PayoutError(PayoutCode.MESSAGE_UNKNOWN, name, root.tag, sorted(namespaces))


def _forget(element: etree._Element) -> None:
    """Empties the element and drops its twin before it: the parser still holds this one."""
    element.clear()
    parent, previous = element.getparent(), element.getprevious()
    if parent is not None and previous is not None and previous.tag == element.tag:
        parent.remove(previous)


def path(element: etree._Element) -> str:
    """Local names below the root, as `CstmrPmtStsRpt/GrpHdr`; a foreign namespace stays visible."""
    namespace = f"{{{etree.QName(element.getroottree().getroot()).namespace}}}"
    tags = [element.tag, *(parent.tag for parent in element.iterancestors())]
    return "/".join(str(tag).removeprefix(namespace) for tag in tags[-2::-1])
