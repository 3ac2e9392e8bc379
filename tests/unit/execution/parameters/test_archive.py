"""Archives are those of IREE's runtime: it reads what is written here, byte for byte its own, and its files are read here."""

import struct
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import iree.runtime
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iree_explorer.errors import ExecutionError, InputError
from iree_explorer.execution.parameters import Parameter, open_parameters, save_parameters

RUNTIME: Any = iree.runtime
ARRAYS = {
    "weights": np.arange(7, dtype=np.float32),
    "bias.0": np.array([[1, -2], [3, 4]], np.int8),
    "ünicode/name": np.zeros(0, np.int64),
    "mask": np.array([True, False, True]),
    "last": np.linspace(0, 1, 100),
}


def contents(parameters: dict[str, Parameter]) -> dict[str, bytes]:
    return {key: found.read(key, 0, found.size).tobytes() for key, found in parameters.items()}


def test_an_archive_is_called_as_it_is_opened(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"x\.npz: an archive of parameters is called \*\.irpa"):
        save_parameters(tmp_path / "x.npz", {"a": np.zeros(1)})
    assert not (tmp_path / "x.npz").exists()


def test_what_is_written_is_what_the_runtime_writes(tmp_path: Path) -> None:
    for number, arrays in enumerate([ARRAYS, {}, {"one": np.arange(3)}]):
        ours, theirs = tmp_path / f"ours{number}.irpa", tmp_path / f"theirs{number}.irpa"
        save_parameters(ours, arrays)
        RUNTIME.save_archive_file({key: np.array(array) for key, array in arrays.items()}, theirs)
        assert ours.read_bytes() == theirs.read_bytes()
        assert contents(open_parameters(ours)) == {key: array.tobytes() for key, array in arrays.items()}


@pytest.mark.parametrize("value", ["text", [b"bytes"], [object()], None, np.zeros(1, "M8[s]")])
def test_only_numbers_are_written(value: object, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is no parameter"):
        save_parameters(tmp_path / "p.irpa", {"good": 1, "bad": value})
    assert not any(tmp_path.iterdir())


def test_patterns_and_metadata_of_the_runtime_are_read(tmp_path: Path) -> None:
    index = RUNTIME.ParameterIndex()
    index.add_splat("two", np.array([1, 2], np.uint8), 8)
    RUNTIME.parameter_index_add_numpy_ndarray(index, "typed", np.arange(6, dtype=np.float64).reshape(2, 3))
    index.add_splat("huge", np.array([7], np.uint8), 1 << 50)
    index.create_archive_file(str(tmp_path / "x.irpa"))
    found = open_parameters(tmp_path / "x.irpa")
    assert found["two"].read("two", 0, 8).tolist() == [1, 2] * 4
    assert found["two"].read("two", 3, 3).tolist() == [2, 1, 2]
    assert found["typed"].read("typed", 0, 48).view(np.float64).tolist() == list(range(6))
    assert found["huge"].read("huge", (1 << 50) - 2, 2).tolist() == [7, 7]
    with pytest.raises(ExecutionError, match=r"'two' has 8 bytes, \[4 to 12\] is asked for"):
        found["two"].read("two", 4, 8)


def test_archives_that_are_linked_are_one(tmp_path: Path) -> None:
    save_parameters(tmp_path / "a.irpa", {"a": np.arange(3, dtype=np.uint8), "b": np.zeros(2, np.uint8)})
    save_parameters(tmp_path / "b.irpa", {"b": np.array([9], np.uint8)})
    first, second = (bytearray((tmp_path / name).read_bytes()) for name in ("a.irpa", "b.irpa"))
    struct.pack_into("<Q", first, 16, len(first))  # where the next header is
    (tmp_path / "both.irpa").write_bytes(first + second)
    assert contents(open_parameters(tmp_path / "both.irpa")) == {"a": bytes([0, 1, 2]), "b": bytes([9])}


@given(st.integers(0, 400), st.integers(0, 255), st.integers(0, 600))
def test_a_broken_archive_is_an_error_never_anything_else(place: int, value: int, length: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.irpa"
        save_parameters(path, {"a": np.arange(9), "b": np.arange(3, dtype=np.int8)})
        data = bytearray(path.read_bytes())
        data[place] = value
        path.write_bytes(data[: len(data) if length > 500 else length])
        with suppress(InputError):
            contents(open_parameters(path))


def test_parameters_are_written_in_place(tmp_path: Path) -> None:
    path = tmp_path / "x.irpa"
    save_parameters(path, ARRAYS)
    found = open_parameters(path, "r+")["weights"]
    found.write("weights", 4, 4)[...] = np.array([5], np.float32).view(np.uint8)
    index = RUNTIME.ParameterIndex()
    index.load(str(path))
    theirs = dict(index.items())["weights"].file_view
    assert np.asarray(theirs).view(np.float32).tolist() == [0, 5, 2, 3, 4, 5, 6]
    with pytest.raises(ExecutionError, match=r"'weights' may only be read: .*open_parameters"):
        open_parameters(path)["weights"].write("weights", 0, 4)


@pytest.mark.parametrize(
    ("arrays", "words"),
    [
        ({1: np.zeros(2)}, "a parameter's key is a text, not 1"),
        ({"\ud800": np.zeros(2)}, "no key of a parameter: UTF-8 has no lone surrogates"),
        ({"w": np.zeros(2, object)}, "parameter 'w': an array of object is no parameter"),
        ({"w": np.zeros(2, [("a", "f4")])}, "parameter 'w': an array of .* is no parameter"),
        (3, "parameters are a mapping of keys to arrays, not int"),
    ],
)
def test_what_is_no_parameter_is_not_written(tmp_path: Path, arrays: Any, words: str) -> None:
    with pytest.raises(InputError, match=words):
        save_parameters(tmp_path / "x.irpa", arrays)
    assert not list(tmp_path.iterdir())
