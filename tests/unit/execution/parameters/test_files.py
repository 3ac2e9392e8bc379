"""Files of other formats, and what users hand over."""

import json
import struct
import sys
from pathlib import Path
from typing import Any

import iree.runtime
import ml_dtypes
import numpy as np
import pytest

from iree_explorer.errors import ExecutionError, InputError
from iree_explorer.execution.parameters import open_parameters, parameters_of, save_parameters

RUNTIME: Any = iree.runtime


def safetensors(tensors: dict[str, Any], **changed: Any) -> bytes:
    """A file of uint8 tensors, with a header entry replaced for each of `changed`."""
    header: dict[str, Any] = {"__metadata__": {"made": "here"}}
    data = b""
    for key, array in tensors.items():
        raw = np.asarray(array).tobytes()
        header[key] = {"dtype": "U8", "shape": [len(raw)], "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps({**header, **changed}).encode()
    return struct.pack("<Q", len(text)) + text + data


def test_safetensors_are_what_the_runtime_finds_in_them(tmp_path: Path) -> None:
    path = tmp_path / "x.safetensors"
    path.write_bytes(safetensors({"a": np.arange(3, dtype=np.int32), "b": np.array([1.5], ml_dtypes.bfloat16)}))
    index = RUNTIME.ParameterIndex()
    index.load(str(path))
    theirs = {key: bytes(entry.file_view) for key, entry in index.items()}
    ours = open_parameters(path)
    assert {key: found.read(key, 0, found.size).tobytes() for key, found in ours.items()} == theirs
    assert set(theirs) == {"a", "b"}


def test_npz(tmp_path: Path) -> None:
    path = tmp_path / "x.npz"
    np.savez(path, w=np.arange(4.0), flags=np.array([True, False]))
    found = open_parameters(path)
    assert found["w"].read("w", 8, 8).view(np.float64).tolist() == [1]
    assert found["flags"].size == 2
    assert not found["w"].is_writable


def gguf(key: bytes, values: bytes) -> bytes:
    """A file of version 3 with one tensor of f32, which starts at a multiple of 32 bytes."""
    head = b"GGUF" + struct.pack("<IQQ", 3, 1, 0)
    head += struct.pack("<Q", len(key)) + key + struct.pack("<IQIQ", 1, len(values) // 4, 0, 0)
    return head + bytes(-len(head) % 32) + values


def test_gguf_takes_the_runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.gguf"
    path.write_bytes(gguf(b"w", bytes(range(8))))
    assert open_parameters(path)["w"].read("w", 2, 3).tolist() == [2, 3, 4]
    path.write_bytes(b"GGUF")
    with pytest.raises(InputError, match=r"x\.gguf:1:1: error: "):
        open_parameters(path)
    monkeypatch.setitem(sys.modules, "iree.runtime", None)
    with pytest.raises(InputError, match=r"to read GGUF takes IREE's runtime: pip install"):
        open_parameters(path)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("x.irpa", b"", "the file is empty"),
        ("x.irpa", b"PK" * 50, "no parameter archive starts at byte 0"),
        ("x.safetensors", struct.pack("<Q", 1 << 40), "its header alone takes"),
        ("x.safetensors", struct.pack("<Q", 4) + b"{]}}", "Expecting property name"),
        ("x.safetensors", struct.pack("<Q", 2) + b"[]", "no table of tensors"),
        ("x.safetensors", safetensors({"a": [1]}, a={"data_offsets": [0, 99]}), r"'a' has offsets \[0, 99\]"),
        ("x.safetensors", safetensors({"a": [1]}, a=3), "'a' has offsets None"),
        ("x.npz", b"nothing", "error: "),
        ("x.npz", b"", "error: "),
        ("x.bin", b"", r"parameters are read from \.irpa"),
    ],
)
def test_broken_files_are_one_line(name: str, data: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(InputError, match=message) as caught:
        open_parameters(path)
    assert str(caught.value).startswith(f"{path}:1:1: error: ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
def test_archives_of_numpy_with_broken_bytes_are_one_line(save: Any, tmp_path: Path) -> None:
    """Numpy and what it reads archives with raise a dozen kinds of errors."""
    path = tmp_path / "x.npz"
    save(path, a=np.arange(64), b=np.zeros(100))
    data = path.read_bytes()
    generator = np.random.default_rng(1)
    told: list[str] = []
    for place, byte in zip(generator.integers(0, len(data), 300), generator.integers(0, 256, 300), strict=True):
        path.write_bytes(data[:place] + bytes([byte]) + data[place + 1 :])
        try:
            open_parameters(path)
        except InputError as error:
            told.append(str(error))
    assert len(told) > 50
    assert all(line.startswith(f"{path}:1:1: error: ") and "\n" not in line for line in told)


def test_missing_files_are_told(tmp_path: Path) -> None:
    for suffix in ("irpa", "safetensors", "npz", "gguf"):
        with pytest.raises(InputError, match=rf"none\.{suffix}:1:1: error: cannot read the file: No such file"):
            open_parameters(tmp_path / f"none.{suffix}")
    np.savez(tmp_path / "x.npz", a=np.zeros(1))
    with pytest.raises(InputError, match=r"\.npz files may only be read"):
        open_parameters(tmp_path / "x.npz", "r+")
    with pytest.raises(InputError, match="mode='w': give 'r', or 'r\\+' to let programs write"):
        open_parameters(tmp_path / "x.npz", "w")  # pyright: ignore[reportArgumentType]


def test_what_users_hand_over(tmp_path: Path) -> None:
    save_parameters(tmp_path / "x.irpa", {"a": np.arange(4, dtype=np.uint8), "b": np.zeros(1)})
    later = {"a": np.array([7], np.int64)}
    found = parameters_of({"": tmp_path / "x.irpa", "s": [str(tmp_path / "x.irpa"), later]})
    assert found.find("", "a").size == 4
    assert found.find("s", "a").size == 8
    assert parameters_of(tmp_path / "x.irpa").find("", "b").size == 8
    with pytest.raises(ExecutionError, match="parameter 's::c' is not given; scope 's' has a, b"):
        found.find("s", "c")
    with pytest.raises(ExecutionError, match=r"'t' has no parameters \(scopes given: '', 's'\)"):
        found.find("t", "c")
    with pytest.raises(InputError, match="parameters of scope 's' are a file or a mapping of keys to arrays, not int"):
        parameters_of({"s": 3})
    with pytest.raises(InputError, match="parameter 's::k': an array of object is no parameter"):
        parameters_of({"s": {"k": object()}})


def test_an_array_is_shared_where_it_can_be() -> None:
    array = np.zeros((2, 3), np.int16)
    found = parameters_of({"": {"a": array, "t": array.T, "n": 5}})
    found.find("", "a").write("a", 2, 2)[...] = [1, 2]
    assert array.tolist() == [[0, 513, 0], [0, 0, 0]]
    assert not found.find("", "t").is_writable
    assert not found.find("", "n").is_writable
