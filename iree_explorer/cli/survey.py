"""Schedules many programs in two ways and prints what differs: a line of figures for each program."""

import argparse

from iree_explorer.cli.common import (
    AGAINST,
    add_against_options,
    add_schedule_options,
    add_unregistered_option,
    against_options,
    load_input,
    schedule_options,
    write_text,
)
from iree_explorer.cli.main import print_error
from iree_explorer.cli.terminal import visible
from iree_explorer.errors import ExplorerError, InputError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the command's arguments."""
    parser.add_argument(
        "inputs", nargs="+", metavar="IN", help="a path, an https:// URL, the name of a sample, or - for standard input"
    )
    add_unregistered_option(parser)
    add_schedule_options(parser)
    add_against_options(parser)


def execute(arguments: argparse.Namespace) -> int:
    """Runs the command; status 1 where a program could not be read or scheduled in both ways."""
    from iree_explorer.exploration import Exploration, explore_module, survey

    against = against_options(arguments)
    if all(value is None for value in against.values()):
        raise InputError(f"say what differs: {AGAINST}")
    explored: list[Exploration] = []
    for path in arguments.inputs:
        try:
            explored.append(explore_module(load_input(path, arguments), **schedule_options(arguments)))
        except ExplorerError as error:
            print_error(error, path)
    found = survey(explored, **against)
    write_text("-", visible(found.to_text()))
    is_whole = len(explored) == len(arguments.inputs)
    return 0 if is_whole and not any(one.problem() for one in found.programs) else 1
