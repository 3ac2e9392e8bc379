"""What several commands share: inputs, and the options of the schedule."""

import argparse
import sys
from typing import TYPE_CHECKING, Final, TypedDict

from iree_explorer.cli.partitioners import add_load_option
from iree_explorer.errors import InputError, Location
from iree_explorer.files import write_file
from iree_explorer.frontends import load_text, read_named
from iree_explorer.frontends.load import decode
from iree_explorer.partitioning.config import DEFAULT_PARTITIONER, SCOPES, Favor, Scope, scopes_named
from iree_explorer.partitioning.partitioner import partitioner_names
from iree_explorer.syntax import Module
from iree_explorer.syntax.collector import retire_collector

if TYPE_CHECKING:
    from iree_explorer.exploration import Exploration

FAVORS = tuple(favor.value for favor in Favor)


def add_input(parser: argparse.ArgumentParser) -> None:
    """Adds the one positional input."""
    parser.add_argument(
        "input", metavar="IN", help="a path, an https:// URL, the name of a sample, or - for standard input"
    )
    add_unregistered_option(parser)


def add_unregistered_option(parser: argparse.ArgumentParser) -> None:
    """Adds the switch that accepts unknown dialects."""
    parser.add_argument(
        "--allow-unregistered-dialect",
        "-allow-unregistered-dialect",  # as iree-opt's error says
        dest="allow_unregistered",
        action="store_true",
        help="accept ops of unknown dialects, in generic form",
    )


def add_schedule_options(parser: argparse.ArgumentParser) -> None:
    """Adds the options that choose how a program is scheduled."""
    parser.add_argument("--favor", choices=FAVORS, help="what the schedule favors where the program does not say")
    parser.add_argument(
        "--passes",
        default=",".join(SCOPES),
        type=parse_passes,
        help="which of execution,concurrency to run (default: both)",
    )
    parser.add_argument(
        "--execution",
        default=DEFAULT_PARTITIONER,
        metavar="PARTITIONER",
        help=f"the partitioner of execution regions: {_names('execution')} (default: reference)",
    )
    parser.add_argument(
        "--concurrency",
        default=DEFAULT_PARTITIONER,
        metavar="PARTITIONER",
        help=f"the partitioner of waves: {_names('concurrency')} (default: reference)",
    )
    add_load_option(parser)


AGAINST: Final = "--against-favor, --partitioner or --against-…"
"""What `add_against_options` adds, for an error."""


def add_against_options(parser: argparse.ArgumentParser) -> None:
    """Adds the options that say how a second schedule differs from the first."""
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


def _names(scope: Scope) -> str:
    return ", ".join(partitioner_names(scope))


class ScheduleChoice(TypedDict):
    """Keyword arguments of `schedule` and `explore_module`."""

    favor: str | None
    passes: tuple[Scope, ...]
    execution: str
    concurrency: str


def schedule_options(arguments: argparse.Namespace) -> ScheduleChoice:
    """Returns the options that were chosen."""
    return ScheduleChoice(
        favor=arguments.favor,
        passes=arguments.passes,
        execution=arguments.execution,
        concurrency=arguments.concurrency,
    )


class AgainstChoice(TypedDict):
    """Keyword arguments of `compare` and `survey`; None: as the first schedule."""

    favor: str | None
    partitioner: str | None
    execution: str | None
    concurrency: str | None
    passes: tuple[Scope, ...] | None


def against_options(arguments: argparse.Namespace) -> AgainstChoice:
    """Returns how the second schedule differs."""
    return AgainstChoice(
        favor=arguments.against_favor,
        partitioner=arguments.partitioner,
        execution=arguments.against_execution,
        concurrency=arguments.against_concurrency,
        passes=arguments.against_passes,
    )


def read_input(argument: str) -> tuple[str, str]:
    """Returns an input's name and text; `-` is standard input."""
    if argument == "-":
        return "<stdin>", _read_standard_input()
    if "\n" in argument:
        raise InputError("the input is a path, not a text")
    return read_named(argument)


def _read_standard_input() -> str:
    stream = sys.stdin
    if stream is None:  # `<&-`
        raise InputError("standard input is closed", Location.start_of("<stdin>"))
    return decode(stream.buffer.read(), "<stdin>")


def load_input(argument: str, arguments: argparse.Namespace) -> Module:
    """Loads an input, as the switch of `add_unregistered_option` has it; see `read_input`."""
    name, text = read_input(argument)
    return load_text(text, name, allow_unregistered=arguments.allow_unregistered)


def explore_input(arguments: argparse.Namespace) -> "Exploration":
    """The program of `add_input`, scheduled as `add_schedule_options` has it, in a process that mostly does nothing else."""
    from iree_explorer.exploration import explore_module

    if arguments.ends_process:
        retire_collector()
    return explore_module(load_input(arguments.input, arguments), **schedule_options(arguments))


def write_text(path: str, text: str) -> None:
    """Writes a text; `-` is standard output."""
    if path == "-":
        sys.stdout.write(text)
    else:
        write_file(path, text)


def parse_page(text: str) -> str:
    """Where a page is written, as an option's value: not where a reader expects a picture."""
    if text.lower().endswith((".svg", ".dot", ".png", ".json")):
        raise argparse.ArgumentTypeError(
            f"{text}: what is written is a page, .html; iree-explorer graph draws the others"
        )
    return text


def parse_passes(text: str) -> tuple[Scope, ...]:
    """Names of passes with commas between them, as an option's value."""
    try:
        return scopes_named(text)
    except InputError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
