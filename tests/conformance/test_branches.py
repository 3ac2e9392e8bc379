"""The clean-up of blocks that do nothing but branch, in random graphs full of circles, against the real tool."""

import random

import pytest

from iree_explorer.passes.pipeline import run_pipeline
from iree_explorer.syntax import parse, print_module
from tests.conformance import oracle

PIPELINE = "builtin.module(canonicalize)"


def branches(seed: int) -> str:
    """A function of blocks that mostly hold a plain branch to any other block, forth or back."""
    choices = random.Random(seed)
    count = choices.randint(2, 9)
    lines = ["util.func public @main(%c: i1, %x: i32) -> i32 {"]

    def target() -> str:
        to = choices.randint(1, count)
        return f"^b{to}({choices.choice([*known, '%x'])} : i32)"

    known: list[str] = []
    for block in range(count + 1):
        if block:
            known = [f"%a{block}"]
            lines.append(f"^b{block}(%a{block}: i32):")
        if choices.random() < 0.2:
            lines.append(f"  %o{block} = util.optimization_barrier %x : i32")
            known = [*known, f"%o{block}"]
        kind = choices.random()
        if block == 0 or kind < 0.25:
            lines.append(f"  cf.cond_br %c, {target()}, {target()}")
        elif kind < 0.85:
            lines.append(f"  cf.br {target()}")
        else:
            lines.append(f"  util.return {choices.choice([*known, '%x'])} : i32")
    return "\n".join([*lines, "}", ""])


@pytest.mark.parametrize("first", range(0, 60, 10))
def test_blocks_that_only_branch(first: int) -> None:
    for seed in range(first, first + 10):
        text = branches(seed)
        theirs, messages = oracle.iree_opt(text, f"--pass-pipeline={PIPELINE}")
        assert theirs is not None, messages
        module = parse(text)
        run_pipeline(module, PIPELINE)
        assert print_module(module.op) == theirs.rstrip("\n") + "\n", seed
