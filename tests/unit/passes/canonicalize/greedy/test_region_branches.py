"""What flows to results of region ops: the quick answer never changes what is done."""

from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xdsl.ir import Operation

from iree_explorer.passes.canonicalize import canonicalize
from iree_explorer.passes.canonicalize.greedy import region_branches
from iree_explorer.passes.canonicalize.greedy.driver import GreedyConfig
from iree_explorer.syntax import parse, print_module

_IF = st.tuples(st.booleans(), st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=4))


def _program(ifs: list[tuple[bool, list[tuple[int, int]]]], used: list[int]) -> str:
    """Ifs on two conditions, each of which yields values from around, or made by one call in the branch."""
    lines = ["util.func private @t() -> (index, index)", "util.func private @use(index)"]
    lines.append("util.func public @main(%c: i1, %d: i1, %v0: index, %v1: index, %v2: index, %v3: index) {")
    values = [f"%v{number}" for number in range(4)]
    for number, (is_first, yielded) in enumerate(ifs):
        types = ", ".join(["index"] * len(yielded))
        lines.append(f"%r{number}:{len(yielded)} = scf.if {'%c' if is_first else '%d'} -> ({types}) {{")
        for side in (0, 1):
            lines.append("%a:2 = util.call @t() : () -> (index, index)")
            names = [[*values[-4:], "%a#0", "%a#1"][pair[side]] for pair in yielded]
            lines += [f"scf.yield {', '.join(names)} : {types}", "}" if side else "} else {"]
        values += [f"%r{number}#{index}" for index in range(len(yielded))]
    lines += [f"util.call @use({values[number % len(values)]}) : (index) -> ()" for number in used]
    return "\n".join([*lines, "util.return", "}"])


@pytest.mark.parametrize("top_down", [False, True])
@given(st.lists(_IF, min_size=1, max_size=4), st.lists(st.integers(0, 20), max_size=8))
def test_quick_answer_changes_nothing(
    top_down: bool, ifs: list[tuple[bool, list[tuple[int, int]]]], used: list[int]
) -> None:
    quick, slow = parse(_program(ifs, used)).op, parse(_program(ifs, used)).op
    config = GreedyConfig(top_down=top_down)
    canonicalize(quick, config=config)
    with patch.object(region_branches, "_columns", return_value=None):
        canonicalize(slow, config=config)
    assert print_module(quick) == print_module(slow)


def test_a_thousand_results_are_not_compared_in_pairs() -> None:
    module = parse(_program([(True, [(4, 5), (5, 4)])], [4, 5]))
    with patch.object(region_branches, "_operands_to_inputs", side_effect=AssertionError) as asked:
        canonicalize(module.op)
    assert not asked.called
    assert _count(module.op, "scf.if") == 1


def _count(op: Operation, name: str) -> int:
    return sum(each.name == name for each in op.walk())
