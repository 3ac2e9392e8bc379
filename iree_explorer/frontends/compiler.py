"""Programs of other dialects → stream IR, by the real `iree-compile` where it is installed."""

import re
import shlex
import shutil
import sys
from pathlib import Path
from typing import Final

from iree_explorer.errors import InputError, Location, SourceError
from iree_explorer.frontends.dumps import SCHEDULE, read_dumps, schedulable

INSTALL: Final = "pip install iree-base-compiler==3.13.0"
"""What to do where the compiler is needed and not there."""

FLAGS: Final = (
    "--iree-hal-target-device=local",
    "--iree-hal-local-target-device-backends=llvm-cpu",
    "--iree-llvmcpu-target-cpu=generic",
    "--iree-opt-const-eval=false",  # const-eval programs are compiled first, and their dumps would come first
)
"""How a program is compiled to stream IR: for the CPU of any machine."""

_ARGUMENTS: Final = (
    *FLAGS,
    f"--mlir-print-ir-before={SCHEDULE}",
    "--mlir-print-ir-module-scope",
    "--mlir-disable-threading",
    "--compile-to=stream",
    "-o",
    "-",
)
_STREAM: Final = re.compile(r"(?<![\w.#@$%])!?stream\.[\w.]++(?!\s*=)")
"""An op or a type; attributes of the dialect stand in programs from before it, too, in a module's dictionary or as `#stream.…`."""
_FLOW: Final = re.compile(r'(?<![\w.!#$@%])"?flow\.executable\b')
"""What programs of the phase before `stream` have."""
_FOREIGN: Final = re.compile(
    r'(?<![\w.!#$@%])"?(?:stablehlo|vhlo|chlo|tosa|torch|onnx|flow|linalg|tensor|iree_linalg_ext)\.\w'
    r"|\bfunc\.func\b[^{]*\btensor<"  # arithmetic alone, on whole tensors
)
_DIAGNOSTIC: Final = r"(?m)^(?P<file>.*?):(?P<line>\d+):(?P<column>\d+): error: (?P<message>.*)$"

_INPUT: Final = ("-", "<stdin>")
"""What the tools call a program that they read from their input."""


def needs_compiler(text: str) -> bool:
    """Tells whether a text is a program of an input dialect (StableHLO, TOSA, linalg, …) with no stream IR in it yet."""
    return _STREAM.search(text) is None and _FOREIGN.search(text) is not None


def tool(name: str) -> str | None:
    """Returns the path of a tool of the compiler's wheel, looked up beside this Python first; None where it is not installed."""
    beside = Path(sys.executable).with_name(name)
    return str(beside) if beside.exists() else shutil.which(name)


def shown_command(text: str, name: str) -> str:
    """Returns the command line that makes stream IR of a program, for a reader: `-` stands for a text that is no file."""
    return shlex.join(["iree-compile", name if Path(name).exists() else "-", *_arguments(text)])


def _arguments(text: str) -> tuple[str, ...]:
    return (*_ARGUMENTS, "--compile-from=flow") if _FLOW.search(text) else _ARGUMENTS


def stream_ir(text: str, name: str) -> str:
    """Returns the program as stream IR, as it stands right before the schedule passes.

    Raises:
        InputError: the compiler is not installed.
        SourceError: the compiler refuses the program; its first error.
    """
    compiler = tool("iree-compile")
    if compiler is None:
        message = f"this is not stream IR yet, and the compiler that makes it so is not installed: {INSTALL}"
        raise InputError(message, Location.start_of(name))
    import subprocess

    command = [compiler, "-", *_arguments(text)]
    process = subprocess.run(
        command, input=text, capture_output=True, encoding="utf-8", errors="surrogateescape", check=False
    )
    found = schedulable(read_dumps(process.stderr))
    if found is None:
        said = process.stderr.strip() or "it has no function to schedule"
        raise _refusal(said, name, "iree-compile gave no stream IR")
    return found.text.strip("\n") + "\n"


def text_of_bytecode(data: bytes, name: str) -> str:
    """Returns a program that is MLIR bytecode as a text.

    Raises:
        InputError: the compiler, which reads it, is not installed.
        SourceError: the bytecode is broken.
    """
    reader = tool("iree-opt")
    if reader is None:
        message = f"this is MLIR bytecode, and the compiler that reads it is not installed: {INSTALL}"
        raise InputError(message, Location.start_of(name))
    import subprocess

    command = [reader, "-", "--allow-unregistered-dialect"]
    process = subprocess.run(command, input=data, capture_output=True, check=False)
    if process.returncode:
        raise _refusal(process.stderr.decode(errors="replace").strip(), name, "iree-opt cannot read this bytecode")
    return process.stdout.decode(errors="surrogateescape")


def _refusal(said: str, name: str, failure: str) -> SourceError:
    """The first error of what a tool said of the program `name`, at its place; or else, all of it and that it failed."""
    found = re.search(_DIAGNOSTIC, said)
    if found is None:
        return SourceError(f"{failure}: {said[:500]}", Location.start_of(name))
    # A program may know of each op the place in the source that it was made from: the user's Python, say.
    file = name if found["file"] in _INPUT else found["file"]
    return SourceError(found["message"], Location(file, max(int(found["line"]), 1), max(int(found["column"]), 1)))
