"""Small programs and what the real compiler's `canonicalize` makes of them.

`python -m tests.unit.passes.canonicalize.golden` writes the expected texts anew with `iree-opt`.
"""

import subprocess
from dataclasses import dataclass
from pathlib import Path

PROGRAMS = Path(__file__).with_name("programs")
SEPARATOR = "\n// -----\n"
PIPELINE = "builtin.module(canonicalize)"
_EXPECTED = ".cleaned.mlir"


@dataclass(frozen=True)
class Case:
    """One program of a file; its first line, a comment, says what it shows."""

    file: str
    text: str
    expected: str

    @property
    def name(self) -> str:
        return f"{self.file}: {self.text.splitlines()[0].removeprefix('// ')}"


def cases() -> list[Case]:
    """All programs with their expected texts."""
    return [
        Case(path.stem, text, expected)
        for path in _files()
        for text, expected in zip(_chunks(path), _chunks(_expected(path)), strict=True)
    ]


def _files() -> list[Path]:
    return [path for path in sorted(PROGRAMS.glob("*.mlir")) if not path.name.endswith(_EXPECTED)]


def _expected(path: Path) -> Path:
    return path.with_name(path.stem + _EXPECTED)


def _chunks(path: Path) -> list[str]:
    return path.read_text().split(SEPARATOR)


def _cleaned(text: str) -> str:
    command = ["iree-opt", "--allow-unregistered-dialect", f"--pass-pipeline={PIPELINE}", "-"]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    for file in _files():
        _expected(file).write_text(SEPARATOR.join(_cleaned(chunk) for chunk in _chunks(file)))
