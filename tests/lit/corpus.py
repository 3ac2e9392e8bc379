"""The programs of IREE's own tests, taken from a git directory of its sources; they stay where they are."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

STREAM = "compiler/src/iree/compiler/Dialect/Stream"
_SPLIT = re.compile(r"^// -----.*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Chunk:
    """One program of a test file.

    Attributes:
        path: of the file in the repository.
        number: of the program in its file, from 0.
        text: the program, with the comments around it.
    """

    path: str
    number: int
    text: str

    @property
    def name(self) -> str:
        """`PATH#NUMBER`, for a reader."""
        return f"{self.path}#{self.number}"


def chunks(repository: Path, under: str = STREAM) -> Iterator[Chunk]:
    """The programs of all test files under a folder of the repository, in the order of their paths.

    Raises:
        subprocess.CalledProcessError: `repository` is no git directory, or lacks an object.
    """
    listed = _git(repository, "ls-tree", "-r", "--name-only", "HEAD", under)
    for path in listed.splitlines():
        if path.endswith(".mlir") and ("/test" in f"/{path}" or "/samples/" in f"/{path}"):
            for number, text in enumerate(_SPLIT.split(_git(repository, "show", f"HEAD:{path}"))):
                yield Chunk(path, number, text)


def _git(repository: Path, *arguments: str) -> str:
    """What a git command prints; the directory need not be bare."""
    inner = repository / ".git"
    command = ["git", f"--git-dir={inner if inner.exists() else repository}", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
