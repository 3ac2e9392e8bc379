"""Statements that `module.STATEMENTS` draws too seldom or not at all: the edges of the partitioner's rules.

Ranges that overlap, one resource several times in a dispatch, tied to parts; chains of transfers; cloneable ops with users on
every device; sizes and flags that come back from a device; loops that carry timepoints; ops of the host that do little.
"""

from __future__ import annotations

from typing_extensions import override

from tests.conformance.generator.scope import ANY, DEVICES, EXTERNAL, STAGING, TIMEPOINT, VARIABLE, Resource, Scope
from tests.conformance.generator.streamable import transfer_to
from tests.conformance.generator.writer import Statement, Writer

_RANGES = ("%c0 to %c64 for %c64", "%c64 to %c128 for %c64", "%c0 to %c128 for %c128", "%c1 to %c128 for %c4")


class EdgeWriter(Writer):
    """Draws affinities from all that programs may say, not just devices."""

    @override
    def affinity(self) -> str | None:
        """A device, a choice of devices, or a promise of one."""
        if not self.device_count or self.chance(0.9):
            return super().affinity()
        devices = [f"#hal.device.affinity<@{name}>" for name in DEVICES[: self.device_count]]
        chosen = self.random.sample(devices, self.random.randrange(1, len(devices) + 1))
        return self.pick(f"#hal.device.optimal<[{', '.join(chosen)}]>", f"#hal.device.promise<@{DEVICES[0]}>")


def _part(w: Writer, scope: Scope, resource: Resource) -> str:
    return w.span(scope, resource) if w.chance(0.4) else w.one_of(_RANGES)


def dispatch(w: Writer, scope: Scope) -> None:
    """A dispatch that names some resources several times, in parts, and changes up to three of them."""
    distinct = [w.resource(scope) for _ in range(w.pick(1, 1, 2, 3))]
    operands = [w.one_of(distinct) for _ in range(w.random.randrange(1, 5))]
    inputs = ", ".join(f"{r.name}[{_part(w, scope, r)}]" for r in operands)
    outputs: list[str] = []
    made: list[Resource] = []
    free = list(dict.fromkeys(operands))
    w.random.shuffle(free)
    for _ in range(w.random.randrange(1, 4)):
        if free and w.chance(0.6):
            tied = free.pop()
            made.append(Resource(w.name(), tied.type, tied.size))
            outputs.append(f"{tied.name}{{{tied.size}}}")
        else:
            made.append(Resource(w.name(), ANY, w.one_of(scope.sizes)))
            outputs.append(made[-1].typed)
    entries = w.pick("@ex::@d0", "@ex::@d1", "{@ex::@d2, @ex::@d3}")
    cheap = " {preferCloneToConsumers}" if w.chance(0.15) else ""
    types, results = ", ".join(r.typed for r in operands), ", ".join(outputs)
    w.line(
        f"{', '.join(r.name for r in made)} = stream.async.dispatch{w.on()} {entries}({inputs}){cheap} : "
        f"({types}) -> {f'({results})' if len(outputs) > 1 else results}"
    )
    scope.resources += made


def hazards(w: Writer, scope: Scope) -> None:
    """Fills, copies and reads of one resource whose ranges overlap or just do not."""
    target = w.resource(scope)
    for _ in range(w.random.randrange(2, 6)):
        ranges, kind, other = w.one_of(_RANGES), w.random.randrange(4), w.resource(scope)
        made = w.new(scope, target.type, target.size)
        if kind == 0:
            w.line(
                f"{made.name} = stream.async.fill{w.on()} {w.one_of(scope.ints)}, {target.name}[{ranges}] : "
                f"i32 -> {target.name} as {target.typed}"
            )
        elif kind == 1:
            source = w.pick(target, other)
            w.line(
                f"{made.name} = stream.async.copy{w.on()} {source.name}[%c0 to %c64], {target.name}[%c64 to %c128], "
                f"%c64 : {source.typed} -> {target.name} as {target.typed}"
            )
        elif kind == 2:
            w.line(
                f"{made.name} = stream.async.update{w.on()} {other.name}, {target.name}[%c0 to %c64] : "
                f"{other.typed} -> {target.name} as {target.typed}"
            )
        else:
            w.line(
                f"{made.name} = stream.async.dispatch{w.on()} @ex::@d0({target.name}[{ranges}], "
                f"{target.name}[{w.one_of(_RANGES)}]) : ({target.typed}, {target.typed}) -> "
                f"{w.pick(f'{target.name}{{{target.size}}}', made.typed)}"
            )
        target = w.pick(made, made, target)


