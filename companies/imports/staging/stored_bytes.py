"""A file kept in the database, read a slice at a time: memory does not grow with the file."""

import io

import psycopg
from django.db import connection

SLICE_BYTES = 1 << 20


class StoredBytes(io.RawIOBase):
    """The content of one `ImportFile`, from its beginning.

    Nothing is locked between two slices: a file never changes while its import lives.
    """

    def __init__(self, file_id: int, size: int) -> None:
        super().__init__()
        self._file_id = file_id
        self._size = size
        self._position = 0
        self._slice = b""
        self._slice_begins = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        begin = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        self._position = max(begin + offset, 0)
        return self._position

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """As many bytes as the slice at hand has left, 0 at the end."""
        offset = self._position - self._slice_begins
        if not 0 <= offset < len(self._slice):
            self._fetch()
            offset = 0
        part = self._slice[offset : offset + len(buffer)]
        buffer[: len(part)] = part
        self._position += len(part)
        return len(part)

    def _fetch(self) -> None:
        self._slice, self._slice_begins = b"", self._position
        if self._position >= self._size:
            return
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT substring(content FROM %s FOR %s) FROM companies_importfile WHERE id = %s",
                [self._position + 1, SLICE_BYTES, self._file_id],
            )
            found = cursor.fetchone()
        self._slice = bytes(found[0]) if found else b""


def store_bytes(file_id: int, content: bytes) -> None:
    """Fill the content of one `ImportFile`, in the transaction of the caller.

    The bytes travel as they are: Django would write them into the statement, as text, twice as long
    and in several copies.
    """
    connection.ensure_connection()
    with psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(
            "UPDATE companies_importfile SET content = %b WHERE id = %s", [content, file_id]
        )


def open_stored(file_id: int, size: int) -> io.BufferedReader:
    """The same, as readers that ask for lines want it."""
    return io.BufferedReader(StoredBytes(file_id, size))
