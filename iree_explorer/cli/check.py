"""Runs every function of modules that use the check dialect, scheduled first. Prints a line per function, then how many passed."""

import argparse

from iree_explorer.cli.common import add_schedule_options, add_unregistered_option, load_input
from iree_explorer.cli.main import print_error
from iree_explorer.cli.run import scheduled
from iree_explorer.cli.run_options import add_run_options, run_options
from iree_explorer.cli.terminal import visible
from iree_explorer.execution import CheckResult, check


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the command's arguments."""
    parser.add_argument("inputs", nargs="+", metavar="IN", help="a path, an https:// URL, or - for standard input")
    add_run_options(parser)
    add_unregistered_option(parser)
    add_schedule_options(parser)


def execute(arguments: argparse.Namespace) -> int:
    """Runs the command; status 1 where a check failed or an input could not be run."""
    counts = [_check(path, arguments) for path in arguments.inputs]
    passed, failed = (sum(column) for column in zip(*counts, strict=True))
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


def _check(path: str, arguments: argparse.Namespace) -> tuple[int, int]:
    """Returns how many functions of an input passed and failed; an input that cannot be run counts as one that failed."""
    try:
        module = scheduled(load_input(path, arguments), arguments)
        results = check(module, **run_options(arguments))
    except Exception as error:
        print_error(error, path)
        return 0, 1
    if not results:
        print(f"NONE {path}: it has no public function without arguments, which is what is run")
    for result in results:
        print(visible(_line(path, result)))
    passed = sum(result.passed for result in results)
    return passed, len(results) - passed


def _line(path: str, result: CheckResult) -> str:
    if not result.passed:
        return f"FAIL {path} @{result.function}: {result.error}"
    return f"PASS {path} @{result.function}{'' if result.checks else ': it ran, and checked nothing'}"
