"""Compares two schedules: of two programs, or of one program with other options. Prints figures and the ops that moved."""

import argparse

from iree_explorer.cli.common import (
    FAVORS,
    add_input,
    add_schedule_options,
    explore_input,
    load_input,
    parse_passes,
    write_text,
)
from iree_explorer.errors import InputError


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
        help="the second schedule's partitioner of regions and of waves, where there is one of this name",
    )
    parser.add_argument(
        "--against-execution", metavar="PARTITIONER", help="the second schedule's partitioner of execution regions"
    )
    parser.add_argument(
        "--against-concurrency", metavar="PARTITIONER", help="the second schedule's partitioner of waves"
    )
    parser.add_argument(
        "--against-passes", type=parse_passes, metavar="PASSES", help="which passes make the second schedule"
    )
    parser.add_argument("--run", metavar="FUNCTION", help="also run this function of both, on made-up inputs")
    parser.add_argument(
        "-o", dest="output", metavar="FILE", help="also write page.html, the stepper with the comparison"
    )


def execute(arguments: argparse.Namespace) -> int:
    """Runs the command; status 1 where one of the programs cannot be scheduled."""
    against = {
        "favor": arguments.against_favor,
        "partitioner": arguments.partitioner,
        "execution": arguments.against_execution,
        "concurrency": arguments.against_concurrency,
        "passes": arguments.against_passes,
    }
    if arguments.other is None and all(value is None for value in against.values()):
        raise InputError("say what differs: OTHER, --against-favor, --partitioner or --against-…")
    first = explore_input(arguments)
    other = None if arguments.other is None else load_input(arguments.other)
    found = first.compare(other, **against)
    if arguments.run:
        found = found.run(arguments.run.removeprefix("@"))
    write_text("-", found.to_text())
    if arguments.output:
        found.to_html(arguments.output)
    return 1 if found.before.refusal or found.after.refusal else 0
