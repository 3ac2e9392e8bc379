"""Control flow, calls, globals and what hands resources on: loops end, and lifetimes are ones that IREE finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from xdsl.dialects.builtin import FunctionType, SymbolRefAttr
from xdsl.ir import Attribute, Operation

from iree_explorer.dialects.stream.types import ResourceType
from tests.conformance.rewriting import (
    EXTERNAL,
    copy_of,
    fixed,
    sized,
    splice,
)

if TYPE_CHECKING:
    from tests.conformance.runnable import One

OPAQUE: Final = ("func.func", "scf.index_switch", "scf.execute_region")
"""Ops through which IREE does not follow a resource when it looks for its lifetime."""
Rewrite: TypeAlias = "Callable[[One, Operation], None]"


def _passes_on(one: One, op: Operation) -> None:
    sized(op)
    _copies(one, op)


def _copies(_: One, op: Operation) -> None:
    """An op whose results or arguments are its operands under another name: IREE looks through none when it places copies."""
    for number, value in enumerate(op.operands):
        if isinstance(value.type, ResourceType):
            op.operands[number] = copy_of(op, value)


def _function(_: One, op: Operation) -> None:
    """IREE finds no lifetimes for what functions of this dialect take and give: it is `EXTERNAL`."""
    type_ = op.properties["function_type"]
    assert isinstance(type_, FunctionType)
    for block in op.regions[0].blocks:
        start = next(inner for inner in block.ops if inner.name != "arith.constant")
        for argument in block.args:
            fixed(start, argument)
    op.properties["function_type"] = FunctionType.from_lists(_all_fixed(type_.inputs), _all_fixed(type_.outputs))


def _all_fixed(types: Iterable[Attribute]) -> list[Attribute]:
    return [EXTERNAL if isinstance(type_, ResourceType) else type_ for type_ in types]


def _gives(_: One, op: Operation) -> None:
    """IREE finds no lifetimes for what regions of this op give: it is `EXTERNAL`."""
    assert op.next_op is not None
    for result in op.results:
        fixed(op.next_op, result)


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
    **dict.fromkeys(("stream.async.barrier", "stream.async.cast"), _passes_on),
}
