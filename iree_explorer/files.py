"""Files are written whole or not at all: nobody finds half a result. Imports nothing of ours."""

import os
import stat
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def whole_file(path: str | os.PathLike[str]) -> Generator[BinaryIO]:
    """A file to write; where that fails (a full disk, Ctrl-C), there is none.

    Raises:
        OSError: it cannot be written.
    """
    file = Path(path).open("wb")  # noqa: SIM115  # Closed before it is removed, as some systems want it.
    is_device = not stat.S_ISREG(os.fstat(file.fileno()).st_mode)
    try:
        with file:
            yield file
    except BaseException:
        if not is_device:
            Path(path).unlink(missing_ok=True)
        raise


def write_file(path: str | os.PathLike[str], content: str | bytes) -> None:
    """Writes a file; a text as UTF-8, lone surrogates, which that has none of, as question marks.

    Raises:
        OSError: it cannot be written.
    """
    data = content.encode("utf-8", errors="replace") if isinstance(content, str) else content
    with whole_file(path) as file:
        file.write(data)
