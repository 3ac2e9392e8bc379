"""`load`: a path, a text or an `https://` URL → a `Module`."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from typing_extensions import override

from iree_explorer import samples
from iree_explorer.errors import InputError, Location, SourceError
from iree_explorer.frontends.compiler import needs_compiler, shown_command, stream_ir, text_of_bytecode
from iree_explorer.frontends.dumps import SCHEDULE, has_dumps, read_dumps, schedulable
from iree_explorer.frontends.formats import complaint_in, is_bytecode, other_format
from iree_explorer.frontends.objects import ProgramObject, text_of
from iree_explorer.syntax import Module, parse

if TYPE_CHECKING:
    from http.client import HTTPResponse

MAX_DOWNLOAD: Final = 256 << 20
"""Bytes that are read of a URL at most."""
_TIMEOUT: Final = 30.0
"""Seconds that a server may be silent."""
_LONGEST_DOWNLOAD: Final = 600.0
_PART: Final = 1 << 20
_LONGEST_PATH: Final = 4096
_TEXT: Final = "<text>"
"""What a program is called that has no file."""

Source: TypeAlias = str | bytes | os.PathLike[str] | ProgramObject
"""What `load` takes: a path, a URL, a text, a sample, or a program that another library holds."""
ProgramLike: TypeAlias = Module | Source
"""What takes a program takes it loaded, or as anything that `load` takes."""


def load(source: Source, *, name: str | None = None, allow_unregistered: bool = False) -> Module:
    """Loads a program.

    Args:
        source: a path, an `https://` URL, a sample or its name, or the program's text or bytecode. A `str` is taken as a
            text if it is empty or contains a line break or a brace. Also what JAX has lowered or exported, what
            `iree.turbine.aot.export` returns, a module of MLIR's Python bindings, or one of xDSL.
        name: what errors and titles call the program. None: the path, the URL, the sample's name, or `<text>`.
        allow_unregistered: accept ops of unknown dialects, in generic form; otherwise they are an error.

    StableHLO, TOSA, linalg and the like are compiled to stream IR by the real compiler, if it is installed, which also reads
    bytecode. From the output of `--mlir-print-ir-after-all` and the like, the module as it stood right before the schedule passes is taken.

    Raises:
        SourceError: the program is broken; the error tells where.
        InputError: there is no such file, it cannot be read, or the program needs the real compiler, which is not installed.
    """
    default_name, text = read(source)
    return load_text(text, name or default_name, allow_unregistered=allow_unregistered)


def load_text(text: str, name: str, *, allow_unregistered: bool = False) -> Module:
    """Loads a program from its text, whatever that looks like; `name` and errors are those of `load`."""
    command = ""
    if has_dumps(text):
        text, command = _dumped(text, name)
    elif complaint := complaint_in(text):
        raise SourceError(f"this is what the compiler said, and no program: {complaint}", Location.start_of(name))
    elif needs_compiler(text):
        text, command = stream_ir(text, name), shown_command(text, name)
    module = parse(text, name, allow_unregistered=allow_unregistered)
    return replace(module, source=replace(module.source, command=command)) if command else module


def as_module(program: ProgramLike) -> Module:
    """The program itself where it is loaded already, else what `load` makes of it.

    Raises:
        SourceError, InputError: see `load`.
    """
    return program if isinstance(program, Module) else load(program)


def _dumped(text: str, name: str) -> tuple[str, str]:
    """Of dumps of passes the module that is to be scheduled, on the lines where it stands, and what it was taken from."""
    found = schedulable(read_dumps(text))
    if found is None:
        raise InputError(f"no dump in this text is a module from before {SCHEDULE}", Location.start_of(name))
    start = text.find(found.text)
    return "\n" * text.count("\n", 0, start) + found.text, f"{found.when} {found.name}, of the dumps"


def read(source: Source) -> tuple[str, str]:
    """Returns what the source is called, and its text. See `load`."""
    if isinstance(source, samples.Sample):
        return source.name, source.text
    if isinstance(source, str):
        return (_TEXT, source) if _looks_like_text(source) else read_named(source)
    if isinstance(source, bytes):
        return _TEXT, decode(source, _TEXT)
    path = os.fspath(source) if isinstance(source, os.PathLike) else None
    if isinstance(path, str):
        return path, _read_file(Path(path))
    text = text_of(source)
    if text is None:
        raise InputError(f"a program is a path, a URL or a text, not {_kind(source)}")
    return _TEXT, text


def _kind(source: object) -> str:
    if source is None:
        return "None; the samples are in iree_explorer.samples.ALL"
    hint = next(
        (f"; give its .{name}" for name in ("module", "lower(…)", "read()") if hasattr(source, name.partition("(")[0])),
        "",
    )
    return f"{type(source).__name__}{hint}"


def read_named(name: str) -> tuple[str, str]:
    """Returns the name and the text of what is called so: a URL, a file, or a sample where no file has that name."""
    if is_url(name):
        return name, _download(name)
    sample = samples.find(name)
    if sample is not None and not Path(name).exists():
        return name, sample.text
    try:
        return name, _read_file(Path(name))
    except InputError as error:
        meant = samples.nearest(name)
        if meant is None:
            raise
        raise InputError(f"{error.message}; did you mean the sample {meant!r}?", error.location) from None


def is_url(source: str) -> bool:
    """Whether the source is read from elsewhere; of URLs only `https://` ones are."""
    return "://" in source


def decode(data: bytes, name: str) -> str:
    """Returns the bytes as text; bytes that are no UTF-8, which comments and strings may hold, as lone surrogates.

    Raises:
        SourceError: they are a file of another kind, which is named, or broken bytecode.
        InputError: they are bytecode, and the compiler, which reads it, is not installed.
    """
    if is_bytecode(data):
        return text_of_bytecode(data, name)
    other = other_format(data, name)
    if other:
        raise SourceError(f"this is {other}", Location.start_of(name))
    return data.decode(errors="surrogateescape")


def _looks_like_text(source: str) -> bool:
    return not source.strip() or "\n" in source or "{" in source or len(source) > _LONGEST_PATH


def _read_file(path: Path) -> str:
    try:
        data = path.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        if path.is_dir():
            raise InputError("this is a folder; name a file that is in it", Location.start_of(path)) from None
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise InputError(f"cannot read the file: {reason}", Location.start_of(path)) from None
    return decode(data, str(path))


def _download(url: str) -> str:
    _require_https(url, url)
    # Imported for URLs alone: it takes longer than the small programs that most commands are run on.
    import http.client
    import urllib.error
    import urllib.request

    class Redirects(urllib.request.HTTPRedirectHandler):
        @override
        def redirect_request(
            self, req: urllib.request.Request, fp: Any, code: int, msg: str, headers: Any, newurl: str
        ) -> urllib.request.Request | None:
            _require_https(newurl, url)
            return super().redirect_request(req, fp, code, msg, headers, newurl)

    try:
        with urllib.request.build_opener(Redirects).open(url, timeout=_TIMEOUT) as response:
            data = _read_in_time(response)
    except (urllib.error.URLError, http.client.HTTPException, OSError, ValueError) as error:
        reason = error.reason if isinstance(error, urllib.error.URLError) else error
        raise InputError(f"cannot read the URL: {reason}", Location.start_of(url)) from None
    if len(data) > MAX_DOWNLOAD:
        raise InputError(f"the file is larger than {MAX_DOWNLOAD >> 20} MiB", Location.start_of(url))
    return decode(data, url)


def _read_in_time(response: HTTPResponse) -> bytes:
    """The whole answer, or one byte more than may be read.

    Raises:
        OSError: it is cut off, or comes in such small drops that it would take forever.
    """
    end = time.monotonic() + _LONGEST_DOWNLOAD
    data = bytearray()
    while part := response.read1(min(_PART, MAX_DOWNLOAD + 1 - len(data))):
        data += part
        if time.monotonic() > end:
            raise TimeoutError(f"it takes longer than {_LONGEST_DOWNLOAD:.0f} s")
    if response.length and len(data) <= MAX_DOWNLOAD:
        raise OSError(f"the answer is cut off after {len(data):,} bytes")
    return bytes(data)


def _require_https(url: str, source: str) -> None:
    """Nothing else is read, nor does a server send us anywhere else."""
    if not url.startswith("https://"):
        to = "" if url == source else f", and it leads to {url}"
        raise InputError(f"only https:// URLs are read{to}", Location.start_of(source))
