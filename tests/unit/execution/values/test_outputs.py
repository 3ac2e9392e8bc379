"""Results in files, and against what was expected."""

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from iree_explorer.errors import InputError
from iree_explorer.execution.values.elements import element_named
from iree_explorer.execution.values.outputs import mismatch, write_output
from iree_explorer.execution.values.text import parse_inputs


def test_files_are_made_and_added_to(tmp_path: Path) -> None:
    for target in (f"@{tmp_path}/x.npy", f"+{tmp_path}/x.npy", f"@{tmp_path}/x.bin", f"+{tmp_path}/x.bin"):
        write_output(target, np.array([1, 2], np.int16), None)
    with (tmp_path / "x.npy").open("rb") as file:
        assert [np.load(file).tolist() for _ in range(2)] == [[1, 2], [1, 2]]
    assert (tmp_path / "x.bin").read_bytes() == bytes([1, 0, 2, 0] * 2)
    write_output(f"@{tmp_path}/x.bin", np.array([1, 2, 3], np.int8), element_named("i4"))
    assert (tmp_path / "x.bin").read_bytes() == bytes([0x21, 0x03])
    with pytest.raises(InputError, match="an output is @FILE"):
        write_output("x.npy", np.zeros(1), None)


@pytest.mark.parametrize("target", ["@{}/folder/x.npy", "+{}/folder/x.bin", "@{}"])
def test_a_file_that_cannot_be_written_is_told_as_by_every_command(tmp_path: Path, target: str) -> None:
    with pytest.raises(
        InputError, match=rf"^{re.escape(target[1:].format(tmp_path))}:1:1: error: cannot write the file: ."
    ):
        write_output(target.format(tmp_path), np.zeros(1), None)


@pytest.mark.parametrize(
    ("value", "expected", "reason"),
    [
        (np.array([1, 2], np.float32), "2xf32=1 2.00005", ""),
        (np.array([1, np.nan], np.float32), "2xf32=1 nan", ""),
        (np.array([1, np.inf], np.float32), "2xf32=1 1", "element at index 1 (INF) does not match the expected (1)"),
        (np.array([1], np.float16), "1xf16=1.01", "element at index 0 (1) does not match the expected (1.00977)"),
        (np.array([[1, 2]], np.int32), "1x2xi32=1 3", "element at index 1 (2) does not match the expected (3)"),
        (np.array([1, 2], np.int32), "1x2xi32=1 2", "the value is 2xi32, expected 1x2xi32"),
        (np.array([1], np.int32), "1xi8=1", "the value is 1xi32, expected 1xi8"),
        (np.int32(3), "3", ""),
        (np.int32(3), "4", "i32 values differ\n  expected: 4\n  actual: 3"),
        (np.int32(3), "(ignored)", ""),
        (np.int32(3), "3j", "the value is i32: 3j is complex"),
        (np.int8(44), "300", "the value is i8: 300 does not fit in i8"),
        (np.float32(3), "3", ""),
    ],
)
def test_results_are_compared_as_the_runtime_compares_them(value: Any, expected: str, reason: str) -> None:
    found = mismatch(5, value, None, parse_inputs([expected])[0])
    assert found.startswith(f"[FAILED] result[5]: {reason}" if reason else "")
    assert bool(found) == bool(reason)
