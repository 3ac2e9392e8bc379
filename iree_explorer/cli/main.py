"""The parser of the command line, and how errors leave it: one clear line each, never a traceback."""

import argparse
import gc
import importlib
import os
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Final

from iree_explorer import __version__
from iree_explorer.cli.lazy_dataclasses import compile_methods_late
from iree_explorer.errors import ExplorerError

COMMANDS: Final = {
    "opt": "parse, run passes, print, as iree-opt does",
    "run": "schedule a program, execute a function of it, print its results",
    "check": "run every function of modules that use the check dialect",
    "trace": "print every scheduling decision in words",
    "graph": "draw execution and concurrency regions as SVG, DOT, PNG or HTML",
    "compare": "set two schedules side by side: figures, and ops that moved",
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
    arguments = list(sys.argv[1:] if argv is None else argv)
    parser = _parser()
    if not arguments or arguments[0] not in COMMANDS:
        parser.parse_args(arguments)  # --help, --version, or an error
        parser.print_help(sys.stderr)
        return 2
    name = arguments[0]
    if argv is None:
        compile_methods_late()
    command = _command(name)
    sub = argparse.ArgumentParser(prog=f"iree-explorer {name}", description=command.__doc__, formatter_class=_Formatter)
    command.add_arguments(sub)
    sub.set_defaults(ends_process=argv is None)  # else a Python program goes on behind it
    return _guarded(command, sub.parse_args(arguments[1:]))


def _guarded(command: ModuleType, arguments: argparse.Namespace) -> int:
    try:
        status: int = command.execute(arguments)
        sys.stdout.flush()
    except ExplorerError as error:
        print_error(error)
        return 1
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:  # `… | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:  # an output that cannot be written
        place = f"{error.filename}:1:1: " if error.filename else ""
        print(f"{place}error: {error.strerror or error}", file=sys.stderr)
        return 1
    except Exception as error:
        if os.environ.get(DEBUG_VARIABLE):
            raise
        print(internal_error(error), file=sys.stderr)
        return 1
    return status


def print_error(error: ExplorerError) -> None:
    """Prints an error as compilers do: `file:line:column: error: …`."""
    text = str(error)
    print(text if "error: " in text else f"error: {text}", file=sys.stderr)


def internal_error(error: Exception, name: str = "") -> str:
    """Returns the line a user sees of an error that nobody raised on purpose."""
    place = f"{name}:1:1: " if name else ""
    what = f"{type(error).__name__}: {error}".splitlines()[0]
    return f"{place}error: internal error, please report it with the input ({what}); {DEBUG_VARIABLE}=1 shows more"


class _Formatter(argparse.RawDescriptionHelpFormatter):
    pass


def _parser() -> argparse.ArgumentParser:
    width = max(map(len, COMMANDS))
    lines = "\n".join(f"  {name:{width}}  {summary}" for name, summary in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="iree-explorer",
        description="See why IREE's stream passes schedule a program as they do.",
        epilog=f"commands:\n{lines}\n\n`iree-explorer COMMAND --help` tells more.",
        formatter_class=_Formatter,
    )
    parser.add_argument("--version", action="version", version=f"iree-explorer {__version__}")
    parser.add_argument("command", nargs="?", metavar="COMMAND", choices=tuple(COMMANDS), help="see below")
    return parser


def _command(name: str) -> ModuleType:
    # All that imports make stays: looking for garbage in it takes a tenth of the time to start.
    gc.disable()
    command = importlib.import_module(f"iree_explorer.cli.{name}")
    gc.freeze()
    gc.enable()
    return command
