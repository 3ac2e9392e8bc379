"""Schedules a program, executes a function of it, and prints its results; inputs and outputs as in iree-run-module."""

import argparse
import shlex
from collections.abc import Mapping, Sequence
from typing import Any

from iree_explorer.cli.common import add_input, add_schedule_options, load_input, schedule_options
from iree_explorer.cli.run_options import add_run_options, run_options
from iree_explorer.errors import InputError
from iree_explorer.execution import RunResult, format_result, parse_inputs, run, signature
from iree_explorer.execution.values.outputs import mismatch, require_target, write_output
from iree_explorer.execution.values.signature import Signature, counted, miscounted
from iree_explorer.execution.values.text import MOST_ELEMENTS
from iree_explorer.files import write_file
from iree_explorer.passes.schedule import Schedule, is_scheduled, schedule
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
        help="one argument: 4x16xf32=1 2 3, 2x2xi32=[1 2][3 4], f32=1.5, 7, @x.npy, or raw bytes 4xf32=@x.bin; "
        "+ instead of @ continues in the same file; once per argument",
    )
    parser.add_argument(
        "--output",
        action="append",
        default=[],
        dest="outputs",
        type=_target,
        metavar="FILE",
        help="where to write a result: @x.npy, raw bytes @x.bin; + instead of @ adds to the file; - prints it, "
        "an empty value drops it; once per result (default: print all)",
    )
    parser.add_argument(
        "--expected_output",
        action="append",
        default=[],
        dest="expected",
        metavar="VALUE",
        help="what a result must be, written as for --input, or (ignored); once per result; exits with 1 if one differs",
    )
    parser.add_argument(
        "--output_max_element_count",
        type=int,
        default=MOST_ELEMENTS,
        dest="most",
        metavar="N",
        help=f"how many elements of a result to print (default: {MOST_ELEMENTS})",
    )
    add_run_options(parser)
    parser.add_argument(
        "--check-finite", action="store_true", help="fail at an op that makes a NaN or an infinity from finite inputs"
    )
    parser.add_argument("--trace", metavar="FILE", help="write what ran when as Chrome trace JSON, for Perfetto")
    add_schedule_options(parser)


def execute(arguments: argparse.Namespace) -> int:
    """Runs the command."""
    module = scheduled(load_input(arguments.input, arguments), arguments, trace=bool(arguments.trace))
    inputs = parse_inputs(arguments.inputs)
    expected = parse_inputs(arguments.expected, "expected output")
    function = arguments.function.removeprefix("@")
    types = signature(module, function)
    _require_inputs(function, types, len(inputs), arguments.input)
    _require_results(function, types, {"--output": len(arguments.outputs), "--expected_output": len(expected)})
    result = run(module, function, *inputs, **run_options(arguments), check_finite=arguments.check_finite)
    print(f"EXEC @{function}")
    if arguments.trace:
        write_file(arguments.trace, result.timeline.to_chrome())
    for number, target in enumerate(arguments.outputs or ["" if expected else "-"] * len(result.outputs)):
        _write(result, number, target, arguments.most)
    return _compare(result, expected) if expected else 0


def scheduled(module: Module, arguments: argparse.Namespace, *, trace: bool = False) -> Module | Schedule:
    """Returns the module after the passes that were asked for, with their trace if asked for; one that is scheduled already as it is."""
    if is_scheduled(module):
        return module
    return schedule(module, trace=trace, **schedule_options(arguments))


def _require_inputs(function: str, types: Signature, count: int, source: str) -> None:
    """Refuses more or fewer inputs than the function takes; the error shows a command that has as many.

    Raises:
        InputError: there are.
    """
    if count != len(types.inputs):
        flags = [f"--input={type_.example()}" for type_ in types.inputs]
        called = [] if function == "main" else [f"--function={function}"]
        command = shlex.join(["iree-explorer", "run", source, *called, *flags])
        raise InputError(f"{miscounted(function, types, count)}; for example: {command}")


def _require_results(function: str, types: Signature, given: Mapping[str, int]) -> None:
    """Refuses a flag that is given, but not once per result.

    Raises:
        InputError: one is.
    """
    count = len(types.outputs)
    for flag, times in given.items():
        if times not in (0, count):
            raise InputError(
                f"@{function} has {counted(count, 'result')}, but {flag} is given {counted(times, 'time')}"
            )


def _write(result: RunResult, number: int, target: str, most: int) -> None:
    value, element = result.outputs[number], result.elements[number]
    if target == "-":
        print(format_result(number, value, element, most))
    elif target:
        write_output(target, value, element)


def _target(text: str) -> str:
    try:
        if text not in ("", "-"):
            require_target(text)
    except InputError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    return text


def _compare(result: RunResult, expected: Sequence[Any]) -> int:
    """Prints how results differ from those expected; the exit status."""
    triples = zip(result.outputs, result.elements, expected, strict=True)
    failures = [text for number, (v, e, want) in enumerate(triples) if (text := mismatch(number, v, e, want))]
    print("\n".join(failures) or "[SUCCESS] all function outputs matched their expected values.")
    return 1 if failures else 0
