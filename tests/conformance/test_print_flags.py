"""What MLIR's tools print with flags that dumps are often made with is read: locations, users, constants left out."""

from pathlib import Path

import pytest

from iree_explorer.syntax import parse, print_module
from tests.conformance import oracle

FOLDER = Path(__file__).parents[1] / "unit" / "dialects" / "programs"
PROGRAMS = sorted(path for path in FOLDER.glob("*.mlir") if not path.stem.endswith(".generic"))
FLAGS = (
    ("--mlir-print-debuginfo",),
    ("--mlir-print-debuginfo", "--mlir-print-local-scope"),
    ("--mlir-print-debuginfo", "--mlir-print-op-generic"),
    ("--mlir-print-debuginfo", "--mlir-use-nameloc-as-prefix"),
    ("--mlir-print-value-users",),
    ("--mlir-print-elementsattrs-with-hex-if-larger=1",),
    ("--mlir-elide-elementsattrs-if-larger=1",),
    ("--mlir-elide-resource-strings-if-larger=1",),
)


@pytest.mark.parametrize("flags", FLAGS, ids=" ".join)
@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_reads_what_is_printed_with_flags(path: Path, flags: tuple[str, ...]) -> None:
    text, messages = oracle.iree_opt(path.read_text(), *flags)
    assert text is not None, messages
    expected, messages = oracle.iree_opt(text)
    assert expected is not None, messages
    assert print_module(parse(text).op).rstrip("\n") == expected.rstrip("\n")
