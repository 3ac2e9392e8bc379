"""Generated programs: the real tool and ours print the same text, or both refuse. `IREE_EXPLORER_SEEDS=2000` runs more."""

import os

import pytest

from iree_explorer.errors import ExplorerError
from iree_explorer.passes.pipeline import run_pipeline
from iree_explorer.syntax import parse, print_module
from tests.conformance import oracle
from tests.conformance.generator import program

SEEDS = int(os.environ.get("IREE_EXPLORER_SEEDS", "120"))
CRASHED = ("PLEASE submit a bug report", "Please report issues to", "Stack dump")


def ours(text: str, passes: str) -> str | None:
    """What our passes print; None: they refuse."""
    module = parse(text)
    try:
        run_pipeline(module, oracle.pipeline(passes))
    except ExplorerError:
        return None
    return print_module(module.op).rstrip("\n")


@pytest.mark.parametrize("first", range(0, SEEDS, 20))
def test_generated_programs_print_as_the_real_tool_prints_them(first: int) -> None:
    for seed in range(first, min(first + 20, SEEDS)):
        text = program(seed)
        expected, messages = oracle.schedule(text)
        if expected is None and any(words in messages for words in CRASHED):
            continue
        assert ours(text, "both") == (None if expected is None else expected.rstrip("\n")), seed
