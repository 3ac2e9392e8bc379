"""The clean-up of random ops on shapes of tensors is the real tool's; both refuse the same. `IREE_EXPLORER_SEEDS=2000` runs more."""

import os

import pytest

from iree_explorer.errors import ExplorerError
from iree_explorer.passes.pipeline import run_pipeline
from iree_explorer.syntax import parse, print_module
from tests.conformance import oracle
from tests.conformance.tensor_shapes import tensor_shapes

SEEDS = int(os.environ.get("IREE_EXPLORER_SEEDS", "120"))
PIPELINE = "builtin.module(canonicalize)"


def ours(text: str) -> str | None:
    """What our clean-up makes of a program; None: it, or the program, is refused."""
    try:
        module = parse(text)
        run_pipeline(module, PIPELINE)
    except ExplorerError:
        return None
    return print_module(module.op).rstrip("\n")


@pytest.mark.parametrize("first", range(0, SEEDS, 40))
def test_shapes_are_simplified_as_by_the_real_tool(first: int) -> None:
    for seed in range(first, min(first + 40, SEEDS)):
        text = tensor_shapes(seed)
        expected, messages = oracle.iree_opt(text, f"--pass-pipeline={PIPELINE}")
        if expected is None and any(words in messages for words in oracle.CRASHED):
            continue
        assert ours(text) == (None if expected is None else expected.rstrip("\n")), seed