def transfers(w: Writer, scope: Scope) -> None:
    """A resource that goes from device to device, with or without work on the way."""
    resource = w.resource(scope)
    for _ in range(w.random.randrange(2, 5)):
        resource = transfer_to(w, scope, resource, w.pick(ANY, ANY, EXTERNAL, VARIABLE))
        if w.chance(0.4):
            made = w.new(scope, resource.type, resource.size)
            w.line(
                f"{made.name} = stream.async.dispatch{w.on()} @ex::@d0({resource.name}[{w.span(scope, resource)}]) : "
                f"({resource.typed}) -> {made.typed}"
            )
            resource = made


def shared(w: Writer, scope: Scope) -> None:
    """A cloneable op whose users are on several devices, some of which change what it makes."""
    if w.chance(0.5):
        made = w.splat(scope, ANY)
    else:
        made = w.new(scope, ANY, "%c128")
        value = w.pick("", " = dense<1> : tensor<32xi32>")
        w.line(f"{made.name} = stream.async.{'constant' if value else 'alloca'}{w.on()} : {made.typed}{value}")
    for _ in range(w.random.randrange(2, 5)):
        user = Resource(w.name(), ANY, made.size)
        w.line(
            f"{user.name} = stream.async.dispatch{w.on()} @ex::@d1({made.name}[{w.span(scope, made)}]) : "
            f"({made.typed}) -> {w.pick(f'{made.name}{{{made.size}}}', user.typed)}"
        )
        scope.resources.append(user)


def clones(w: Writer, scope: Scope) -> None:
    """Clones of clones, on any device."""
    source = w.resource(scope)
    for _ in range(w.random.randrange(2, 5)):
        made = w.new(scope, source.type, source.size)
        w.line(f"{made.name} = stream.async.clone{w.on()} {source.name} : {source.typed} -> {made.typed}")
        source = w.pick(made, source)


def read_back(w: Writer, scope: Scope) -> None:
    """A number that a device computed is a size, a length or a workload."""
    staged = transfer_to(w, scope, w.resource(scope), STAGING)
    number, size = w.name(), w.name()
    w.line(f"{number} = stream.async.load {staged.name}[%c4] : {staged.typed} -> i32")
    w.line(f"{size} = arith.index_cast {number} : i32 to index")
    scope.ints.append(number)
    scope.sizes.append(size)


def numbers(w: Writer, scope: Scope) -> None:
    """Sizes out of sizes, by all kinds of ops."""
    name, a, b = w.name(), w.one_of(scope.sizes), w.one_of(scope.sizes)
    w.line(
        w.pick(
            f"{name} = arith.select {w.one_of(scope.bools)}, {a}, {b} : index",
            f"{name} = arith.maxui {a}, {b} : index",
            f"{name} = util.align {a}, %c64 : index",
            f"{name} = affine.apply affine_map<(d0)[s0] -> (d0 * 4 + s0)>({a})[{b}]",
            f"{name} = stream.tensor.sizeof{w.on()} tensor<?x4xf32>{{{a}}} : index",
            f"{name} = util.assume.int {a}<umin = 0, umax = 4096, udiv = 4> : index",
            f"{name} = util.range.max {a}, {b} : index",
            f"{name} = util.optimization_barrier {a} : index",
        )
    )
    scope.sizes.append(name)


def flags(w: Writer, scope: Scope) -> None:
    """Conditions out of conditions and numbers."""
    name = w.name()
    w.line(
        w.pick(
            f"{name} = arith.cmpi {w.pick('eq', 'slt', 'ult')}, {w.one_of(scope.ints)}, {w.one_of(scope.ints)} : i32",
            f"{name} = arith.andi {w.one_of(scope.bools)}, {w.one_of(scope.bools)} : i1",
            f"{name} = arith.xori {w.one_of(scope.bools)}, {w.one_of(scope.bools)} : i1",
            f"{name} = util.optimization_barrier {w.one_of(scope.bools)} : i1",
        )
    )
    scope.bools.append(name)


