"""How a program is executed: options that `run` and `check` share."""

import argparse
from typing import Any, TypedDict

from iree_explorer.execution import BACKENDS


class RunChoice(TypedDict):
    """Keyword arguments of `run` and `check`."""

    backend: str
    workers: int | None
    seed: int | None
    parameters: dict[str, Any]
    check_hazards: bool


def add_run_options(parser: argparse.ArgumentParser) -> None:
    """Adds the options that say what executes a program, and how."""
    parser.add_argument("--backend", default="numpy", choices=BACKENDS, help="what executes (default: numpy)")
    parser.add_argument("--workers", type=_positive, metavar="N", help="threads (default: as many as processors)")
    parser.add_argument(
        "--seed",
        type=int,
        metavar="N",
        help="pick among ready work in a shuffled order, the same order for the same number",
    )
    parser.add_argument(
        "--check-hazards",
        action="store_true",
        help="fail where ops that may run at once touch the same bytes, or one reads what another has overwritten",
    )
    parser.add_argument(
        "--parameters",
        action="append",
        default=[],
        metavar="[SCOPE=]FILE",
        help="parameters from an .irpa, .safetensors, .npz or .gguf file, as iree-run-module; once per file",
    )


def run_options(arguments: argparse.Namespace) -> RunChoice:
    """Returns the options that were chosen."""
    parameters: dict[str, list[str]] = {}
    for text in arguments.parameters:
        scope, equals, path = text.partition("=")
        parameters.setdefault(scope if equals else "", []).append(path if equals else text)
    return RunChoice(
        backend=arguments.backend,
        workers=arguments.workers,
        seed=arguments.seed,
        parameters=parameters,
        check_hazards=arguments.check_hazards,
    )


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no integer of at least 1")
    return int(text)
