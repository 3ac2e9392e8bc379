"""Whether anything is dead: the quick answer never says otherwise than the full search does."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xdsl.ir import Operation

from iree_explorer.passes.canonicalize.greedy.regions import erase_dead_code, is_all_live
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import RuleBook
from iree_explorer.syntax import parse, print_module


def _function(text: str) -> Operation:
    return next(iter(parse(text).op.body.block.ops))


def _program(reads: list[tuple[int, int, bool]]) -> str:
    """Additions of earlier values, some kept alive by a host op, some made inside an `scf.if`."""
    lines = ["util.func public @f(%v0: i32, %c: i1) {"]
    for index, (left, right, is_kept) in enumerate(reads, 1):
        lines.append(f"%v{index} = arith.addi %v{left % index}, %v{right % index} : i32")
        if is_kept:
            use = f"util.optimization_barrier %v{index} : i32"
            lines.append(f"scf.if %c {{ %k = {use} }}" if index % 2 else f"%k{index} = {use}")
    return "\n".join([*lines, "util.return", "}"])


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.booleans()), max_size=8))
def test_quick_answer_is_the_full_one(reads: list[tuple[int, int, bool]]) -> None:
    op = _function(_program(reads))
    rewriter = Rewriter(op.regions[0], RuleBook())
    before = print_module(op)
    quick = is_all_live(rewriter, op.regions[0])
    assert erase_dead_code(rewriter, op.regions[0]) == (not quick)
    assert (print_module(op) == before) == quick


@pytest.mark.parametrize("jump", ["cf.br ^a(%s : i32)", "cf.br ^b"])
def test_values_that_only_feed_each_other_around_a_loop_are_searched_for(jump: str) -> None:
    argument = "(%x: i32)" if "%s" in jump else ""
    other = "%x" if argument else "%c"
    start = "cf.br ^a(%c : i32)" if argument else "cf.br ^a"
    op = _function(
        "util.func public @f(%c: i32) {\n"
        f"{start}\n^a{argument}:\n%s = arith.addi {other}, %c : i32\n{jump}\n^b:\nutil.return\n}}"
    )
    assert not is_all_live(Rewriter(op.regions[0], RuleBook()), op.regions[0])


def test_a_value_lives_through_more_blocks_than_python_has_frames() -> None:
    count = sys.getrecursionlimit() + 1
    blocks = "".join(
        f"^b{i}(%v{i}: i32, %d{i}: i32):\ncf.br ^b{i + 1}(%v{i}, %d{i} : i32, i32)\n" for i in range(count)
    )
    op = _function(
        f"util.func public @f(%c: i32) -> i32 {{\ncf.br ^b0(%c, %c : i32, i32)\n{blocks}"
        f"^b{count}(%v: i32, %d: i32):\nutil.return %v : i32\n}}"
    )
    erase_dead_code(Rewriter(op.regions[0], RuleBook()), op.regions[0])
    assert {len(block.args) for block in op.regions[0].blocks} == {1}
