"""Programs crossed with one another: the clean-up and both passes print what the real tool prints, or both refuse."""

import os

import pytest

from iree_explorer.errors import ExplorerError
from iree_explorer.passes.pipeline import run_pipeline
from iree_explorer.syntax import parse, print_module
from tests.conformance import oracle
from tests.conformance.crossing import crossing

SEEDS = int(os.environ.get("IREE_EXPLORER_SEEDS", "120"))


def ours(text: str, passes: str) -> str | None:
    """What ours prints; None: it refuses."""
    try:
        module = parse(text, allow_unregistered=True)
        run_pipeline(module, oracle.pipeline(passes))
    except ExplorerError:
        return None
    return print_module(module.op)


@pytest.mark.parametrize("first", range(0, SEEDS, 20))
def test_crossed_programs(first: int) -> None:
    for seed in range(first, min(first + 20, SEEDS)):
        text = crossing(seed)
        for passes in ("canonicalize", "both"):
            theirs, messages = oracle.schedule(text, passes)
            if theirs is None and any(words in messages for words in oracle.CRASHED):
                continue
            assert ours(text, passes) == (theirs and theirs.rstrip("\n") + "\n"), (seed, passes)


def test_most_crossed_programs_are_valid() -> None:
    refused = [seed for seed in range(60) if ours(crossing(seed), "canonicalize") is None]
    assert len(refused) < 12, refused
