"""Statements that call: asynchronous functions, collectives, and functions of the host."""

from __future__ import annotations

from tests.conformance.generator.scope import ANY, Scope
from tests.conformance.generator.writer import Statement, Writer

_ELSEWHERE = ("send", "recv", "send_recv")
"""Collectives between ranks, which say which."""


def call(w: Writer, scope: Scope) -> None:
    """A call that runs on the device: it changes its operand, or makes a resource."""
    source = w.resource(scope, ANY)
    where = f"{source.name}[{w.span(scope, source)}], {source.size}"
    types = f"({source.typed}, index)"
    if w.chance(0.6):
        made = w.new(scope, ANY, source.size)
        w.line(
            f"{made.name} = stream.async.call{w.on()} @in_place({where}) : {types} -> {source.name}{{{source.size}}}"
        )
    else:
        made = w.new(scope, ANY, w.one_of(scope.sizes))
        w.line(f"{made.name} = stream.async.call{w.on()} @afresh({where}) : {types} -> {made.typed}")


def collective(w: Writer, scope: Scope) -> None:
    """An exchange between devices, on a channel made for it."""
    source, target = w.resource(scope), w.resource(scope)
    channel, rank = w.name(), ""
    kind = w.pick("all_gather", "all_to_all", "all_reduce with sum", "reduce with maximum", "broadcast", *_ELSEWHERE)
    made = w.new(scope, target.type, target.size)
    if kind in ("broadcast", "reduce with maximum"):
        rank = f" {'source' if kind == 'broadcast' else 'target'}({w.one_of(scope.ints)})"
    elif kind in _ELSEWHERE:
        rank = f" {'target' if kind == 'send' else 'source' if kind == 'recv' else 'source_target_pair'}"
        rank += f"({w.one_of(scope.ints)})"
    w.line(f"{channel} = stream.channel.create{w.on()} : !stream.channel")
    w.line(
        f"{made.name} = stream.async.collective<{kind} : f32>[%c4]{w.on()} channel({channel}){rank} "
        f"{source.name}[{w.span(scope, source)}], {target.name}[{w.span(scope, target)}] : "
        f"{source.typed} -> {target.name} as {target.typed}"
    )


def host_call(w: Writer, scope: Scope) -> None:
    """A call that runs on the host, with side effects: of a resource, or of a number."""
    if w.chance(0.3):
        w.line(f"util.call @notify({w.one_of(scope.ints)}) : (i32) -> ()")
        return
    source = w.resource(scope, ANY)
    made = w.new(scope, ANY, source.size)
    w.line(f"{made.name} = util.call @extern({source.name}, {source.size}) : ({ANY}, index) -> {ANY}")


STATEMENTS: dict[Statement, int] = {call: 2, collective: 1, host_call: 1}
"""Statement → how often it is drawn."""
