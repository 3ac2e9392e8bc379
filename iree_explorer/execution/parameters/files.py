"""Files of parameters: `.irpa`, `.safetensors` and `.npz`, and through IREE's runtime `.gguf`."""

from __future__ import annotations

import importlib
import json
import os
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np
from numpy.lib.npyio import NpzFile

from iree_explorer.errors import InputError, Location
from iree_explorer.execution.parameters.archive import read_archive
from iree_explorer.execution.parameters.parameter import Parameter, numbers_of
from iree_explorer.execution.values.elements import Bytes
from iree_explorer.execution.values.files import BROKEN, reason_of
from iree_explorer.files import path_of

FORMATS: Final = (".irpa", ".safetensors", ".npz", ".gguf")
_LENGTH_BYTES: Final = 8


def open_parameters(path: str | os.PathLike[str], mode: Literal["r", "r+"] = "r") -> dict[str, Parameter]:
    """The parameters of a file, by key.

    Args:
        path: its name says the format: `.irpa`, `.safetensors` and `.gguf` are memory-mapped, `.npz` is read.
        mode: "r+" lets programs write to the parameters, and so to the file; of `.irpa` and `.safetensors`.

    Raises:
        InputError: the file is missing, broken, of another format, or cannot be written.
    """
    file = path_of(path)
    suffix = file.suffix.lower()
    if suffix not in FORMATS:
        raise InputError(f"parameters are read from {', '.join(FORMATS)} files", Location.start_of(file))
    if mode not in ("r", "r+"):
        raise InputError(f"mode={mode!r}: give 'r', or 'r+' to let programs write")
    if mode != "r" and suffix not in FORMATS[:2]:
        raise InputError(f"parameters in {suffix} files may only be read", Location.start_of(file))
    try:
        match suffix:
            case ".npz":
                return _npz(file)
            case ".gguf":
                return _gguf(file)
            case ".irpa":
                return read_archive(_mapped(file, mode), is_writable=mode == "r+")
            case _:
                return _safetensors(_mapped(file, mode), is_writable=mode == "r+")
    except (InputError, *BROKEN) as error:
        raise InputError(reason_of(error), Location.start_of(file)) from None
    except OSError as error:
        raise InputError(f"cannot read the file: {error.strerror or error}", Location.start_of(file)) from None


def _mapped(path: Path, mode: Literal["r", "r+"]) -> Bytes:
    if path.stat().st_size == 0:
        raise InputError("the file is empty")
    return np.asarray(np.memmap(path, np.uint8, mode))


def bytes_of(array: Any) -> Parameter:
    """An array as a parameter: its bytes in row-major order. A program that writes to it writes to the array.

    Raises:
        InputError: it is no array of numbers.
    """
    given = numbers_of(array)
    shared = np.ascontiguousarray(given)
    is_writable = isinstance(array, np.ndarray) and np.shares_memory(shared, given) and given.flags.writeable
    return Parameter.of(shared.reshape(-1).view(np.uint8), is_writable=is_writable)


def _npz(path: Path) -> dict[str, Parameter]:
    with path.open("rb") as file:  # numpy leaves a broken one open
        found = np.load(file, allow_pickle=False)
        if not isinstance(found, NpzFile):
            raise InputError("this is one array, not an .npz file of several")
        with found:
            parameters = {key: bytes_of(array) for key, array in found.items()}
    return {key: Parameter(value.storage, value.size) for key, value in parameters.items()}


def _safetensors(data: Bytes, *, is_writable: bool) -> dict[str, Parameter]:
    """The tensors of a safetensors file: the length of a JSON text, the text, then all bytes. See huggingface/safetensors."""
    length = int.from_bytes(data[:_LENGTH_BYTES].tobytes(), "little")
    start = _LENGTH_BYTES + length
    if start > data.size:
        raise InputError(f"the file has {data.size} bytes, its header alone takes {start}")
    table = json.loads(data[_LENGTH_BYTES:start].tobytes())
    if not isinstance(table, dict):
        raise InputError("the header is no table of tensors")
    found: dict[str, Parameter] = {}
    for key, entry in table.items():
        if key == "__metadata__":
            continue
        offsets = entry.get("data_offsets") if isinstance(entry, dict) else None
        match offsets:
            case [int(first), int(last)] if 0 <= first <= last <= data.size - start:
                found[key] = Parameter.of(data[start + first : start + last], is_writable=is_writable)
            case _:
                raise InputError(f"tensor '{key}' has offsets {offsets}, but there are {data.size - start} bytes")
    return found


def _gguf(path: Path) -> dict[str, Parameter]:
    """What IREE's runtime finds in the file; it is the only reader of GGUF here."""
    try:
        runtime = importlib.import_module("iree.runtime")
    except ImportError:
        raise InputError("to read GGUF takes IREE's runtime: pip install 'iree-explorer[iree]'") from None
    path.stat()  # a missing file is told as for the other formats
    index = runtime.ParameterIndex()
    try:
        index.load(str(path))
    except (RuntimeError, IndexError, ValueError) as error:
        raise InputError(str(error).splitlines()[0]) from None
    return {
        key: Parameter.splat(entry.splat_pattern, entry.length)
        if entry.is_splat
        else Parameter.of(np.asarray(entry.file_view).view(np.uint8))
        for key, entry in index.items()
    }
