"""Prints every scheduling decision in words, a block per op, like the debug output that the released compiler lacks."""

import argparse

from iree_explorer.cli.common import add_input, add_schedule_options, load_input, schedule_options, write_text
from iree_explorer.exploration import explore_module


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the command's arguments."""
    add_input(parser)
    add_schedule_options(parser)
    parser.add_argument("-o", dest="output", default="-", metavar="FILE", help="where to write; - is standard output")


def execute(arguments: argparse.Namespace) -> int:
    """Runs the command; a program that cannot be scheduled prints the decisions that led there, and has status 1."""
    exploration = explore_module(load_input(arguments.input), **schedule_options(arguments))
    write_text(arguments.output, exploration.trace_text())
    return 0 if exploration.refusal is None else 1
