"""The clean-up of random affine maps is the real tool's, term for term. `IREE_EXPLORER_SEEDS=2000` runs more."""

import os

import pytest

from iree_explorer.passes.pipeline import run_pipeline
from iree_explorer.syntax import parse, print_module
from tests.conformance import oracle
from tests.conformance.affine_maps import affine_maps

SEEDS = int(os.environ.get("IREE_EXPLORER_SEEDS", "120"))
PIPELINE = "builtin.module(canonicalize)"


@pytest.mark.parametrize("first", range(0, SEEDS, 40))
def test_affine_maps_are_simplified_as_by_the_real_tool(first: int) -> None:
    for seed in range(first, min(first + 40, SEEDS)):
        text = affine_maps(seed)
        flags = (f"--pass-pipeline={PIPELINE}", "--allow-unregistered-dialect")
        expected, messages = oracle.iree_opt(text, *flags)
        if any(words in messages for words in oracle.CRASHED):
            continue  # Some divisions by symbols.
        assert expected is not None, (seed, messages)
        module = parse(text, allow_unregistered=True)
        run_pipeline(module, PIPELINE)
        assert print_module(module.op).rstrip("\n") == expected.rstrip("\n"), seed
