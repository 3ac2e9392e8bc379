"""`%%stream_explore`: a cell of stream-dialect IR, explored. `%load_ext iree_explorer` brings it."""

from __future__ import annotations

import argparse
import shlex
from typing import Any, NoReturn

from IPython.core.error import UsageError
from IPython.core.interactiveshell import InteractiveShell
from typing_extensions import override

from iree_explorer.errors import ExplorerError
from iree_explorer.frontends import load_text
from iree_explorer.partitioning.config import DEFAULT_PARTITIONER, SCOPES
from iree_explorer.widgets.explore import explore
from iree_explorer.widgets.explorer import HEIGHT, Explorer

NAME = "stream_explore"
CELL = "cell"
"""What errors and the title call the cell's program."""


class _Parser(argparse.ArgumentParser):
    @override
    def error(self, message: str) -> NoReturn:
        options = (name for action in self._actions for name in action.option_strings)
        raise UsageError(f"%%{NAME}: {message}; its options are {', '.join(options)}")


def _parser() -> _Parser:
    parser = _Parser(prog=f"%%{NAME}", add_help=False, allow_abbrev=False)
    parser.add_argument("--favor")
    parser.add_argument("--passes", default=",".join(SCOPES))
    parser.add_argument("--execution", default=DEFAULT_PARTITIONER)
    parser.add_argument("--concurrency", default=DEFAULT_PARTITIONER)
    parser.add_argument("--allow-unregistered-dialect", dest="allow_unregistered", action="store_true")
    parser.add_argument("--title", default=CELL)
    parser.add_argument("--height", type=int, default=HEIGHT)
    return parser


def stream_explore(line: str, cell: str) -> Explorer:
    """Explores the cell's program; the line holds options of `explore`, such as `--favor max-concurrency --height 700`.

    Raises:
        UsageError: an option or the program is wrong; a notebook shows it as one line.
    """
    try:
        chosen = _parser().parse_args(shlex.split(line))
        return explore(
            load_text(cell, CELL, allow_unregistered=chosen.allow_unregistered),
            favor=chosen.favor,
            passes=chosen.passes,
            execution=chosen.execution,
            concurrency=chosen.concurrency,
            title=chosen.title,
            height=chosen.height,
        )
    except (ExplorerError, ValueError) as error:
        raise UsageError(str(error)) from error


def register(shell: InteractiveShell) -> None:
    """Makes the magic known to a shell."""
    manager: Any = shell.magics_manager
    manager.register_function(stream_explore, "cell", NAME)
