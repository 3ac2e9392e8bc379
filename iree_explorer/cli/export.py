"""Writes the whole stepper as one offline page."""

import argparse

from iree_explorer.cli.common import add_input, add_schedule_options, explore_input, parse_page, write_text


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the command's arguments."""
    add_input(parser)
    add_schedule_options(parser)
    parser.add_argument(
        "-o", dest="output", required=True, type=parse_page, metavar="FILE", help="page.html; - is standard output"
    )


def execute(arguments: argparse.Namespace) -> int:
    """Runs the command."""
    exploration = explore_input(arguments)
    write_text(arguments.output, exploration.to_html())
    return 0
