"""What becomes of each op of a generated program so that it runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from xdsl.dialects.builtin import FunctionType, IndexType, StringAttr, SymbolRefAttr, i1, i32
from xdsl.ir import Attribute, Operation, SSAValue
from xdsl.rewriter import Rewriter

from iree_explorer.dialects.stream.types import Lifetime, ResourceType, TimepointType
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

OPAQUE: Final = ("func.func", "scf.index_switch", "scf.execute_region")
"""Ops through which IREE does not follow a resource when it looks for its lifetime."""
ANY: Final = ResourceType(Lifetime.UNKNOWN)
EXTERNAL: Final = ResourceType(Lifetime.EXTERNAL)

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


def _parameters(one: One, op: Operation) -> None:
    sized(op)
    where = places(op)
    for kind in ("source", "target"):
        for single in (f"{kind}_offset", f"{kind}_offsets"):
            ends = where.get(single.replace("offset", "end"), [])
            lengths = where.get(single.replace("offset", "length"), [])
            for first, last, length in zip(where.get(single, []), ends, lengths, strict=False):
                fit(op, first, last, length)
    scopes = [_text_of(op.operands[n]) for name, numbers in where.items() if name.endswith("_scope") for n in numbers]
    keys = [_text_of(op.operands[n]) for name, numbers in where.items() if "_key" in name for n in numbers]
    for key in keys:
        one.keys.setdefault(scopes[0] if scopes else "", {})[key] = None


def _loads_parameters(one: One, op: Operation) -> None:
    _parameters(one, op)
    for use in list(op.results[0].uses):
        if use.operation.name == "stream.timepoint.await":
            copied_after(use.operation.results[use.index])


def _reads_parameters(one: One, op: Operation) -> None:
    """IREE gives the resource no copy where the op changes it in place and others use it too: it gets one here."""
    _parameters(one, op)
    _alone(op, places(op)["target"][0])


def _alone(op: Operation, number: int) -> list[SSAValue]:
    """Gives an op on parameters a resource with memory of its own: of parts of other memory the lowering counts bytes wrong.

    What it gives, once that is there.
    """
    op.operands[number] = copy_of(op, op.operands[number], EXTERNAL)
    Rewriter.replace_value_with_new_type(op.results[0], EXTERNAL)
    awaited: list[SSAValue] = []
    for use in list(op.results[0].uses):
        wait = use.operation
        assert wait.name == "stream.timepoint.await"
        assert wait.next_op is not None
        _fixed(wait.next_op, wait.results[use.index])
        awaited.append(wait.results[use.index])
    return awaited


def _text_of(value: SSAValue) -> str:
    owner = value.owner
    assert isinstance(owner, Operation)
    text = owner.properties["value"]
    assert isinstance(text, StringAttr)
    return text.data


def _writes_parameters(one: One, op: Operation) -> None:
    """Nothing orders writes of one parameter by two ops: each op has parameters of its own."""
    _parameters(one, op)
    where = places(op)
    for value in _alone(op, where["source"][0]):
        _keep(value)
    for name, numbers in where.items():
        for n in numbers if "_key" in name else ():
            one.written += 1
            key = f"out{one.seed}_{one.written}"
            op.operands[n] = splice(op, f'%0 = util.buffer.constant : !util.buffer = "{key}"')[0]
    _parameters(one, op)


def _keep(value: SSAValue) -> None:
    """Uses a resource: the clean-up of both tools drops writes whose resource nobody uses afterwards."""
    owner = value.owner
    assert isinstance(owner, Operation)
    assert owner.next_op is not None
    splice(owner.next_op, f"%0 = util.optimization_barrier %r : {value.type}", r=value)


def _passes_on(one: One, op: Operation) -> None:
    sized(op)
    _copies(one, op)


def _copies(_: One, op: Operation) -> None:
    """An op whose results or arguments are its operands under another name: IREE looks through none when it places copies."""
    for number, value in enumerate(op.operands):
        if isinstance(value.type, ResourceType):
            op.operands[number] = copy_of(op, value)


def _fixed(op: Operation, value: SSAValue) -> None:
    """Gives a value that appears at `op`, or at the start of its block, the lifetime `EXTERNAL`; all use a copy of no such."""
    if isinstance(value.type, ResourceType):
        given = Rewriter.replace_value_with_new_type(value, EXTERNAL)
        made = copy_of(op, given, ANY)
        given.replace_uses_with_if(made, lambda use: use.operation is not made.owner)


def _function(_: One, op: Operation) -> None:
    """IREE finds no lifetimes for what functions of this dialect take and give: it is `EXTERNAL`."""
    type_ = op.properties["function_type"]
    assert isinstance(type_, FunctionType)
    for block in op.regions[0].blocks:
        start = next(inner for inner in block.ops if inner.name != "arith.constant")
        for argument in block.args:
            _fixed(start, argument)
    op.properties["function_type"] = FunctionType.from_lists(_all_fixed(type_.inputs), _all_fixed(type_.outputs))


def _all_fixed(types: Iterable[Attribute]) -> list[Attribute]:
    return [EXTERNAL if isinstance(type_, ResourceType) else type_ for type_ in types]


def _gives(_: One, op: Operation) -> None:
    """IREE finds no lifetimes for what regions of this op give: it is `EXTERNAL`."""
    assert op.next_op is not None
    for result in op.results:
        _fixed(op.next_op, result)


def _copies_out(one: One, op: Operation) -> None:
    """A terminator: what it hands on is `EXTERNAL` where IREE does not follow it."""
    parent = op.parent_op()
    if parent is None or parent.name not in OPAQUE:
        _copies(one, op)
        return
    for number, value in enumerate(op.operands):
        if isinstance(value.type, ResourceType):
            op.operands[number] = copy_of(op, value, EXTERNAL)


def _global(one: One, op: Operation) -> None:
    symbol: Any = op.properties.get("global")
    op.properties["global"] = SymbolRefAttr(one.name(symbol.root_reference.data))


def _stores(one: One, op: Operation) -> None:
    _global(one, op)
    moved = op.operands[0].owner
    if isinstance(moved, Operation) and moved.name == "stream.async.transfer":
        _copies(one, moved)


def _call(one: One, op: Operation) -> None:
    _copies(one, op)
    symbol: Any = op.properties["callee"]
    op.properties["callee"] = SymbolRefAttr(one.name(symbol.root_reference.data))


def _assert(_: One, op: Operation) -> None:
    """The condition may be false: what must hold is that it is or that it is not."""
    made = splice(
        op,
        "%t = arith.constant true\n%u = util.optimization_barrier %t : i1\n%0 = arith.ori %c, %u : i1",
        c=op.operands[0],
    )
    op.operands[0] = made[0]


def _branch(one: One, op: Operation) -> None:
    """A branch that may go back is a loop."""
    _copies_out(one, op)
    block = op.parent
    assert block is not None
    blocks = list(block.parent.blocks) if block.parent is not None else []
    if blocks.index(op.successors[0]) <= blocks.index(block):
        _burn(one, op)


def _condition(one: One, op: Operation) -> None:
    _copies(one, op)
    _burn(one, op)


def _burn(one: One, op: Operation) -> None:
    """A loop ends where the fuel does."""
    name = one.name("fuel")
    made = splice(
        op,
        f"%l = util.global.load @{name} : i32\n%one = arith.constant 1 : i32\n%zero = arith.constant 0 : i32\n"
        f"%s = arith.subi %l, %one : i32\nutil.global.store %s, @{name} : i32\n%m = arith.cmpi sgt, %l, %zero : i32\n"
        "%0 = arith.andi %c, %m : i1",
        globals_=f"util.global private mutable @{name} : i32",
        c=op.operands[0],
    )
    op.operands[0] = made[0]


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
    **dict.fromkeys(("stream.async.barrier", "stream.async.cast"), _passes_on),
    "stream.timepoint.barrier": _barrier,
    "stream.async.constant": _constant,
    "stream.async.alloca": _alloca,
    "stream.async.slice": _slice,
    "stream.async.fill": _fill,
    "stream.async.update": _update,
    "stream.async.copy": _copy,
    "stream.async.dispatch": _dispatch,
    "stream.async.parameter.load": _loads_parameters,
    **{f"stream.async.parameter.{name}": _reads_parameters for name in ("read", "gather")},
    **{f"stream.async.parameter.{name}": _writes_parameters for name in ("write", "scatter")},
    **dict.fromkeys(
        (
            "arith.select",
            "util.optimization_barrier",
            "scf.for",
            "scf.while",
        ),
        _copies,
    ),
    "func.func": _function,
    **dict.fromkeys(OPAQUE[1:], _gives),
    **dict.fromkeys(("util.return", "func.return", "scf.yield", "cf.br", "cf.switch"), _copies_out),
    "util.global.load": _global,
    "util.global.store": _stores,
    "util.call": _call,
    "func.call": _call,
    "cf.assert": _assert,
    "scf.condition": _condition,
    "cf.cond_br": _branch,
}
