"""Schedules a program, executes a function of it, and prints its results; inputs and outputs as in iree-run-module."""

import argparse
import sys
from pathlib import Path
from typing import Any

from iree_explorer.cli.common import add_input, add_schedule_options, load_input, schedule_options
from iree_explorer.errors import InputError
from iree_explorer.execution import BACKENDS, RunResult, format_result, parse_input, run
from iree_explorer.passes.schedule import is_scheduled, schedule
from iree_explorer.syntax import Module


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the command's arguments."""
    add_input(parser)
    parser.add_argument("--function", default="main", metavar="NAME", help="the function to run (default: main)")
    parser.add_argument(
        "--input",
        action="append",
        default=[],
        dest="inputs",
        metavar="VALUE",
        help="one argument: 4x16xf32=1 2 3, 2x2xi32=[1 2][3 4], f32=1.5, 7, or @x.npy; once per argument",
    )
    parser.add_argument(
        "--output",
        action="append",
        default=[],
        dest="outputs",
        metavar="FILE",
        help="where to write a result: @x.npy; - prints it; once per result (default: print all)",
    )
    parser.add_argument("--backend", default="numpy", choices=BACKENDS, help="what executes (default: numpy)")
    parser.add_argument("--workers", type=_positive, metavar="N", help="threads (default: as many as processors)")
    parser.add_argument(
        "--trace", metavar="FILE", help="write what ran when as Chrome trace JSON, which Perfetto opens"
    )
    add_schedule_options(parser)


def execute(arguments: argparse.Namespace) -> int:
    """Runs the command."""
    module = scheduled(load_input(arguments.input), arguments)
    inputs = [parse_input(text) for text in arguments.inputs]
    result = run(
        module, arguments.function.removeprefix("@"), *inputs, workers=arguments.workers, backend=arguments.backend
    )
    if arguments.outputs and len(arguments.outputs) != len(result.outputs):
        raise InputError(f"error: {len(result.outputs)} results, but {len(arguments.outputs)} times --output")
    print(f"EXEC @{arguments.function.removeprefix('@')}")
    for number, target in enumerate(arguments.outputs or ["-"] * len(result.outputs)):
        _write_output(result, number, target)
    if arguments.trace:
        Path(arguments.trace).write_text(result.timeline.to_chrome(), encoding="utf-8")
    return 0


def scheduled(module: Module, arguments: argparse.Namespace) -> Module:
    """Returns the module after the passes that were asked for; one that is scheduled already as it is."""
    if is_scheduled(module):
        return module
    return schedule(module, trace=False, **schedule_options(arguments)).module


def _write_output(result: RunResult, number: int, target: str) -> None:
    value: Any = result.outputs[number]
    if target == "-":
        sys.stdout.write(format_result(number, value, result.elements[number]) + "\n")
        return
    if not target.startswith("@"):
        raise InputError(f"error: an output is @FILE.npy or -, not {target!r}")
    import numpy as np

    np.save(target[1:], value)


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number
