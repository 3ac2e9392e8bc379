"""Small programs for tests, and ways to look at how they are partitioned."""

from __future__ import annotations

from xdsl.ir import Block, Operation

from iree_explorer.analysis.block_facts import BlockFacts
from iree_explorer.errors import PassError
from iree_explorer.partitioning.config import Favor, Scope
from iree_explorer.partitioning.partition import PartitionSet
from iree_explorer.partitioning.partitioner import Config, find_partitioner
from iree_explorer.partitioning.run import run_partitioner
from iree_explorer.partitioning.trace.recording import OpIds, Recorder
from iree_explorer.passes.schedule import schedule
from iree_explorer.syntax import Module, parse

R = "!stream.resource<*>"
HEAD = f"""util.global private @dev_a : !hal.device
util.global private @dev_b : !hal.device
util.func public @main(%arg: {R}, %flag: i1, %x: i32) -> ({R}) {{
  %c0 = arith.constant 0 : index
  %c64 = arith.constant 64 : index
  %c128 = arith.constant 128 : index
"""


def function(body: str, result: str) -> Module:
    """A function of this body; `d(%a, %b)` in it stands for a dispatch that reads both whole, `@a` for a device."""
    return parse(HEAD + body + f"\n  util.return {result} : {R}\n}}\n")


def dispatch(name: str, *operands: str, on: str = "", tied: str = "", part: str = "%c0 to %c128 for %c128") -> str:
    """One line: a dispatch that reads `part` of each operand."""
    place = f" on(#hal.device.affinity<@dev_{on}>)" if on else ""
    inputs = ", ".join(f"{operand}[{part}]" for operand in operands)
    types = ", ".join([f"{R}{{%c128}}"] * len(operands))
    result = f"{tied}{{%c128}}" if tied else f"{R}{{%c128}}"
    return f"  {name} = stream.async.dispatch{place} @ex::@{name[1:]}({inputs}) : ({types}) -> {result}\n"


def body_of(module: Module) -> Block:
    """The block of the function."""
    (block,) = next(op for op in module.op.ops if op.name == "util.func").regions[0].blocks
    return block


def regions(module: Module, execution: str = "reference") -> list[Block]:
    """The blocks of the execution regions, the first pass having run; none, where it refuses."""
    try:
        scheduled = schedule(module, passes=("execution",), execution=execution, trace=False)
    except PassError:
        return []
    return [op.regions[0].block for op in scheduled.module.op.walk() if op.name == "stream.async.execute"]


def partition(
    block: Block, scope: Scope = "execution", name: str = "reference", favor: Favor = Favor.MIN_PEAK_MEMORY
) -> tuple[PartitionSet, Recorder, BlockFacts]:
    """The partitions of a block with the steps that led to them."""
    function_op = block.parent_op()
    assert function_op is not None
    top: Operation = function_op
    while (parent := top.parent_op()) is not None:
        top = parent
    recorder = Recorder(OpIds(top))
    facts = BlockFacts(block)
    found = run_partitioner(find_partitioner(scope, name), facts, Config(favor), function_op, recorder)
    return found, recorder, facts


def entry(op: Operation) -> str:
    """A dispatch by its entry point, any other op by its name."""
    return (
        str(op.properties["entry_points"]).rsplit("@", 1)[-1].rstrip("]")
        if "entry_points" in op.properties
        else op.name
    )


def names(partitions: PartitionSet) -> list[list[str]]:
    """The members of each partition in the order of the program, partitions in the order in which they run."""
    return [[entry(op) for op in reversed(p.ops)] for p in partitions]
