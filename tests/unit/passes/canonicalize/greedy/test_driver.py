"""The end of a round: nothing dead is left, though a round that changes nothing looks for it no second time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xdsl.ir import Operation

from iree_explorer.passes.canonicalize import canonicalize
from iree_explorer.passes.canonicalize.greedy.driver import GreedyConfig
from iree_explorer.passes.canonicalize.greedy.regions import erase_dead_code
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import RuleBook
from iree_explorer.syntax import parse, print_module

_CHAIN = """
util.func public @f(%v0: i32) {
  %v1 = arith.addi %v0, %v0 : i32
  %v2 = arith.addi %v1, %v0 : i32
  util.return
}
"""

_LOOP = """
util.func public @f(%c: i32) {
  cf.br ^a(%c : i32)
^a(%x: i32):
  %s = arith.addi %x, %c : i32
  cf.br ^a(%s : i32)
}
"""


def _function(text: str) -> Operation:
    return next(iter(parse(text).op.body.block.ops))


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.booleans()), max_size=8), st.booleans())
def test_nothing_dead_is_left(reads: list[tuple[int, int, bool]], top_down: bool) -> None:
    lines = ["util.func public @f(%v0: i32, %c: i1) {"]
    for index, (left, right, is_kept) in enumerate(reads, 1):
        lines.append(f"%v{index} = arith.addi %v{left % index}, %v{right % index} : i32")
        if is_kept:
            lines.append(f"scf.if %c {{ %k = util.optimization_barrier %v{index} : i32 }}")
    op = _function("\n".join([*lines, "util.return", "}"]))
    assert canonicalize(op, config=GreedyConfig(top_down=top_down))
    region = op.regions[0]
    assert not erase_dead_code(Rewriter(region, RuleBook()), region), print_module(op)


@pytest.mark.parametrize(
    ("text", "config"),
    [(_CHAIN, GreedyConfig(max_rewrites=0)), (_LOOP, GreedyConfig())],
    ids=["ops that no visit saw", "ops that only feed each other around a loop"],
)
def test_what_visits_do_not_show_to_be_dead_goes_too(text: str, config: GreedyConfig) -> None:
    op = _function(text)
    canonicalize(op, config=config)
    assert "arith.addi" not in print_module(op)
