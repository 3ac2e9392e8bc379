"""Prints every scheduling decision in words, a block per op, like the debug output that the released compiler lacks."""

import argparse

from iree_explorer.cli.common import add_input, add_schedule_options, explore_input, write_text
from iree_explorer.cli.terminal import visible
from iree_explorer.errors import InputError
from iree_explorer.exploration import Exploration


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the command's arguments."""
    add_input(parser)
    add_schedule_options(parser)
    parser.add_argument(
        "--why", metavar="OP", help="say only why this op is where it is: %%7, as the trace names it, or :12, a line"
    )
    parser.add_argument("--why-not", metavar="OTHER", help="with --why: say why the two ops are not together")
    parser.add_argument("-o", dest="output", default="-", metavar="FILE", help="where to write; - is standard output")


def execute(arguments: argparse.Namespace) -> int:
    """Runs the command; a program that cannot be scheduled prints the decisions that led there, and has status 1."""
    if arguments.why_not and not arguments.why:
        raise InputError("--why-not OTHER needs --why OP")
    exploration = explore_input(arguments)
    write_text(arguments.output, visible(_answer(exploration, arguments.why, arguments.why_not)))
    return 0 if exploration.refusal is None else 1


def _answer(exploration: Exploration, op: str | None, other: str | None) -> str:
    """The whole trace, or what is asked about one op or two."""
    if op is None:
        return exploration.trace_text()
    return (exploration.why(op) if other is None else exploration.why_not(op, other)) + "\n"
