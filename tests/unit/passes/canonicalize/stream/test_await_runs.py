"""Waits grouped at once are the waits that grouping them one by one leaves, down to the order of uses."""

from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st
from xdsl.ir import Operation

from iree_explorer.ir.storage import uses_of
from iree_explorer.passes.canonicalize import canonicalize
from iree_explorer.passes.canonicalize.greedy.driver import GreedyConfig
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.stream import timepoint
from iree_explorer.syntax import parse, print_module

_TYPE = "!stream.resource<external>"

_FIXED = "%t0: !stream.timepoint, %t1: !stream.timepoint, %s0: index, %s1: index"

_AWAIT = st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
_OTHERS = st.tuples(st.integers(0, 12), st.integers(0, 4))


def _program(
    awaits: list[tuple[int, int, int]], others: list[tuple[int, int]], returned: list[int], branches: bool = False
) -> str:
    """Waits for `%t0` mostly, for one or two resources each, with other ops between, and results returned again and again.

    Or handed to another block, by an op that is no more once it is visited.
    """
    lines: list[str] = []
    values: list[str] = []
    for number, (time, first, second) in enumerate(awaits):
        kinds = [kind for place, kind in others if place == number]
        lines += [_other(kind, f"%o{number}_{place}", values) for place, kind in enumerate(kinds)]
        resources = [f"%r{number}" if first else "%part"] + ([f"%r{second}"] if second < 2 else [])
        results = [f"%a{number}#{i}" for i in range(len(resources))] if len(resources) > 1 else [f"%a{number}"]
        bound = f"%a{number}:2" if len(resources) > 1 else f"%a{number}"
        sizes = ", ".join(f"{_TYPE}{{%s{first % 2}}}" for _ in resources)
        lines.append(f"{bound} = stream.timepoint.await %t{time // 8} => {', '.join(resources)} : {sizes}")
        values += results
    used = [values[number % len(values)] for number in returned] + values
    types = ", ".join(_TYPE for _ in used)
    ends = ", ".join(f"%e{number}: {_TYPE}" for number in range(len(used)))
    arguments = ", ".join(f"%r{number}: {_TYPE}" for number in range(max(2, len(awaits))))
    return "\n".join(
        [
            f"util.func public @f({_FIXED}, {arguments}) -> ({types}) {{",
            "%c0 = arith.constant 0 : index",
            "%c0_i8 = arith.constant 0 : i8",
            f"%part = stream.resource.subview %r0[%c0] : {_TYPE}{{%s0}} -> {_TYPE}{{%s1}}",
            *lines,
            *([f"cf.br ^end({', '.join(used)} : {types})", f"^end({ends}):"] if branches else []),
            f"util.return {', '.join(f'%e{i}' for i in range(len(used))) if branches else ', '.join(used)} : {types}",
            "}",
        ]
    )


def _other(kind: int, name: str, values: list[str]) -> str:
    if kind == 0:
        return f"{name} = stream.async.splat %c0_i8 : i8 -> {_TYPE}{{%s0}}\n{name}_ = util.optimization_barrier {name} : {_TYPE}"
    if kind == 1 and values:
        return f"{name} = util.optimization_barrier {values[-1]} : {_TYPE}"
    if kind == 3 and values:
        values.append(name)
        return f"{name} = stream.timepoint.await %t1 => {values[-2]} : {_TYPE}{{%s0}}"
    return f"{name} = util.optimization_barrier %s1 : index" if kind == 2 else ""


def _uses(module: Operation) -> list[list[tuple[int, int]]]:
    """Of each value, in the order of the program, its uses: the place of the user and the number of the operand."""
    ops = list(module.walk())
    places = {op: place for place, op in enumerate(ops)}
    values = [
        value for op in ops for value in (*op.results, *(a for r in op.regions for b in r.blocks for a in b.args))
    ]
    return [[(places[use.operation], use.index) for use in uses_of(value)] for value in values]


def _cleaned(text: str) -> tuple[str, list[list[tuple[int, int]]]]:
    module = parse(text).op
    (function,) = module.body.block.ops
    canonicalize(function)
    return print_module(module), _uses(module)


@given(
    st.lists(_AWAIT, min_size=2, max_size=12),
    st.lists(_OTHERS, max_size=3),
    st.lists(st.integers(0, 20), max_size=5),
    st.booleans(),
)
def test_waits_grouped_at_once_are_those_grouped_one_by_one(
    awaits: list[tuple[int, int, int]], others: list[tuple[int, int]], returned: list[int], branches: bool
) -> None:
    text = _program(awaits, others, returned, branches)
    with patch.object(timepoint, "run_above", return_value=[]):
        one_by_one = _cleaned(text)
    assert _cleaned(text) == one_by_one


def _merges(text: str, config: GreedyConfig) -> int:
    """How many waits are made."""
    (function,) = parse(text).op.body.block.ops
    made: list[str] = []
    insert = Rewriter.insert

    def counted(rewriter: Rewriter, op: Operation) -> Operation:
        made.append(op.name)
        return insert(rewriter, op)

    with patch.object(Rewriter, "insert", counted):
        canonicalize(function, config=config)
    return made.count("stream.timepoint.await")


def test_many_waits_become_one_at_once() -> None:
    text = _program([(0, 1, 9)] * 40, [], [])
    assert _merges(text, GreedyConfig()) == 1


def test_where_rewrites_are_counted_each_wait_counts() -> None:
    text = _program([(0, 1, 9)] * 5, [], [])
    assert _merges(text, GreedyConfig(max_rewrites=1000)) == 4
