"""Sets two schedules side by side: of two programs, or of one with other options. Prints figures and the ops that moved."""

import argparse

from iree_explorer.cli.common import FAVORS, add_input, add_schedule_options, load_input, schedule_options, write_text
from iree_explorer.errors import InputError
from iree_explorer.exploration import explore_module


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the command's arguments."""
    add_input(parser)
    parser.add_argument("other", metavar="OTHER", nargs="?", help="the program to compare with (default: the same)")
    add_schedule_options(parser)
    parser.add_argument(
        "--against-favor", choices=FAVORS, help="what the second schedule favors (default: as the first)"
    )
    parser.add_argument(
        "--partitioner",
        metavar="NAME",
        help="the second schedule's partitioner of regions and of waves, as far as there is one of this name",
    )
    parser.add_argument(
        "--against-execution", metavar="PARTITIONER", help="the second schedule's partitioner of execution regions"
    )
    parser.add_argument(
        "--against-concurrency", metavar="PARTITIONER", help="the second schedule's partitioner of waves"
    )
    parser.add_argument("--run", metavar="FUNCTION", help="also run this function of both, on made-up inputs")
    parser.add_argument(
        "-o", dest="output", metavar="FILE", help="also write page.html, the stepper with the comparison"
    )


def execute(arguments: argparse.Namespace) -> int:
    """Runs the command; status 1 where one of the programs cannot be scheduled."""
    against = (
        arguments.against_favor,
        arguments.partitioner,
        arguments.against_execution,
        arguments.against_concurrency,
    )
    if arguments.other is None and not any(against):
        raise InputError("say what differs: OTHER, --against-favor, --partitioner or --against-…")
    first = explore_module(load_input(arguments.input), **schedule_options(arguments))
    other = None if arguments.other is None else load_input(arguments.other)
    favor, partitioner, execution, concurrency = against
    found = first.compare(other, favor=favor, partitioner=partitioner, execution=execution, concurrency=concurrency)
    if arguments.run:
        found = found.run(arguments.run.removeprefix("@"))
    write_text("-", found.to_text())
    if arguments.output:
        found.to_html(arguments.output)
    return 1 if found.before.refusal or found.after.refusal else 0
