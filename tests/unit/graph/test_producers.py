"""Who made a value: seen through region arguments, yields, waits, branches and arithmetic on the host."""

from __future__ import annotations

import sys
from collections import Counter

import pytest
from xdsl.ir import Operation, SSAValue

from iree_explorer.graph.producers import Producers, is_plumbing
from iree_explorer.syntax import parse

R = "!stream.resource<*>"

REGIONS = f"""
util.func public @main(%arg0: index) {{
  %c0 = arith.constant 0 : index
  %c4 = arith.constant 4 : index
  %c64 = arith.constant 64 : index
  %c7 = arith.constant 7 : i32
  %r, %t = stream.async.execute with() -> {R}{{%c64}} {{
    %pair:2 = stream.async.concurrent with() -> ({R}{{%c64}}, {R}{{%c64}}) {{
      %left = stream.async.splat %c7 : i32 -> {R}{{%c64}}
      %right = stream.async.splat %c7 : i32 -> {R}{{%c64}}
      stream.yield %left, %right : {R}{{%c64}}, {R}{{%c64}}
    }}
    %both = stream.async.dispatch @ex::@both(%pair#0[%c0 to %c64 for %c64], %pair#1[%c0 to %c64 for %c64]) : ({R}{{%c64}}, {R}{{%c64}}) -> {R}{{%c64}}
    stream.yield %both : {R}{{%c64}}
  }} => !stream.timepoint
  %next, %done = stream.async.execute await(%t) => with(%r as %taken: {R}{{%c64}}) -> !stream.resource<staging>{{%c64}} {{
    %moved = stream.async.transfer %taken : {R}{{%c64}} -> !stream.resource<staging>{{%c64}}
    stream.yield %moved : !stream.resource<staging>{{%c64}}
  }} => !stream.timepoint
  %ready = stream.timepoint.await %done => %next : !stream.resource<staging>{{%c64}}
  %first = stream.async.load %ready[%c0] : !stream.resource<staging>{{%c64}} -> i32
  %second = stream.async.load %ready[%c4] : !stream.resource<staging>{{%c64}} -> i32
  %sum = arith.addi %first, %second : i32
  %twice = arith.addi %sum, %first : i32
  util.return
}}
"""

LOOP = """
util.func public @main(%stop: i1) {
  %c64 = arith.constant 64 : index
  %c7 = arith.constant 7 : i32
  %start = stream.async.splat %c7 : i32 -> !stream.resource<*>{%c64}
  cf.br ^loop(%start : !stream.resource<*>)
^loop(%turn: !stream.resource<*>):
  %copy = stream.async.clone %turn : !stream.resource<*>{%c64} -> !stream.resource<*>{%c64}
  cf.cond_br %stop, ^out(%turn : !stream.resource<*>), ^loop(%copy : !stream.resource<*>)
^out(%last: !stream.resource<*>):
  cf.br ^still(%last : !stream.resource<*>)
^still(%same: !stream.resource<*>):
  cf.cond_br %stop, ^still(%same : !stream.resource<*>), ^end
^end:
  util.return
}
"""


def labelled(text: str) -> dict[str, Operation]:
    """The ops of a text, called `splat 0`, `splat 1` by their places among those of their name."""
    seen: Counter[str] = Counter()
    found: dict[str, Operation] = {}
    for op in parse(text).op.walk():
        short = op.name.rpartition(".")[2]
        found[f"{short} {seen[short]}"] = op
        seen[short] += 1
    return found


def makers(ops: dict[str, Operation], value: SSAValue) -> set[str]:
    """The ops that made a value, where all but plumbing are nodes."""
    nodes = [
        (label, op) for label, op in ops.items() if not is_plumbing(op) and not label.startswith(("module", "func"))
    ]
    producers = Producers({op: number for number, (_, op) in enumerate(nodes)}, {})
    return {nodes[source.node][0] for source in producers.of(value)}


@pytest.mark.parametrize(
    ("label", "place", "expected"),
    [
        ("splat 0", 0, {"splat 0"}),
        ("concurrent 0", 1, {"splat 1"}),
        ("execute 0", 0, {"dispatch 0"}),
        ("execute 0", 1, set()),
        ("await 0", 0, {"transfer 0"}),
        ("addi 0", 0, {"load 0", "load 1"}),
        ("addi 1", 0, {"load 0", "load 1"}),
        ("constant 0", 0, set()),
    ],
)
def test_results_of_regions_waits_and_arithmetic_come_from_the_work_behind_them(
    label: str, place: int, expected: set[str]
) -> None:
    ops = labelled(REGIONS)
    assert makers(ops, ops[label].results[place]) == expected


def test_an_argument_of_a_region_is_what_the_region_captures() -> None:
    ops = labelled(REGIONS)
    assert makers(ops, ops["execute 1"].regions[0].block.args[0]) == {"dispatch 0"}


@pytest.mark.parametrize("block", [1, 2, 3])
def test_an_argument_of_a_block_is_what_the_branches_bring_also_in_a_circle(block: int) -> None:
    ops = labelled(LOOP)
    argument = ops["func 0"].regions[0].blocks[block].args[0]
    assert makers(ops, argument) == {"splat 0", "clone 0"}


def test_an_argument_of_a_function_is_nobodys() -> None:
    ops = labelled(LOOP)
    assert makers(ops, ops["func 0"].regions[0].blocks[0].args[0]) == set()


def test_what_a_step_of_the_host_with_others_inside_gives_is_there_at_its_end() -> None:
    ops = labelled(REGIONS)
    splat = ops["splat 0"]
    ended = Producers({splat: 0}, {splat: 7})
    assert [source.node for source in ended.of(splat.results[0])] == [7]


def test_arithmetic_may_be_longer_than_the_stack_is_deep() -> None:
    count = 2 * sys.getrecursionlimit()
    steps = "\n".join(f"%r{n + 1} = arith.addi %r{n}, %r0 : i32" for n in range(count))
    staging = "!stream.resource<staging>"
    load = f"%r0 = stream.async.load %a[%n] : {staging}{{%n}} -> i32"
    text = (
        f"util.func public @main(%a: {staging}, %n: index) -> i32 {{\n{load}\n{steps}\nutil.return %r{count} : i32\n}}"
    )
    operations = list(parse(text).op.walk())
    (loaded,) = [op for op in operations if op.name == "stream.async.load"]
    (returned,) = [op for op in operations if op.name == "util.return"]
    sources = Producers({loaded: 0}, {}).of(returned.operands[0])
    assert [source.node for source in sources] == [0]


def test_a_value_may_pass_more_blocks_than_the_stack_is_deep() -> None:
    count = 2 * sys.getrecursionlimit()
    blocks = "".join(f"^b{n}(%v{n}: i32):\ncf.br ^b{n + 1}(%v{n} : i32)\n" for n in range(count))
    ops = labelled(
        f"util.func public @main(%a: i32) -> i32 {{\n%r = util.optimization_barrier %a : i32\ncf.br ^b0(%r : i32)\n{blocks}"
        f"^b{count}(%v: i32):\nutil.return %v : i32\n}}"
    )
    assert makers(ops, ops["return 0"].operands[0]) == {"optimization_barrier 0"}