def host(w: Writer, scope: Scope) -> None:
    """Ops of the host between those of devices."""
    name, more, resource = w.name(), w.name(), w.resource(scope)
    number, size = w.one_of(scope.ints), w.one_of(scope.sizes)
    wait = f" await({w.one_of(scope.timepoints)}) =>" if w.chance(0.5) else ""
    w.line(
        w.pick(
            f"{name} = util.buffer.alloc uninitialized : !util.buffer{{{size}}}",
            f"{name} = util.list.create {size} : !util.list<i32>",
            f"{name} = util.null : !hal.fence",
            f"{name}, {more} = stream.context.resolve{w.on()} : !hal.device, i64",
            f"{name} = stream.channel.create{w.on()} : !stream.channel",
            f"util.optimization_barrier {number} : i32",
            f"{name} = util.call @pure({number}) : (i32) -> i32",
            f"{name}:2 = util.call @two({resource.name}, {resource.size}, {w.one_of(scope.timepoints)}) : "
            f"({resource.type}, index, {TIMEPOINT}) -> ({resource.type}, {TIMEPOINT})"
            if resource.type == ANY
            else f"util.call @notify({number}) : (i32) -> ()",
            f"{name}, {more} = stream.resource.alloca uninitialized{w.on()}{wait}"
            f"{'' if wait else ' :'} !stream.resource<transient>{{{size}}} => !stream.timepoint",
            f"{name} = stream.resource.alloc uninitialized{w.on()} : !stream.resource<transient>{{{size}}}",
        )
    )


def trace(w: Writer, scope: Scope) -> None:
    """A resource that is shown to whoever watches."""
    staged = transfer_to(w, scope, w.resource(scope), STAGING)
    w.line(f'stream.tensor.trace "here" = [{staged.name} : tensor<4x8xi32> in {staged.typed}]')


def execute(w: Writer, scope: Scope) -> None:
    """A region that is there already: several results, some of them captures, some tied, some of no use; numbers come from outside."""
    sources = list(dict.fromkeys(w.resource(scope) for _ in range(w.pick(1, 2, 3))))
    inside = [Resource(w.name(), s.type, s.size) for s in sources]
    captures = ", ".join(f"{a.name} as {b.name}: {a.typed}" for a, b in zip(sources, inside, strict=True))
    wait = f" await({w.one_of(scope.timepoints)}) =>" if w.chance(0.6) else ""
    inner = Scope(list(inside), list(scope.sizes), list(scope.ints), list(scope.bools), [])
    lines, w.lines = w.lines, []
    for _ in range(w.random.randrange(5)):
        w.pick(dispatch, hazards, clones, dispatch, shared)(w, inner)
    yielded = [w.one_of(inner.resources) for _ in range(w.random.randrange(1, 4))]
    work, w.lines = w.lines, lines
    raw, ready = [w.name() for _ in yielded], w.name()
    free = list(sources)
    results: list[str] = []
    for value in yielded:
        tied = next((s for s in free if s.type == value.type and s.size == value.size), None)
        if tied is not None and w.chance(0.4):
            free.remove(tied)
            results.append(f"{tied.name} as {tied.typed}")
        else:
            results.append(value.typed)
    w.line(
        f"{', '.join((*raw, ready))} = stream.async.execute{w.on()}{wait} with({captures}) -> ({', '.join(results)}) {{"
    )
    w.lines += work
    w.line(f"stream.yield {', '.join(v.name for v in yielded)} : {', '.join(v.typed for v in yielded)}")
    favor = w.favor(0.15)
    w.line(f"}} => !stream.timepoint{f' attributes {{{favor}}}' if favor else ''}")
    for value, name in zip(yielded, raw, strict=True):
        if w.chance(0.7):
            made = w.new(scope, value.type, value.size)
            w.line(f"{made.name} = stream.timepoint.await {ready} => {name} : {made.typed}")
    if w.chance(0.5):
        scope.timepoints.append(ready)


