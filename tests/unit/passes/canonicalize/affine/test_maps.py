"""Long chains of maps become one."""

import sys

from iree_explorer.passes.canonicalize import canonicalize
from iree_explorer.passes.canonicalize.greedy.driver import GreedyConfig
from iree_explorer.syntax import parse, print_module


def test_a_chain_of_maps_longer_than_python_recurses_is_one_map() -> None:
    count = 500
    lines = "".join(
        f"%x{number + 1} = affine.apply affine_map<(d0, d1) -> (d0 + d1 * 2)>(%x{number}, %b)\n"
        for number in range(count)
    )
    module = parse(f"util.func public @f(%x0: index, %b: index) -> index {{\n{lines}util.return %x{count} : index\n}}")
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(1_000)
    try:
        canonicalize(module.op, config=GreedyConfig())
    finally:
        sys.setrecursionlimit(limit)
    assert "affine_map<()[s0, s1] -> (s0 * 1000 + s1)>" in print_module(module.op)
