"""What a program has that the scheduling passes must cope with: read from its IR, so it is true however it was written."""

from __future__ import annotations

from collections.abc import Iterator

from xdsl.dialects.builtin import UnitAttr
from xdsl.ir import Block, Operation, OpResult, SSAValue

from iree_explorer.dialects.builtin import ModuleOp
from iree_explorer.dialects.stream.async_ops import AsyncTransferOp
from iree_explorer.dialects.stream.types import ResourceType
from iree_explorer.ir.interfaces import (
    AffinityOpInterface,
    AsyncAccessOpInterface,
    StreamableOpInterface,
    TiedOpInterface,
    TimelineOpInterface,
)

_FUNCTIONS = frozenset({"util.func", "func.func", "util.initializer"})


def features(module: ModuleOp) -> set[str]:
    """The names of ops that occur, and phrases such as `scf.for captures a resource`."""
    found = {f"{sum(op.name == 'util.global' and _is_device(op) for op in module.ops)} devices"}
    for op in module.walk():
        found.add(op.name)
        found.update(_of_attributes(op))
        found.update(_of_values(op))
        if op.name.startswith("scf."):
            found.update(_of_region_op(op))
        if op.name in _FUNCTIONS:
            found.update(_of_function(op))
    return found


def _is_device(op: Operation) -> bool:
    return "hal.device" in str(op.get_attr_or_prop("type"))


def _of_attributes(op: Operation) -> Iterator[str]:
    if isinstance(op, AffinityOpInterface) and isinstance(op, StreamableOpInterface):
        affinity = str(op.affinity_attr or "")
        yield f"{'an' if affinity else 'no'} affinity on a streamable op"
        yield "an affinity with queues" if ", [" in affinity else "an affinity without queues"
        if "optimal" in affinity:
            yield "a choice of affinities"
    if isinstance(op, AsyncTransferOp):
        for side in ("execution", "source", "target"):
            if op.properties.get(f"{side}_affinity") is not None:
                yield f"a transfer with a {side} affinity"
    if isinstance(op.get_attr_or_prop("preferCloneToConsumers"), UnitAttr):
        yield "a dispatch to be cloned"
    for name, place in (("stream.partitioning", "favor"), ("stream.affinity", "affinity")):
        if name in op.attributes:
            where = "a function" if op.name in _FUNCTIONS else op.name
            yield f"{place} on {where}"
            if place == "favor":
                yield f"favor {str(op.attributes[name]).partition('favor-')[2].rstrip('>')}"
    if "stream.affinity.default" in op.attributes:
        yield "a default affinity"


def _of_values(op: Operation) -> Iterator[str]:
    if isinstance(op, TimelineOpInterface) and op.await_timepoints:
        yield f"{op.name} awaits"
    if isinstance(op, AsyncAccessOpInterface) and isinstance(op, TiedOpInterface):
        tied = {op.tied_operand_of(result) for result in op.results}
        for access in op.access_ranges():
            if access.resource in tied or access.resource in op.results:
                yield f"{op.name} changes {'all' if access.length is access.end else 'a part'} of a resource"
    if op.name == "arith.select":
        yield f"a choice of {'resources' if isinstance(op.results[0].type, ResourceType) else 'timepoints'}"
    if op.name == "stream.async.load" and any(use.operation.name == "arith.cmpi" for use in op.results[0].uses):
        yield "a round trip to the host that decides what comes next"
    if isinstance(op, StreamableOpInterface) and any(_is_computed(operand) for operand in op.operands):
        yield "a dynamic size"


def _is_computed(value: SSAValue) -> bool:
    return isinstance(value, OpResult) and value.op.name in ("arith.addi", "arith.muli", "stream.resource.size")


def _of_region_op(op: Operation) -> Iterator[str]:
    if any(isinstance(result.type, ResourceType) for result in op.results):
        yield f"{op.name} yields a resource"
    if any("timepoint" in str(result.type) for result in op.results):
        yield f"{op.name} yields a timepoint"
    inside = [nested for region in op.regions for nested in region.walk()]
    there = {result for nested in inside for result in nested.results}
    there |= {argument for region in op.regions for block in region.blocks for argument in block.args}
    if any(isinstance(v.type, ResourceType) and v not in there for nested in inside for v in nested.operands):
        yield f"{op.name} captures a resource"
    if any(nested.name.startswith("scf.") and nested.regions for nested in inside):
        yield f"a region op in {op.name}"


def _of_function(op: Operation) -> Iterator[str]:
    blocks = list(op.regions[0].blocks)
    if len(blocks) == 1 and len(list(blocks[0].ops)) == 1:
        yield "a function with nothing to do"
    if len(blocks) > 1:
        yield f"several blocks in {op.name}"
    if any(isinstance(argument.type, ResourceType) for block in blocks[1:] for argument in block.args):
        yield "a resource as block argument"
    if any(_goes_back(block, blocks) for block in blocks):
        yield "a loop of blocks"


def _goes_back(block: Block, blocks: list[Block]) -> bool:
    last = block.last_op
    return last is not None and any(blocks.index(target) <= blocks.index(block) for target in last.successors)
