"""What a file is that is no text, told by its first bytes or its name, and what to load in its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_NAMES: Final[Sequence[tuple[str, str]]] = (
    (
        ".vmfb",
        "a compiled IREE module, in which nothing is left to schedule; load the program that it was compiled from",
    ),
    (".onnx", "an ONNX model; `iree-import-onnx MODEL.onnx -o MODEL.mlir` makes a program of it"),
    (".tflite", "a TensorFlow Lite model; `iree-import-tflite MODEL.tflite -o MODEL.mlirbc` makes a program of it"),
    (".pt", "a PyTorch file; export the model to MLIR, as with `iree.turbine.aot.export`"),
    (".pth", "a PyTorch file; export the model to MLIR, as with `iree.turbine.aot.export`"),
    (".safetensors", "a file of parameters; load the program that names them, and give them to its run"),
    (".gguf", "a file of parameters; load the program that names them, and give them to its run"),
    (".irpa", "a file of parameters; load the program that names them, and give them to its run"),
    (".npz", "a file of arrays; load a program, and give them to its run"),
    (".npy", "a file of an array; load a program, and give it to its run"),
)
"""Ends of names, and what such a file is where it is no text."""

_STARTS: Final[Sequence[tuple[int, bytes, str]]] = (
    (4, b"TFL3", dict(_NAMES)[".tflite"]),
    (4, b"IREE", dict(_NAMES)[".vmfb"]),
    (0, b"PK\x03\x04", "a zip archive; load a program that is in it"),
    (0, b"\x1f\x8b", "a gzip archive; load the program that is in it"),
    (0, b"\x7fELF", "a binary for a machine; load the program that it was compiled from"),
    (0, b"\xff\xfe", "text in UTF-16, as PowerShell's `>` writes it; save it as UTF-8"),
    (0, b"\xfe\xff", "text in UTF-16; save it as UTF-8"),
)
"""Where in a file which bytes stand, and what it is then."""

_COMPLAINT: Final = r"\s*(?!//|\")(?:iree-[\w-]+|\S[^\n]*?:\d+:\d+: (?:error|warning|remark|note)): "
"""How a message of the compiler begins, and no program."""

_TEXT_NEVER_HOLDS: Final = b"\0"


def is_bytecode(data: bytes) -> bool:
    """Whether the file is a program of MLIR that is no text. # MLIR: BytecodeImplementation.h, the magic number."""
    return data.startswith(b"ML\xefR")


def other_format(data: bytes, name: str) -> str:
    """What the file is, and what to do, as words that follow `this is`; empty: it may be a text.

    Args:
        data: all of the file, or its beginning.
        name: its path or URL; bytes tell more than a name, but for an archive, which several kinds of file are.
    """
    start = next((words for place, magic, words in _STARTS if data.startswith(magic, place)), "")
    by_name = next((words for end, words in _NAMES if name.lower().endswith(end)), "")
    if start and not (by_name and data.startswith(b"PK")):
        return start
    return by_name if start or _TEXT_NEVER_HOLDS in data or not _is_utf8(data) else ""


def complaint_in(text: str) -> str:
    """What a tool of the compiler said, where a text is that and no program: its first error, or else its first line; empty: it is none."""
    lines = text.strip().split("\n") if re.match(_COMPLAINT, text) else [""]
    return next((line for line in lines if ": error: " in line), lines[0])


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
