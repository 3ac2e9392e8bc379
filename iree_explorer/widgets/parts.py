"""A program that comes in several messages, as servers refuse large ones."""

from __future__ import annotations

from collections.abc import Sequence

from iree_explorer.errors import InputError


class Parts:
    """Joins the parts of one text after the other. A part 0 begins anew, whatever came before."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def add(self, part: object, count: object, buffers: object) -> str | None:
        """Takes part `part` (from 0) of `count`, its bytes in buffers; returns the text when it is the last one.

        Raises:
            InputError: a part is none, or is missing, or the whole is no UTF-8.
        """
        if not isinstance(part, int) or not isinstance(count, int) or not isinstance(buffers, Sequence):
            raise InputError("a part of a program is a number, how many there are, and bytes")
        data = b"".join(bytes(buffer) for buffer in buffers if isinstance(buffer, bytes | bytearray | memoryview))
        if part == 0:
            self._parts = []
        if part != len(self._parts):
            self._parts = []
            raise InputError(f"part {part + 1} of {count} of the program came out of order")
        self._parts.append(data)
        if part + 1 < count:
            return None
        whole, self._parts = b"".join(self._parts), []
        try:
            return whole.decode("utf-8")
        except UnicodeDecodeError as error:
            raise InputError(f"the program is no UTF-8 text: {error.reason} at byte {error.start}") from None
