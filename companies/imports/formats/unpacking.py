"""Files out of the archive they came in: a firm may hand over a folder in one go."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import ZipFile, ZipInfo

from companies.imports.errors import FileRefused, Place
from companies.imports.formats.recognise import HEAD_SIZE, recognise
from companies.imports.formats.workbook import ZIP_MAGIC
from companies.imports.formats.workbook_scan import UNREADABLE, Limits

FILE_SIZE_MAX = 50 << 20
UNPACKED_SIZE_MAX = 100 << 20
FILES_MAX = 60
"""More than the declarations of four years."""
ENCRYPTED = 0x1
# What systems put beside the files without being asked.
_OF_SYSTEMS = frozenset({"__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True)
class Unpacked:
    """`archive` is the name of the archive, empty for a file that came by itself."""

    name: str
    archive: str
    content: bytes


def unpacked(name: str, content: bytes, limits: Limits) -> list[Unpacked]:
    """The file itself, or the files of a plain archive; raises `FileRefused`.

    Nothing is ever written under a name that an archive gives; one that leaves its folder is
    refused all the same, because no honest program writes it.
    """
    if len(content) > FILE_SIZE_MAX:
        raise FileRefused("file_too_large", Place(name), str(len(content)), str(FILE_SIZE_MAX))
    if not content.startswith(ZIP_MAGIC) or recognise(content[:HEAD_SIZE], name) != "zip":
        return [Unpacked(name, "", content)]
    try:
        with ZipFile(BytesIO(content)) as archive:
            return list(_members(archive, name, min(limits.unfolded, UNPACKED_SIZE_MAX)))
    except UNREADABLE as broken:
        raise FileRefused("zip_broken", Place(name), str(broken)) from broken


def _members(archive: ZipFile, name: str, size_max: int) -> Iterator[Unpacked]:
    members = [each for each in archive.infolist() if _is_of_a_person(each)]
    if not members:
        raise FileRefused("zip_empty", Place(name))
    if len(members) > FILES_MAX:
        raise FileRefused("zip_files", Place(name), str(len(members)), str(FILES_MAX))
    _check_apart(members, name)
    left = size_max
    for member in members:
        _check_member(member, name)
        # One byte more than is left says that there is too much, whatever the archive claims.
        with archive.open(member) as opened:
            content = opened.read(min(left, FILE_SIZE_MAX) + 1)
        left -= len(content)
        if len(content) > FILE_SIZE_MAX or left < 0:
            raise FileRefused("zip_too_large", Place(name), member.filename, str(size_max))
        if content.startswith(ZIP_MAGIC) and recognise(content[:HEAD_SIZE], name) == "zip":
            raise FileRefused("zip_nested", Place(name), member.filename)
        shown = filter(str.isprintable, PurePosixPath(member.filename).name)
        yield Unpacked("".join(shown), name, content)


def _is_of_a_person(member: ZipInfo) -> bool:
    return not member.is_dir() and not _OF_SYSTEMS & set(PurePosixPath(member.filename).parts)


def _check_apart(members: Sequence[ZipInfo], name: str) -> None:
    """The same bytes said to be several files are a bomb, or an archive that nobody packed."""
    ended = 0
    for member in sorted(members, key=lambda each: each.header_offset):
        if member.header_offset < ended:
            raise FileRefused("zip_broken", Place(name), member.filename)
        ended = member.header_offset + member.compress_size


def _check_member(member: ZipInfo, name: str) -> None:
    path = PurePosixPath(member.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
        raise FileRefused("zip_path", Place(name), member.filename)
    if member.flag_bits & ENCRYPTED:
        raise FileRefused("zip_encrypted", Place(name), member.filename)
