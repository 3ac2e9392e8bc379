"""The clean-up of random arithmetic is the real tool's, constant for constant. `IREE_EXPLORER_SEEDS=2000` runs more."""

import os

import pytest

from iree_explorer.passes.pipeline import run_pipeline
from iree_explorer.syntax import parse, print_module
from tests.conformance import oracle
from tests.conformance.folding import arithmetic

SEEDS = int(os.environ.get("IREE_EXPLORER_SEEDS", "120"))
PIPELINE = "builtin.module(canonicalize)"


@pytest.mark.parametrize("first", range(0, SEEDS, 40))
def test_arithmetic_folds_as_by_the_real_tool(first: int) -> None:
    for seed in range(first, min(first + 40, SEEDS)):
        text = arithmetic(seed)
        expected, messages = oracle.iree_opt(text, f"--pass-pipeline={PIPELINE}")
        assert expected is not None, (seed, messages)
        module = parse(text)
        run_pipeline(module, PIPELINE)
        assert print_module(module.op).rstrip("\n") == expected.rstrip("\n"), seed
