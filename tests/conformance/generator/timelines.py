"""Statements on timepoints, and execution regions that are there already."""

from __future__ import annotations

from tests.conformance.generator.scope import Resource, Scope
from tests.conformance.generator.writer import Statement, Writer


def await_(w: Writer, scope: Scope) -> None:
    """Waits for one or two resources."""
    timepoint = w.one_of(scope.timepoints)
    sources = [w.resource(scope) for _ in range(w.pick(1, 1, 2))]
    made = [w.new(scope, source.type, source.size) for source in sources]
    w.line(
        f"{', '.join(r.name for r in made)} = stream.timepoint.await {timepoint} => "
        f"{', '.join(r.name for r in sources)} : {', '.join(r.typed for r in sources)}"
    )


def barrier(w: Writer, scope: Scope) -> None:
    """When a resource is ready."""
    source, ready = w.resource(scope), w.name()
    made = w.new(scope, source.type, source.size)
    w.line(
        f"{made.name}, {ready} = stream.timepoint.barrier{w.on()} {source.name} : {source.typed} => !stream.timepoint"
    )
    scope.timepoints.append(ready)


def join(w: Writer, scope: Scope) -> None:
    """When all of several timepoints are reached."""
    name = w.name()
    parts = [w.one_of(scope.timepoints) for _ in range(w.random.randrange(1, 4))]
    w.line(f"{name} = stream.timepoint.join max({', '.join(parts)}) => !stream.timepoint")
    scope.timepoints.append(name)


def immediate(w: Writer, scope: Scope) -> None:
    """A timepoint that is reached already."""
    name = w.name()
    w.line(f"{name} = stream.timepoint.immediate => !stream.timepoint")
    scope.timepoints.append(name)


def fence(w: Writer, scope: Scope) -> None:
    """A timepoint that comes from the caller's side, or goes there."""
    timepoint = w.one_of(scope.timepoints)
    made = w.name()
    w.line(f"{made} = stream.timepoint.export {timepoint} => (!hal.fence)")
    if w.chance(0.5):
        back = w.name()
        w.line(f"{back} = stream.timepoint.import {made} : (!hal.fence) => !stream.timepoint")
        scope.timepoints.append(back)
    else:
        w.line(f"stream.timepoint.chain_external {w.one_of(scope.timepoints)} => ({made} : !hal.fence)")


def select(w: Writer, scope: Scope) -> None:
    """One of two timepoints."""
    name = w.name()
    a, b = w.one_of(scope.timepoints), w.one_of(scope.timepoints)
    w.line(f"{name} = arith.select {w.one_of(scope.bools)}, {a}, {b} : !stream.timepoint")
    scope.timepoints.append(name)


def execute(w: Writer, scope: Scope) -> None:
    """An execution region that is there already, with work for one wave or several."""
    sources = list(dict.fromkeys(w.resource(scope) for _ in range(w.pick(1, 1, 2))))
    inside = [Resource(w.name(), source.type, source.size) for source in sources]
    raw, ready = [w.name() for _ in sources], w.name()
    wait = f" await({w.one_of(scope.timepoints)}) =>" if w.chance(0.4) else ""
    captures = ", ".join(f"{a.name} as {b.name}: {a.typed}" for a, b in zip(sources, inside, strict=True))
    results = ", ".join(f"{source.name} as {source.typed}" if w.chance(0.2) else source.typed for source in sources)
    w.line(f"{', '.join((*raw, ready))} = stream.async.execute{w.on()}{wait} with({captures}) -> ({results}) {{")
    values = [_work(w, inside, start) for start in inside]
    if w.chance(0.3):
        values = [_waves(w, inside, values), *values[1:]]
    w.line(f"stream.yield {', '.join(v.name for v in values)} : {', '.join(v.typed for v in values)}")
    favor = w.favor(0.15)
    w.line(f"}} => !stream.timepoint{f' attributes {{{favor}}}' if favor else ''}")
    for source, name in zip(sources, raw, strict=True):
        made = w.new(scope, source.type, source.size)
        w.line(f"{made.name} = stream.timepoint.await {ready} => {name} : {made.typed}")
    scope.timepoints.append(ready)


def _work(w: Writer, inside: list[Resource], start: Resource) -> Resource:
    """Dispatches in a region, each of what the region captures or of the one before; returns the last, as long as `start`."""
    last = start
    for _ in range(w.pick(1, 1, 2, 3)):
        tied = w.chance(0.2)
        source = last if tied else w.pick(last, w.one_of(inside))
        made = Resource(w.name(), start.type, start.size)
        w.line(
            f"{made.name} = stream.async.dispatch @ex::@d0({source.name}[%c0 to {source.size} for {source.size}]) : "
            f"({source.typed}) -> {f'{source.name}{{{source.size}}}' if tied else made.typed}"
        )
        last = made
    return last


def _waves(w: Writer, inside: list[Resource], values: list[Resource]) -> Resource:
    """A wave that is there already; returns what it makes, of the type of `values[0]`."""
    source, argument = values[0], Resource(w.name(), values[0].type, values[0].size)
    made, value = Resource(w.name(), source.type, source.size), w.name()
    w.line(
        f"{made.name} = stream.async.concurrent with({source.name} as {argument.name}: {source.typed}) -> {made.typed} {{"
    )
    w.line(
        f"{value} = stream.async.dispatch @ex::@d1({argument.name}[%c0 to {source.size} for {source.size}]) : "
        f"({source.typed}) -> {source.typed}"
    )
    w.line(f"stream.yield {value} : {source.typed}")
    w.line("}")
    return made


STATEMENTS: dict[Statement, int] = {
    await_: 1,
    barrier: 1,
    join: 1,
    immediate: 1,
    fence: 1,
    select: 1,
    execute: 2,
}
"""Statement → how often it is drawn."""
