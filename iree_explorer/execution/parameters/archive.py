"""IREE parameter archives (`.irpa`): read from a memory map, written so that IREE's runtime reads them.

A file is a chain of archives. Each has a header, a table of entries, their names (the metadata segment), and their bytes (the
storage segment); offsets count from the header, or from the segment. IREE: runtime/src/iree/schemas/parameter_archive.h.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np

from iree_explorer.errors import InputError
from iree_explorer.execution.parameters.parameter import Parameter, key_of, numbers_of
from iree_explorer.execution.values.elements import Bytes
from iree_explorer.files import path_of, whole_file

_MAGIC: Final = b"IRPA"
_PREFIX: Final = struct.Struct("<4sHHQQQ")
"""Magic, major and minor version, size of the header, offset of the next header or 0, flags."""
_SEGMENTS: Final = struct.Struct("<7Q")
"""Count of entries; then offset and length of the entries, the metadata and the storage."""
_ENTRY: Final = struct.Struct("<QI6Q")
"""Size of the entry, kind, flags, offset and length of the name, of the metadata, alignment."""
_SPLAT: Final = struct.Struct("<Q16sB")
"""Length in bytes, pattern, bytes of the pattern."""
_DATA: Final = struct.Struct("<QQ")
"""Offset and length in the storage segment."""
_SKIPPED, _IS_SPLAT, _IS_DATA, _IS_EXTERNAL = range(4)

_ENTRY_ALIGNMENT: Final = 16
_DATA_ALIGNMENT: Final = 64
_FILE_ALIGNMENT: Final = 4096


def read_archive(data: Bytes, *, is_writable: bool) -> dict[str, Parameter]:
    """The parameters of an archive, views of `data`, the whole file.

    Raises:
        InputError: it is broken, or of a later version.
    """
    found: dict[str, Parameter] = {}
    base: int | None = 0
    while base is not None:
        found.update(_entries(data, base, is_writable=is_writable))
        following = _unpack(_PREFIX, data, base)[4]
        base = base + following if following else None
    return found


def _entries(data: Bytes, base: int, *, is_writable: bool) -> Iterator[tuple[str, Parameter]]:
    magic, major, minor, header, _, _ = _unpack(_PREFIX, data, base)
    if magic != _MAGIC:
        raise InputError(f"no parameter archive starts at byte {base}")
    if (major, minor) != (0, 0) or header != _PREFIX.size + _SEGMENTS.size:
        raise InputError(f"parameter archives of version {major}.{minor} are not known")
    count, *ranges = _unpack(_SEGMENTS, data, base + _PREFIX.size)
    entries, names, storage = (
        _part(data, base + start, length) for start, length in zip(*[iter(ranges)] * 2, strict=True)
    )
    at = 0
    for _ in range(count):
        size, kind, _, name_start, name_length, *_ = _unpack(_ENTRY, entries, at)
        if size < _ENTRY.size:
            raise InputError("an entry of the archive is shorter than its header")
        body = at + _ENTRY.size
        at += _aligned(size, _ENTRY_ALIGNMENT)
        if kind == _SKIPPED:
            continue
        yield (
            _text(_part(names, name_start, name_length)),
            _parameter(kind, entries, body, storage, is_writable=is_writable),
        )


def _parameter(kind: int, entries: Bytes, at: int, storage: Bytes, *, is_writable: bool) -> Parameter:
    if kind == _IS_SPLAT:
        size, pattern, length = _unpack(_SPLAT, entries, at)
        if not 0 < length <= len(pattern) or size % length:
            raise InputError(f"a pattern of {length} bytes does not fill {size}")
        return Parameter.splat(pattern[:length], size)
    if kind == _IS_DATA:
        return Parameter.of(_part(storage, *_unpack(_DATA, entries, at)), is_writable=is_writable)
    what = "external files" if kind == _IS_EXTERNAL else f"kind {kind}"
    raise InputError(f"entries of {what} are not supported, in IREE's runtime neither")


def _unpack(layout: struct.Struct, data: Bytes, at: int) -> tuple[Any, ...]:
    return layout.unpack(_part(data, at, layout.size).tobytes())


def _part(data: Bytes, start: int, length: int) -> Bytes:
    if start + length > data.size:
        raise InputError(f"the archive ends at byte {data.size} of what should reach to {start + length}")
    return data[start : start + length]


def _text(data: Bytes) -> str:
    return data.tobytes().decode(errors="replace")


def _bytes(key: str, array: Any) -> Bytes:
    try:
        return np.ascontiguousarray(numbers_of(array)).reshape(-1).view(np.uint8)
    except (InputError, ValueError) as error:
        raise InputError(f"parameter '{key}': {error}") from None


def _aligned(size: int, alignment: int) -> int:
    return -(-size // alignment) * alignment


# Writing


def save_parameters(path: str | os.PathLike[str], arrays: Mapping[str, Any]) -> None:
    """Writes arrays as a parameter archive, in order; the same bytes as IREE's own writer.

    Args:
        path: of the file, which is replaced: `*.irpa`.
        arrays: by key; a parameter is the array's bytes in row-major order, with no shape.

    Raises:
        InputError: a key is no text, a value no array of numbers, or the file is called otherwise or cannot be written.
    """
    if not isinstance(arrays, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise InputError(f"parameters are a mapping of keys to arrays, not {type(arrays).__name__}")
    if path_of(path).suffix.lower() != ".irpa":
        raise InputError(
            f"{os.fspath(path)}: an archive of parameters is called *.irpa: by its name it is known when it is opened"
        )
    contents = {key_of(key): _bytes(key, array) for key, array in arrays.items()}
    entries, names, offset = b"", b"", 0
    for key, data in contents.items():
        name = key.encode()
        offset = _aligned(offset, _DATA_ALIGNMENT)
        size = _ENTRY.size + _DATA.size
        entries += b"\0" * (_aligned(len(entries), _ENTRY_ALIGNMENT) - len(entries))
        entries += _ENTRY.pack(size, _IS_DATA, 0, len(names), len(name), 0, 0, _DATA_ALIGNMENT) + _DATA.pack(
            offset, data.size
        )
        names += name
        offset += data.size
    header = _PREFIX.size + _SEGMENTS.size
    at_entries = _aligned(header, _ENTRY_ALIGNMENT)
    at_names = at_entries + len(entries)
    at_storage = _aligned(at_names + len(names), _DATA_ALIGNMENT if contents else 1)
    ranges = (at_entries, len(entries), at_names, len(names), at_storage, offset)
    with whole_file(path) as file:
        file.write(_PREFIX.pack(_MAGIC, 0, 0, header, 0, 0) + _SEGMENTS.pack(len(contents), *ranges))
        file.seek(at_entries)
        file.write(entries + names)
        at = at_storage
        for data in contents.values():
            at = at_storage + _aligned(at - at_storage, _DATA_ALIGNMENT)
            file.seek(at)
            file.write(data.tobytes())
            at += data.size
        file.truncate(_aligned(at_storage + offset, _FILE_ALIGNMENT))
