"""Ops on resources: what they read and write is there, and nothing shares what is changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from xdsl.dialects.builtin import IndexType, SymbolRefAttr, i1, i32
from xdsl.ir import Operation

from iree_explorer.dialects.stream.types import ResourceType, TimepointType
from tests.conformance.kernels import Argument, Kernel
from tests.conformance.rewriting import (
    PART,
    SIZE,
    apart,
    constant,
    copied_after,
    copy_of,
    fit,
    places,
    sized,
    splice,
)

if TYPE_CHECKING:
    from tests.conformance.runnable import One

Rewrite: TypeAlias = "Callable[[One, Operation], None]"


def nothing(_: One, __: Operation) -> None:
    pass


def _only_sizes(_: One, op: Operation) -> None:
    sized(op)


def _constant(_: One, op: Operation) -> None:
    sized(op)
    made = splice(
        op,
        f"%0 = stream.async.constant : {op.results[0].type}{{%n}} = dense<{known_first(op)}> : tensor<{SIZE // 4}xi32>",
        n=constant(op, SIZE),
    )[0]
    op.properties["value"] = made.owner.properties["value"]  # type: ignore[union-attr]
    _drop(made.owner)
    copied_after(op.results[0])


def known_first(op: Operation) -> int:
    """The first element of a constant."""
    value: Any = op.properties["value"]
    return int(value.get_values()[0])


def _drop(op: Any) -> None:
    op.detach()
    op.erase()


def _alloca(_: One, op: Operation) -> None:
    """What storage holds at first is not defined."""
    sized(op)
    after = op.next_op
    assert after is not None
    result = op.results[0]
    filled = splice(
        after,
        f"%v = arith.constant 3 : i32\n"
        f"%0 = stream.async.fill %v, %r[%z to %n for %n] : i32 -> %r as {result.type}{{%n}}",
        r=result,
        z=constant(op, 0),
        n=constant(op, SIZE),
    )[0]
    result.replace_uses_with_if(filled, lambda use: use.operation is not filled.owner)


def _slice(_: One, op: Operation) -> None:
    """A part, put back into a whole resource."""
    where = places(op)
    sized(op)
    if not fit(op, where["source_offset"][0], where["source_end"][0]):
        return
    op.operands[where["result_size"][0]] = constant(op, PART)
    after, result = op.next_op, op.results[0]
    assert after is not None
    kind = result.type
    whole = splice(
        after,
        f"%v = arith.constant 9 : i32\n%0 = stream.async.splat %v : i32 -> {kind}{{%n}}\n"
        f"%1 = stream.async.update %r, %0[%z to %p] : {kind}{{%p}} -> %0 as {kind}{{%n}}",
        r=result,
        z=constant(op, 0),
        p=constant(op, PART),
        n=constant(op, SIZE),
    )[0]
    result.replace_uses_with_if(whole, lambda use: use.operation is not whole.owner)


def _fill(_: One, op: Operation) -> None:
    sized(op)
    where = places(op)
    fit(op, where["target_offset"][0], where["target_end"][0], where["target_length"][0])


def _update(_: One, op: Operation) -> None:
    sized(op)
    where = places(op)
    source = where["update"][0]
    apart(op, where["target"][0], source)
    if fit(op, where["target_offset"][0], where["target_end"][0]):
        value = op.operands[source]
        op.operands[source] = splice(
            op,
            f"%0 = stream.async.slice %r[%z to %p] : {value.type}{{%n}} -> {value.type}{{%p}}",
            r=value,
            z=constant(op, 0),
            p=constant(op, PART),
            n=constant(op, SIZE),
        )[0]
        op.operands[where["update_size"][0]] = constant(op, PART)


def _copy(_: One, op: Operation) -> None:
    sized(op)
    where = places(op)
    apart(op, where["target"][0], where["source"][0])


def _dispatch(one: One, op: Operation) -> None:
    sized(op)
    where = places(op)
    operands = where["resource_operands"]
    ties = _ties(op)
    for tied in ties:
        if tied >= 0:
            apart(op, operands[tied], *(n for n in operands if n != operands[tied]))
    ranges = zip(
        where["resource_operand_offsets"],
        where["resource_operand_ends"],
        where["resource_operand_lengths"],
        strict=True,
    )
    arguments: list[Argument] = []
    for place, number in enumerate(operands):
        if not isinstance(op.operands[number].type, ResourceType):
            arguments.append(Argument("scalar"))
            continue
        first, last, length = next(ranges)
        if place in ties and len(ties) > 1:  # all outputs of a kernel have one shape
            op.operands[first] = constant(op, 1)
        is_part = fit(op, first, last, length)
        arguments.append(Argument("readwrite" if place in ties else "readonly", PART if is_part else SIZE))
    arguments += [Argument("scalar"), *(Argument("writeonly", SIZE) for tied in ties if tied < 0)]
    entries: Any = op.properties["entry_points"]
    variant = int(entries.data[0].nested_references.data[0].data[1:])
    kernel = Kernel(variant, len(where["workload"]), tuple(arguments))
    one.kernels[kernel] = None
    op.properties["entry_points"] = type(entries)([SymbolRefAttr(kernel.name, [kernel.name])])


def _ties(op: Operation) -> list[int]:
    ties: Any = op.properties.get("tied_operands")
    return [int(tied.value.data) for tied in ties] if ties is not None else [-1] * len(op.results)


def copied(_: One, op: Operation) -> None:
    """An op that nothing here runs: its resources are copies of the first that it is given."""
    n = constant(op, SIZE)
    given = next((value for value in op.operands if isinstance(value.type, ResourceType)), None)
    for result in op.results:
        kind = result.type
        if isinstance(kind, ResourceType) and given is not None:
            made = splice(op, f"%0 = stream.async.clone %r : {given.type}{{%n}} -> {kind}{{%n}}", r=given, n=n)
        elif isinstance(kind, ResourceType):
            made = splice(op, f"%v = arith.constant 5 : i32\n%0 = stream.async.splat %v : i32 -> {kind}{{%n}}", n=n)
        elif isinstance(kind, TimepointType):
            made = splice(op, "%0 = stream.timepoint.immediate => !stream.timepoint")
        elif kind in (i1, i32) or isinstance(kind, IndexType):
            made = splice(op, f"%0 = arith.constant {'true' if kind == i1 else f'2 : {kind}'}")
        else:
            continue
        result.replace_all_uses_with(made[0])
    if all(result.first_use is None for result in op.results):
        _drop(op)


def _barrier(_: One, op: Operation) -> None:
    """What a barrier gives may be used once its timepoint is reached, which the generator does not care for."""
    sized(op)
    op.operands[0] = copy_of(op, op.operands[0])
    after = op.next_op
    assert after is not None
    resource, ready = op.results
    waited = splice(
        after,
        f"%0 = stream.timepoint.await %t => %r : {resource.type}{{%n}}",
        r=resource,
        t=ready,
        n=constant(op, SIZE),
    )[0]
    resource.replace_uses_with_if(waited, lambda use: use.operation is not waited.owner)


REWRITES: dict[str, Rewrite] = {
    **dict.fromkeys(
        (
            "stream.async.splat",
            "stream.async.clone",
            "stream.async.transfer",
            "stream.async.load",
            "stream.async.store",
            "stream.async.execute",
            "stream.async.concurrent",
            "stream.timepoint.await",
            "stream.yield",
            "stream.tensor.export",
            "stream.tensor.import",
        ),
        _only_sizes,
    ),
    **dict.fromkeys(
        (
            "stream.async.call",
            "stream.async.collective",
            "stream.channel.create",
            "stream.resource.subview",
            "stream.timepoint.export",
            "stream.timepoint.import",
            "stream.timepoint.chain_external",
        ),
        copied,
    ),
    "stream.timepoint.barrier": _barrier,
    "stream.async.constant": _constant,
    "stream.async.alloca": _alloca,
    "stream.async.slice": _slice,
    "stream.async.fill": _fill,
    "stream.async.update": _update,
    "stream.async.copy": _copy,
    "stream.async.dispatch": _dispatch,
}
