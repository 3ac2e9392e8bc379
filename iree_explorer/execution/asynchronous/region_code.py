"""Execution regions, compiled: what they take in, their items in order, what they yield."""

from collections import Counter
from dataclasses import dataclass
from typing import Final, TypeAlias

from xdsl.ir import Operation, SSAValue

from iree_explorer.dialects.stream.types import ResourceType
from iree_explorer.execution.code.scope import single_block
from iree_explorer.execution.code.steps import Layout, Step
from iree_explorer.execution.device.work import DEVICE, DeviceOp, device_op
from iree_explorer.execution.fields import segments
from iree_explorer.execution.module.scope import HostScope

_WAVE: Final = "stream.async.concurrent"


@dataclass(frozen=True, slots=True)
class Capture:
    """A resource that a region takes in.

    Attributes:
        outer: slot of the operand.
        inner: slot of the region's argument.
        gives: nothing uses the operand afterwards, so the region may change its storage.
    """

    outer: int
    inner: int
    gives: bool


@dataclass(frozen=True, slots=True)
class Wave:
    """A concurrency region: its ops run at once.

    Attributes:
        op: the operation.
        captures: what it takes in, and then what concurrency regions inside it do.
        ops: all of them, also those of concurrency regions inside.
        results: slots of results, of inner regions first, and of what is yielded for them.
        shared: slots of what is yielded for more than one of them.
    """

    op: Operation
    captures: tuple[Capture, ...]
    ops: tuple[DeviceOp, ...]
    results: tuple[tuple[int, int], ...]
    shared: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Plain:
    """An op of a region that touches no resource."""

    op: Operation
    step: Step


Item: TypeAlias = DeviceOp | Wave | Plain


@dataclass(frozen=True, slots=True)
class RegionCode:
    """An execution region, compiled.

    Attributes:
        op: the operation.
        captures: resources by operand; `outer` is a slot of the frame around, `inner` of the region's own.
        values: other values it uses, as `(outer, inner)`.
        items: in order.
        drops: by item, slots of resources that nothing uses after it.
        yields: slots of what it yields.
        layout: of its frame.
        affinity: as the IR spells it, empty where it has none.
    """

    op: Operation
    captures: tuple[Capture, ...]
    values: tuple[tuple[int, int], ...]
    items: tuple[Item, ...]
    drops: tuple[tuple[int, ...], ...]
    yields: tuple[int, ...]
    layout: Layout
    affinity: str


def compile_region(op: Operation, outer: HostScope) -> RegionCode:
    """Compiles a `stream.async.execute`."""
    inner = outer.nested()
    block = single_block(op.regions[0])
    captures = captured(op, outer, inner)
    ops = [inner_op for inner_op in block.ops if inner_op is not block.last_op]
    items = tuple(_item(inner_op, inner) for inner_op in ops)
    dying = inner.ownership.dying(block, ResourceType)
    drops = tuple(
        (*inner.slots_of(dying.get(inner_op, ())), *_inside(item)) for inner_op, item in zip(ops, items, strict=True)
    )
    yields = inner.slots_of(yielded(block.last_op)) if block.last_op is not None else ()
    inside = set(inner.slots.values()) - {capture.inner for capture in captures}
    values = [
        (outer.slot(value), slot)
        for value, slot in inner.slots.items()
        if slot in inside and not _is_defined_in(value.owner, op)
    ]
    affinity = op.properties.get("affinity")
    return RegionCode(op, captures, tuple(values), items, drops, yields, inner.layout(), spell_affinity(affinity))


def yielded(op: Operation) -> list[SSAValue]:
    """The resources that a terminator yields."""
    return [value for value in op.operands if isinstance(value.type, ResourceType)]


def spell_affinity(affinity: object) -> str:
    """An affinity attribute as text, empty for none."""
    return "" if affinity is None else str(affinity)


def _is_defined_in(owner: object, op: Operation) -> bool:
    """Whether an op or block lies inside `op`."""
    if isinstance(owner, Operation):
        return owner is not op and op.is_ancestor(owner)
    parent = getattr(owner, "parent_op", lambda: None)()
    return parent is not None and op.is_ancestor(parent)


def captured(op: Operation, outer: HostScope, inner: HostScope) -> tuple[Capture, ...]:
    """What a region op captures, argument by argument."""
    operands = segments(op)[0]
    arguments = single_block(op.regions[0]).args
    return tuple(
        Capture(outer.slot(operand), inner.slot(argument), outer.may_update_in_place(operand, op))
        for operand, argument in zip(operands, arguments, strict=True)
    )


def _item(op: Operation, scope: HostScope) -> Item:
    if op.name == _WAVE:
        return _wave(op, scope)
    if op.name in DEVICE:
        return device_op(op, scope)
    step = scope.lower(op)
    return Plain(op, step or (lambda _: None))


def _wave(op: Operation, scope: HostScope) -> Wave:
    """A concurrency region; one inside it is part of it: its ops run at once with all the others."""
    block = single_block(op.regions[0])
    captures = [*captured(op, scope, scope)]
    ops: list[DeviceOp] = []
    results: list[tuple[int, int]] = []
    for inner in block.ops:
        if inner.name == _WAVE:
            nested = _wave(inner, scope)
            captures += nested.captures
            ops += nested.ops
            results += nested.results
        elif inner is not block.last_op:
            ops.append(device_op(inner, scope))
    yields = scope.slots_of(yielded(block.last_op)) if block.last_op is not None else ()
    results += zip(scope.slots_of(op.results), yields, strict=True)
    counts = Counter(inner for _, inner in results)
    shared = tuple(slot for slot, count in counts.items() if count > 1)
    return Wave(op, tuple(captures), tuple(ops), tuple(results), shared)


def _inside(item: Item) -> tuple[int, ...]:
    """Slots that only the ops of a wave use."""
    if not isinstance(item, Wave):
        return ()
    return (*(capture.inner for capture in item.captures), *(inner for _, inner in item.results))


def first_op(item: Item) -> tuple[Operation, bool]:
    """The op that an item is or begins with, and whether that one op on resources is all of it."""
    if not isinstance(item, Wave):
        return item.op, isinstance(item, DeviceOp)
    return (item.ops[0].op, True) if len(item.ops) == 1 else (item.op, False)
