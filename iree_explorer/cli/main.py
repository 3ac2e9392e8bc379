"""The parser of the command line, and how errors leave it: one clear line each, never a traceback."""

import argparse
import gc
import importlib
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Final

from iree_explorer import __version__
from iree_explorer.cli.lazy_dataclasses import compile_methods_late
from iree_explorer.cli.partitioners import load_partitioners
from iree_explorer.cli.terminal import visible
from iree_explorer.errors import ExplorerError, SourceError

COMMANDS: Final = {
    "opt": "parse, run passes, print, as iree-opt does",
    "run": "schedule a program, execute a function of it, print its results",
    "check": "run every function of modules that use the check dialect",
    "trace": "print every scheduling decision in words",
    "graph": "draw execution and concurrency regions as SVG, DOT, PNG, HTML or JSON",
    "compare": "compare two schedules: figures, and the ops that moved",
    "survey": "compare two schedules of each of many programs: a table of figures",
    "export": "write the whole stepper as one offline page",
    "lab": "open JupyterLab on the quick-start notebook",
}
"""Each command is the module `iree_explorer.cli.<name>`: `add_arguments(parser)` and `execute(arguments) -> exit status`.
A module is imported when its command runs, so that each starts no slower than it must."""

DEBUG_VARIABLE: Final = "IREE_EXPLORER_DEBUG"
"""Set in the environment: an internal error shows its Python traceback."""

_INTERRUPTED: Final = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command line; returns the exit status: 0 success, 1 an error in the input, 2 a wrong command line."""
    if argv is None:
        _prepare_streams()
    arguments = list(sys.argv[1:] if argv is None else argv)
    if not arguments or arguments[0] not in COMMANDS:
        parser = _parser()
        parser.parse_args(arguments)  # --help, --version, or an error
        parser.print_help(sys.stderr)
        return 2
    try:
        status = _run_command(arguments[0], arguments[1:], ends_process=argv is None)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:  # `… | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        if os.environ.get(DEBUG_VARIABLE) and not isinstance(error, ExplorerError | OSError):
            raise
        print_error(error)
        return 1
    return status


def _run_command(name: str, arguments: Sequence[str], *, ends_process: bool) -> int:
    command = load_command(name, ends_process=ends_process)
    sub = argparse.ArgumentParser(prog=f"iree-explorer {name}", description=command.__doc__, formatter_class=_Formatter)
    command.add_arguments(sub)
    sub.set_defaults(ends_process=ends_process)  # else a Python program goes on behind it
    parsed = sub.parse_args(arguments)
    for path in getattr(parsed, "load_partitioners", ()):
        load_partitioners(path)
    status: int = command.execute(parsed)
    return status


def _prepare_streams() -> None:
    """What was closed before the start (`>&-`) leads nowhere; letters that an encoding lacks are escaped."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 (open to the end)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def print_error(error: Exception, name: str = "") -> None:
    """Prints an error as compilers do: `file:line:column: error: …`; `name` is the input's, where the error knows none."""
    print(visible(_error_line(error, name)), file=sys.stderr)


def _error_line(error: Exception, name: str) -> str:
    if isinstance(error, ExplorerError):
        return str(error) if error.location or isinstance(error, SourceError) else f"error: {error}"
    if isinstance(error, OSError):  # an output that cannot be written
        place = f"{error.filename}:1:1: " if error.filename else ""
        return f"{place}error: {error.strerror or error}"
    place = f"{name}:1:1: " if name else ""
    what = f"{type(error).__name__}: {error}".splitlines()[0]
    return f"{place}error: internal error, please report it with the input ({what}); {DEBUG_VARIABLE}=1 shows more"


class _Formatter(argparse.RawDescriptionHelpFormatter):
    pass


def _parser() -> argparse.ArgumentParser:
    """Of the command line where no command is named."""
    from iree_explorer import samples  # commands import it once dataclasses are compiled late

    width = max(map(len, COMMANDS))
    lines = "\n".join(f"  {name:{width}}  {summary}" for name, summary in COMMANDS.items())
    names = " ".join(sample.name for sample in samples.ALL)
    parser = argparse.ArgumentParser(
        prog="iree-explorer",
        description="See why IREE's stream passes schedule a program as they do.",
        epilog=f"commands:\n{lines}\n\nSee `iree-explorer COMMAND --help` for more. Samples to begin with:\n  {names}",
        formatter_class=_Formatter,
    )
    parser.add_argument("--version", action="version", version=f"iree-explorer {__version__}")
    parser.add_argument("command", nargs="?", metavar="COMMAND", choices=tuple(COMMANDS), help="see below")
    return parser


def load_command(name: str, *, ends_process: bool) -> ModuleType:
    """The module of a command, imported in a fraction of the time where the process ends with it (see `lazy_dataclasses`)."""
    module = f"iree_explorer.cli.{name}"
    if not ends_process:
        return importlib.import_module(module)
    compile_methods_late()
    # All that imports make stays: looking for garbage in it takes a tenth of the time to start.
    gc.disable()
    command = importlib.import_module(module)
    if "xdsl.irdl" in sys.modules:
        importlib.import_module("iree_explorer.cli.lazy_ops").define_ops_late()
    gc.freeze()
    gc.enable()
    return command
