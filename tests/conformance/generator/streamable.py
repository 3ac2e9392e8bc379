"""Statements that run on a device: what the passes put into regions and waves."""

from __future__ import annotations

from tests.conformance.generator.scope import ANY, EXTERNAL, STAGING, Resource, Scope
from tests.conformance.generator.writer import Statement, Writer

_PARTS = ("%c0 to %c64", "%c64 to %c128")


def dispatch(w: Writer, scope: Scope) -> None:
    """A dispatch of up to three resources, whole or in part; some results are tied to operands."""
    operands = [w.resource(scope) for _ in range(w.pick(0, 1, 1, 2, 2, 3))]
    inputs = [f"{r.name}[{w.span(scope, r)}]" for r in operands]
    types = [r.typed for r in operands]
    if w.chance(0.3):
        inputs.append(w.one_of(scope.ints))
        types.append("i32")
    outputs: list[tuple[str, Resource]] = []
    free = list(dict.fromkeys(operands))
    for _ in range(w.pick(1, 1, 1, 2)):
        if free and w.chance(0.3):
            tied = free.pop(w.random.randrange(len(free)))
            made = Resource(w.name(), tied.type, tied.size)
            outputs.append((f"{tied.name}{{{tied.size}}}", made))
        else:
            made = Resource(w.name(), ANY, w.one_of(scope.sizes))
            outputs.append((made.typed, made))
    workload = w.pick("", "[%c1]", "[%c4, %c1]")
    cheap = " {preferCloneToConsumers}" if w.chance(0.1) else ""
    texts = ", ".join(text for text, _ in outputs)
    w.line(
        f"{', '.join(made.name for _, made in outputs)} = stream.async.dispatch{w.on()} @ex::@d{w.random.randrange(4)}"
        f"{workload}({', '.join(inputs)}){cheap} : "
        f"({', '.join(types)}) -> {f'({texts})' if len(outputs) > 1 else texts}"
    )
    scope.resources += [made for _, made in outputs]


def splat(w: Writer, scope: Scope) -> None:
    """A fresh resource with one value all over."""
    w.splat(scope, ANY)


def constant(w: Writer, scope: Scope) -> None:
    """A constant: of one value all over, or not."""
    made = w.new(scope, ANY, "%c128")
    values = w.pick(f"dense<{w.random.randrange(3)}>", f'dense<"0x{"00010203" * 32}">')
    wait = w.wait(scope, 0.05)
    w.line(f"{made.name} = stream.async.constant{w.on()}{wait} : {made.typed} = {values} : tensor<32xi32>")


def alloca(w: Writer, scope: Scope) -> None:
    """Storage of no particular contents."""
    made = w.new(scope, ANY, w.one_of(scope.sizes))
    w.line(f"{made.name} = stream.async.alloca{w.on()} : {made.typed}")


def clone(w: Writer, scope: Scope) -> None:
    """A copy that may be written to."""
    source = w.resource(scope)
    made = w.new(scope, ANY, source.size)
    w.line(f"{made.name} = stream.async.clone{w.on()} {source.name} : {source.typed} -> {made.typed}")


def slice_(w: Writer, scope: Scope) -> None:
    """A part as a resource of its own."""
    source = w.resource(scope)
    made = w.new(scope, source.type, "%c64")
    w.line(
        f"{made.name} = stream.async.slice{w.on()} {source.name}[{w.one_of(_PARTS)}] : {source.typed} -> {made.typed}"
    )


def fill(w: Writer, scope: Scope) -> None:
    """A value all over a range, in place."""
    target = w.resource(scope)
    made = w.new(scope, target.type, target.size)
    value, type_ = w.pick((w.one_of(scope.ints), "i32"), (w.one_of(scope.ints), "i32"), ("%i0", "i64"), ("%b1", "i8"))
    w.line(
        f"{made.name} = stream.async.fill{w.on()} {value}, {target.name}[{w.span(scope, target)}] : "
        f"{type_} -> {target.name} as {target.typed}"
    )


def update(w: Writer, scope: Scope) -> None:
    """All of one resource into a range of another, in place."""
    source, target = w.resource(scope), w.resource(scope)
    made = w.new(scope, target.type, target.size)
    w.line(
        f"{made.name} = stream.async.update{w.on()} {source.name}, {target.name}"
        f"[{w.pick(f'%c0 to {source.size}', *_PARTS)}] : {source.typed} -> {target.name} as {target.typed}"
    )


def copy(w: Writer, scope: Scope) -> None:
    """A range of one resource into a range of another, in place."""
    source, target = w.resource(scope), w.resource(scope)
    made = w.new(scope, target.type, target.size)
    from_, to = w.one_of(_PARTS), w.one_of(_PARTS)
    w.line(
        f"{made.name} = stream.async.copy{w.on()} {source.name}[{from_}], {target.name}[{to}], %c64 : "
        f"{source.typed} -> {target.name} as {target.typed}"
    )


def transfer_to(w: Writer, scope: Scope, source: Resource, type_: str) -> Resource:
    """Moves a resource to another device or lifetime; returns it there."""
    made = w.new(scope, type_, source.size)
    from_, to = w.affinity(), w.affinity()
    w.line(
        f"{made.name} = stream.async.transfer{w.on() if w.chance(0.2) else ''} {source.name} : {source.typed}"
        f"{f' from({from_})' if from_ else ''} ->{f' to({to})' if to else ''} {made.typed}"
    )
    return made


def transfer(w: Writer, scope: Scope) -> None:
    """Moves a resource to another device or lifetime."""
    transfer_to(w, scope, w.resource(scope), w.pick(ANY, ANY, EXTERNAL))


def upload(w: Writer, scope: Scope) -> None:
    """Host to device: a value is stored into staging memory, which moves to the device."""
    staged = transfer_to(w, scope, w.resource(scope), STAGING)
    stored = w.new(scope, STAGING, staged.size)
    w.line(
        f"{stored.name} = stream.async.store {w.one_of(scope.ints)}, {staged.name}[%c0] : i32 -> "
        f"{staged.name} as {staged.typed}"
    )
    transfer_to(w, scope, stored, ANY)


def cast(w: Writer, scope: Scope) -> None:
    """Another lifetime for the same bytes."""
    source = w.resource(scope)
    made = w.new(scope, w.pick(ANY, EXTERNAL), source.size)
    w.line(f"{made.name} = stream.async.cast{w.on()} {source.name} : {source.typed} -> {made.typed}")


def barrier(w: Writer, scope: Scope) -> None:
    """An order that the partitioner keeps."""
    source = w.resource(scope)
    made = w.new(scope, source.type, source.size)
    w.line(f"{made.name} = stream.async.barrier{w.on()} {source.name} : {source.typed}")


def subview(w: Writer, scope: Scope) -> None:
    """A part that shares its storage."""
    source = w.resource(scope)
    made = w.new(scope, source.type, "%c64")
    w.line(f"{made.name} = stream.resource.subview {source.name}[%c64] : {source.typed} -> {made.typed}")


STATEMENTS: dict[Statement, int] = {
    dispatch: 16,
    splat: 4,
    constant: 2,
    alloca: 2,
    clone: 4,
    slice_: 2,
    fill: 3,
    update: 3,
    copy: 3,
    transfer: 3,
    upload: 1,
    cast: 1,
    barrier: 2,
    subview: 1,
}
"""Statement → how often it is drawn."""