def for_(w: Writer, scope: Scope) -> None:
    """A loop that carries a resource, when it is ready, and a number."""
    if scope.depth >= 2:
        return
    start, ready, number = w.resource(scope, ANY), w.one_of(scope.timepoints), w.one_of(scope.sizes)
    inner = scope.nested()
    carried, time, count, index = w.new(inner, ANY, start.size), w.name(), w.name(), w.name()
    inner.timepoints.append(time)
    inner.sizes += [count, index]
    made, after, total = Resource(w.name(), ANY, start.size), w.name(), w.name()
    w.line(
        f"{made.name}, {after}, {total} = scf.for {index} = %c0 to {w.one_of(scope.sizes)} step %c1 iter_args("
        f"{carried.name} = {start.name}, {time} = {ready}, {count} = {number}) -> ({ANY}, {TIMEPOINT}, index) {{"
    )
    w.body(inner, w.random.randrange(4) if scope.depth < 1 else w.random.randrange(2))
    w.line(
        f"scf.yield {w.resource(inner, ANY).name}, {w.one_of(inner.timepoints)}, {w.one_of(inner.sizes)} : "
        f"{ANY}, {TIMEPOINT}, index"
    )
    w.line("}")
    scope.resources.append(made)
    scope.timepoints.append(after)
    scope.sizes.append(total)


def while_(w: Writer, scope: Scope) -> None:
    """A loop that carries a resource, when it is ready, and a number, and gives other things than it takes."""
    if scope.depth >= 2:
        return
    start = w.resource(scope, ANY)
    before = scope.nested()
    carried, time, count = w.new(before, ANY, start.size), w.name(), w.name()
    before.timepoints.append(time)
    before.ints.append(count)
    made, after = Resource(w.name(), ANY, start.size), w.name()
    w.line(
        f"{made.name}, {after} = scf.while ({carried.name} = {start.name}, {time} = {w.one_of(scope.timepoints)}, "
        f"{count} = {w.one_of(scope.ints)}) : ({ANY}, {TIMEPOINT}, i32) -> ({ANY}, i32) {{"
    )
    w.body(before, w.random.randrange(3) if scope.depth < 1 else w.random.randrange(2))
    w.line(
        f"scf.condition({w.one_of(before.bools)}) {w.resource(before, ANY).name}, {w.one_of(before.ints)} : {ANY}, i32"
    )
    w.line("} do {")
    inner = scope.nested()
    passed, number = w.new(inner, ANY, start.size), w.name()
    inner.ints.append(number)
    w.line(f"^bb0({passed.name}: {ANY}, {number}: i32):")
    w.body(inner, w.random.randrange(3) if scope.depth < 1 else w.random.randrange(2))
    w.line(
        f"scf.yield {w.resource(inner, ANY).name}, {w.one_of(inner.timepoints)}, {w.one_of(inner.ints)} : "
        f"{ANY}, {TIMEPOINT}, i32"
    )
    w.line("}")
    scope.resources.append(made)
    scope.ints.append(after)


def if_(w: Writer, scope: Scope) -> None:
    """A choice that gives a resource with its size, a timepoint and a flag."""
    if scope.depth >= 2:
        return
    made, size, time, flag = w.name(), w.name(), w.name(), w.name()
    w.line(f"{made}, {size}, {time}, {flag} = scf.if {w.one_of(scope.bools)} -> ({ANY}, index, {TIMEPOINT}, i1) {{")
    for end in ("} else {", "}"):
        inner = scope.nested()
        w.body(inner, w.random.randrange(3) if scope.depth < 1 else w.random.randrange(2))
        given = w.resource(inner, ANY)
        w.line(
            f"scf.yield {given.name}, {given.size}, {w.one_of(inner.timepoints)}, {w.one_of(inner.bools)} : "
            f"{ANY}, index, {TIMEPOINT}, i1"
        )
        w.line(end)
    scope.resources.append(Resource(made, ANY, size))
    scope.timepoints.append(time)
    scope.bools.append(flag)


STATEMENTS: dict[Statement, int] = {
    dispatch: 10,
    hazards: 3,
    transfers: 3,
    shared: 3,
    clones: 2,
    read_back: 2,
    numbers: 4,
    flags: 2,
    host: 3,
    trace: 1,
    execute: 3,
    for_: 2,
    while_: 2,
    if_: 2,
}
"""Statement → how often it is drawn."""

DECLARATIONS = (
    "util.func private @pure(i32) -> i32 attributes {nosideeffects}",
    f"util.func private @two({ANY}, index, {TIMEPOINT}) -> ({ANY}, {TIMEPOINT})",
)
"""Functions that `host` calls."""
