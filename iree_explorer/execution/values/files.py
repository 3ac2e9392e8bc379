"""Files that inputs come from. As in `iree-run-module`, `@` opens a file and `+` goes on where the last input of it ended."""

import math
import zipfile
import zlib
from io import BufferedReader
from pathlib import Path
from tokenize import TokenError
from typing import Any, Final

import numpy as np

from iree_explorer.errors import InputError, Location
from iree_explorer.execution.values.elements import Array, Element, spell, unpack

MARKS: Final = ("@", "+", "*")
"""What a file begins with: open it; go on in it; all that is left in it."""

BROKEN: Final = (EOFError, KeyError, MemoryError, RuntimeError, TokenError, ValueError, zipfile.BadZipFile, zlib.error)
"""What numpy, and what it reads archives with, raises of a file that is none of its own, or a broken one."""


class ValueFiles:
    """The files that one list of inputs reads, kept open so that a later input can go on in one; use it in a `with`."""

    def __init__(self) -> None:
        self._open: dict[str, BufferedReader] = {}

    def __enter__(self) -> "ValueFiles":
        return self

    def __exit__(self, *_: object) -> None:
        for file in self._open.values():
            file.close()

    def arrays(self, source: str) -> list[Array]:
        """The arrays of an `.npy` file: the first, the next, or all that are left.

        Args:
            source: the mark, then the path.

        Raises:
            InputError: there is no such file, or it holds no (further) array.
        """
        mark, path = source[0], source[1:]
        if mark != "*":
            return [self._array(path, source)]
        file = self._file(path, is_new=False)
        found: list[Array] = []
        while file.peek(1):
            found.append(self._array(path, source))
        return found

    def _array(self, path: str, source: str) -> Array:
        file = self._file(path, is_new=source.startswith("@"))
        try:
            loaded: Any = np.load(file, allow_pickle=False)
        except (OSError, *BROKEN) as error:
            raise _unreadable(path, error) from None
        if not isinstance(loaded, np.ndarray):
            raise InputError(
                "cannot read the file: this is an archive of arrays, an input is one .npy", Location.start_of(path)
            )
        return loaded

    def raw(self, source: str, shape: tuple[int, ...], element: Element) -> Array:
        """The next bytes of a file as an array.

        Raises:
            InputError: there is no such file, or not enough is left in it.
        """
        path = source[1:]
        file = self._file(path, is_new=source.startswith("@"))
        wanted = element.byte_length(math.prod(shape))
        try:
            data = file.read(wanted)
        except (OSError, MemoryError, OverflowError) as error:
            raise _unreadable(path, error) from None
        if len(data) < wanted:
            raise InputError(
                f"{spell(shape, element)} takes {wanted} bytes, the file has {len(data)}"
                f"{' left' if not source.startswith('@') else ''}",
                Location.start_of(path),
            )
        return unpack(np.frombuffer(data, np.uint8), shape, element)

    def _file(self, path: str, *, is_new: bool) -> BufferedReader:
        file = self._open.get(path)
        if file is None:
            try:
                file = self._open[path] = Path(path).open("rb")  # noqa: SIM115 (closed on exit)
            except (OSError, ValueError) as error:  # ValueError: a NUL in the path
                raise _unreadable(path, error) from None
        elif is_new:
            file.seek(0)
        return file


def _unreadable(path: str, error: Exception) -> InputError:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else reason_of(error)
    return InputError(f"cannot read the file: {reason}", Location.start_of(path))


def reason_of(error: Exception) -> str:
    """What an error says in its first line, or its kind where it says nothing."""
    return next(iter(str(error).splitlines()), type(error).__name__)
