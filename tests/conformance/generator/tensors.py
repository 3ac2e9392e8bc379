"""Statements on `stream.tensor` ops: streamable too, though they know shapes where the others know bytes."""

from __future__ import annotations

from tests.conformance.generator.scope import ANY, CONSTANT, STAGING, Scope
from tests.conformance.generator.streamable import transfer_to
from tests.conformance.generator.writer import Statement, Writer

_STATIC = "tensor<4x8xi32>"


def _tensor(w: Writer, scope: Scope) -> str:
    """A tensor type of any shape with its dynamic dimensions."""
    return w.pick(_STATIC, _STATIC, f"tensor<4x?xi32>{{{w.one_of(scope.sizes)}}}")


def empty(w: Writer, scope: Scope) -> None:
    """A tensor of no particular contents."""
    made = w.new(scope, ANY, w.one_of(scope.sizes))
    w.line(f"{made.name} = stream.tensor.empty{w.on()} : {_tensor(w, scope)} in {made.typed}")


def splat(w: Writer, scope: Scope) -> None:
    """A tensor of one value."""
    made = w.new(scope, ANY, w.one_of(scope.sizes))
    w.line(
        f"{made.name} = stream.tensor.splat{w.on()} {w.one_of(scope.ints)} : i32 -> {_tensor(w, scope)} in {made.typed}"
    )


def constant(w: Writer, scope: Scope) -> None:
    """A constant tensor: it has no size of its own, so users say one."""
    made = w.new(scope, CONSTANT, "%c128")
    value = w.pick("dense<7>", f'dense<"0x{"00010203" * 32}">')
    w.line(f"{made.name} = stream.tensor.constant{w.on()} : {_STATIC} in {CONSTANT} = {value} : {_STATIC}")


def clone(w: Writer, scope: Scope) -> None:
    """A copy that may be written to."""
    source = w.resource(scope)
    made = w.new(scope, ANY, source.size)
    type_ = _tensor(w, scope)
    w.line(
        f"{made.name} = stream.tensor.clone{w.on()} {source.name} : {type_} in {source.typed} -> {type_} in {made.typed}"
    )


def slice_(w: Writer, scope: Scope) -> None:
    """A part as a tensor of its own."""
    source = w.resource(scope)
    made = w.new(scope, source.type, "%c64")
    w.line(
        f"{made.name} = stream.tensor.slice{w.on()} {source.name}[%c0, %c0 for %c4, %c4] : "
        f"{_STATIC} in {source.typed} -> tensor<4x4xi32> in {made.typed}"
    )


def fill(w: Writer, scope: Scope) -> None:
    """A value all over a part, in place."""
    target = w.resource(scope)
    made = w.new(scope, target.type, target.size)
    w.line(
        f"{made.name} = stream.tensor.fill{w.on()} {w.one_of(scope.ints)}, {target.name}[%c0, %c1 for %c4, %c4] : i32 -> "
        f"{_STATIC} in {target.name} as {target.typed}"
    )


def update(w: Writer, scope: Scope) -> None:
    """A tensor into a part of another, in place."""
    source, target = w.resource(scope), w.resource(scope)
    made = w.new(scope, target.type, target.size)
    w.line(
        f"{made.name} = stream.tensor.update{w.on()} {source.name}, {target.name}[%c0, %c4] : "
        f"tensor<4x4xi32> in {source.typed} -> {_STATIC} in {target.name} as {target.typed}"
    )


def dispatch(w: Writer, scope: Scope) -> None:
    """A dispatch of a tensor: it changes it, or makes another."""
    source = w.resource(scope)
    made = w.new(scope, source.type, source.size)
    type_ = _tensor(w, scope)
    result = f"{source.name}{{{source.size}}}" if w.chance(0.4) else made.typed
    w.line(
        f"{made.name} = stream.tensor.dispatch{w.on()} @ex::@d0[%c1]({source.name}, {w.one_of(scope.ints)}) : "
        f"({type_} in {source.typed}, i32) -> {type_} in {result}"
    )


def encode(w: Writer, scope: Scope) -> None:
    """The same tensor in another layout."""
    source = w.resource(scope)
    made = w.new(scope, source.type, w.one_of(scope.sizes))
    w.line(
        f"{made.name} = stream.tensor.encode{w.on()} {source.name} : {_STATIC} in {source.typed} -> "
        f"{_STATIC} in {made.typed}"
    )


def load(w: Writer, scope: Scope) -> None:
    """Device to host: one element."""
    staged = transfer_to(w, scope, w.resource(scope), STAGING)
    value = w.name()
    w.line(f"{value} = stream.tensor.load {staged.name}[%c1, %c1] : {_STATIC} in {staged.typed} -> i32")
    scope.ints.append(value)


def export(w: Writer, scope: Scope) -> None:
    """A buffer view for the caller, and back again."""
    source, view = w.resource(scope), w.name()
    w.line(f"{view} = stream.tensor.export{w.on()} {source.name} : {_STATIC} in {source.typed} -> !hal.buffer_view")
    made = w.new(scope, "!stream.resource<external>", source.size)
    w.line(f"{made.name} = stream.tensor.import{w.on()} {view} : !hal.buffer_view -> {_STATIC} in {made.typed}")


STATEMENTS: dict[Statement, int] = {
    empty: 1,
    splat: 1,
    constant: 1,
    clone: 1,
    slice_: 1,
    fill: 1,
    update: 1,
    dispatch: 1,
    encode: 1,
    load: 1,
    export: 1,
}
"""Statement → how often it is drawn."""
