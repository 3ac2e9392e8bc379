"""`--load-partitioners`: partitioners of the user's own, from Python files."""

import argparse
import traceback
from pathlib import Path

from iree_explorer.errors import ExplorerError, InputError, Location


def add_load_option(parser: argparse.ArgumentParser) -> None:
    """Adds the option; `load_partitioners` runs the files before the command."""
    parser.add_argument(
        "--load-partitioners",
        action="append",
        default=[],
        metavar="FILE.py",
        help="a Python file that calls iree_explorer.register_partitioner; may be given more than once",
    )


def load_partitioners(path: str) -> None:
    """Runs a Python file.

    Raises:
        InputError: the file cannot be read, is no Python, or raises; at its line.
    """
    import runpy  # Not at every start.

    try:
        Path(path).read_bytes()  # so that a folder, or a file that is not there, is told from what the code opens
    except OSError as error:
        raise InputError(f"cannot read the file: {error.strerror}", Location.start_of(path)) from None
    try:
        runpy.run_path(path, run_name="__partitioners__")
    except SyntaxError as error:
        place = Location(error.filename or path, error.lineno or 1, error.offset or 1)
        raise InputError(f"SyntaxError: {error.msg}", place) from None
    except Exception as error:
        raise _raised(error, path) from None


def _raised(error: Exception, path: str) -> InputError:
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == path]
    what = str(error) if isinstance(error, ExplorerError) else f"{type(error).__name__}: {error}"
    return InputError(what, Location(path, (lines[-1] if lines else 1) or 1, 1))
