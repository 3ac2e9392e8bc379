"""Draws the execution and concurrency regions of a scheduled program; the output's suffix chooses the format: .svg, .dot, .png, .html, or .json for Model Explorer."""

import argparse

from iree_explorer.cli.common import add_input, add_schedule_options, explore_input
from iree_explorer.graph import VIEWS


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the command's arguments."""
    add_input(parser)
    add_schedule_options(parser)
    parser.add_argument(
        "--function", metavar="NAME", help="the function to draw (default: the one with most to schedule)"
    )
    parser.add_argument(
        "--view",
        choices=VIEWS,
        default="lanes",
        help="lanes: time downwards, a lane per device (default); dag: each op below what it needs; DOT is laid out by Graphviz",
    )
    parser.add_argument(
        "-o", dest="output", required=True, metavar="FILE", help="x.svg, x.dot, x.png, x.html or x.json"
    )


def execute(arguments: argparse.Namespace) -> int:
    """Runs the command."""
    exploration = explore_input(arguments)
    exploration.save_graph(arguments.output, function=arguments.function, view=arguments.view)
    return 0
