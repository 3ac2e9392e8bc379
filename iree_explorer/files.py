"""Files are written whole or not at all: nobody finds half a result."""

import os
import stat
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Literal

from iree_explorer.errors import InputError, Location


def path_of(path: str | os.PathLike[str]) -> Path:
    """A path that a user gave.

    Raises:
        InputError: it is none.
    """
    if not isinstance(path, str | os.PathLike) or not os.fspath(path):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise InputError(f"a file is named by its path, a text or a pathlib.Path, not {path!r:.80}")
    return Path(path)


@contextmanager
def whole_file(path: str | os.PathLike[str], *, appends: bool = False) -> Generator[BinaryIO]:
    """A file to write; where that fails (a full disk, Ctrl-C), there is none, or one that was there before ends where it did.

    Args:
        path: of the file.
        appends: what is written goes behind what the file holds.

    Raises:
        InputError: it cannot be written, or the path is none.
        BrokenPipeError: it is a pipe that nobody reads any more.
    """
    target = path_of(path)
    try:
        with _undone_on_failure(target, "ab" if appends else "wb") as file:
            yield file
    except BrokenPipeError:
        raise
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise InputError(f"cannot write the file: {reason}", Location.start_of(target)) from None


@contextmanager
def _undone_on_failure(path: Path, mode: Literal["ab", "wb"]) -> Generator[BinaryIO]:
    file = path.open(mode)  # Closed before it is undone, as some systems want it.
    is_device = not stat.S_ISREG(os.fstat(file.fileno()).st_mode)
    kept = 0 if is_device else file.tell()
    try:
        with file:
            yield file
    except BaseException:
        if kept:
            os.truncate(path, kept)
        elif not is_device:
            path.unlink(missing_ok=True)
        raise


def write_file(path: str | os.PathLike[str], content: str | bytes) -> None:
    """Writes a file; a text as UTF-8, lone surrogates, which that has none of, as question marks.

    Raises:
        InputError, BrokenPipeError: as `whole_file`.
    """
    data = content.encode("utf-8", errors="replace") if isinstance(content, str) else content
    with whole_file(path) as file:
        file.write(data)
