"""Joins of joins are taken in at once; nobody can tell that they were not taken in level by level."""

from collections.abc import Iterable
from random import Random

import pytest
from xdsl.ir import SSAValue

from iree_explorer.dialects.stream.timepoint_ops import TimepointJoinOp
from iree_explorer.passes.canonicalize.stream import timepoint
from iree_explorer.passes.pipeline import run_pipeline
from iree_explorer.syntax import parse, print_module
from tests.conformance import oracle

PIPELINE = oracle.pipeline("execution")


def joins(seed: int) -> str:
    """A function of joins of arguments, of timepoints that are reached already, and of one another."""
    rng = Random(seed)
    lines = [f"util.func public @f({', '.join(f'%a{n}: !stream.timepoint' for n in range(4))}) -> (RESULTS) {{"]
    known = [f"%a{n}" for n in range(4)]
    for number in range(rng.randrange(2, 12)):
        if rng.random() < 0.15:
            lines.append(f"%i{number} = stream.timepoint.immediate => !stream.timepoint")
            known.append(f"%i{number}")
        operands = [rng.choice(known[rng.choice((0, -3)) :]) for _ in range(rng.choice((1, 2, 2, 3)))]
        lines.append(f"%j{number} = stream.timepoint.join max({', '.join(operands)}) => !stream.timepoint")
        known.append(f"%j{number}")
    returned = [known[-1], *(rng.choice(known) for _ in range(rng.randrange(3)))]
    types = ", ".join("!stream.timepoint" for _ in returned)
    lines.append(f"util.return {', '.join(returned)} : {types}\n}}")
    return "\n".join(lines).replace("RESULTS", types)


def cleaned(text: str) -> tuple[str, list[list[tuple[int, int]]]]:
    """The text, and the use lists of all values, in the order of the text."""
    module = parse(text)
    run_pipeline(module, PIPELINE)
    numbers = {op: number for number, op in enumerate(module.op.walk())}
    blocks = [block for op in numbers for region in op.regions for block in region.blocks]
    values = [*(a for block in blocks for a in block.args), *(result for op in numbers for result in op.results)]
    return print_module(module.op), [[(numbers[use.operation], use.index) for use in value.uses] for value in values]


def test_all_at_once_is_as_level_by_level(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [joins(seed) for seed in range(150)]
    at_once = [cleaned(text) for text in texts]

    def nothing(_: TimepointJoinOp) -> None:
        """As if another rule would always apply before."""

    monkeypatch.setattr(timepoint, "_all_behind", nothing)
    assert at_once == [cleaned(text) for text in texts]


def test_joins_of_joins_print_as_the_real_tool_prints_them() -> None:
    for seed in range(40):
        theirs, messages = oracle.schedule(joins(seed), "execution")
        assert theirs is not None, messages
        assert cleaned(joins(seed))[0] == theirs.rstrip("\n") + "\n", seed


def test_a_long_chain_is_taken_in_by_one_visit(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []
    count = 60

    def level(timepoints: Iterable[SSAValue]) -> list[SSAValue]:
        calls.append(1)
        return list(timepoints)

    monkeypatch.setattr(timepoint, "_right_behind", level)
    arguments = ", ".join(f"%a{n}: !stream.timepoint" for n in range(count))
    lines = [
        f"%j{n + 1} = stream.timepoint.join max({'%j' if n else '%a'}{n}, %a{n + 1}) => !stream.timepoint"
        for n in range(count - 1)
    ]
    text, _ = cleaned(
        f"util.func public @f({arguments}) -> !stream.timepoint {{\n"
        + "\n".join(lines)
        + f"\nutil.return %j{count - 1} : !stream.timepoint\n}}"
    )
    assert text.count("stream.timepoint.join") == 1
    assert calls == [], "no level was taken in alone"
