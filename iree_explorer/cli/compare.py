"""Compares two schedules: of two programs, or of one program with other options. Prints figures and the ops that moved."""

import argparse

from iree_explorer.cli.common import (
    AGAINST,
    add_against_options,
    add_input,
    add_schedule_options,
    against_options,
    explore_input,
    load_input,
    parse_page,
    write_text,
)
from iree_explorer.cli.terminal import visible
from iree_explorer.errors import InputError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the command's arguments."""
    add_input(parser)
    parser.add_argument("other", metavar="OTHER", nargs="?", help="the program to compare with (default: the same)")
    add_schedule_options(parser)
    add_against_options(parser)
    parser.add_argument("--run", metavar="FUNCTION", help="also run this function of both, on made-up inputs")
    parser.add_argument(
        "-o",
        dest="output",
        type=parse_page,
        metavar="FILE",
        help="also write page.html, the stepper with the comparison",
    )


def execute(arguments: argparse.Namespace) -> int:
    """Runs the command; status 1 where one of the programs cannot be scheduled."""
    against = against_options(arguments)
    if arguments.other is None and all(value is None for value in against.values()):
        raise InputError(f"say what differs: OTHER, {AGAINST}")
    first = explore_input(arguments)
    other = None if arguments.other is None else load_input(arguments.other, arguments)
    found = first.compare(other, **against)
    if arguments.run:
        found = found.run(arguments.run.removeprefix("@"))
    write_text("-", visible(found.to_text()))
    if arguments.output:
        found.to_html(arguments.output)
    return 1 if found.before.refusal or found.after.refusal else 0
