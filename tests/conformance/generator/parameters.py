"""Statements that load, read, write, gather and scatter parameters: they stand on the host and have timepoints of their own."""

from __future__ import annotations

from tests.conformance.generator.scope import CONSTANT, Resource, Scope
from tests.conformance.generator.writer import Statement, Writer


def _key(w: Writer) -> str:
    """A key, with or without a scope."""
    key, scope = w.name(), w.name()
    w.line(f'{key} = util.buffer.constant : !util.buffer = "weight"')
    if w.chance(0.5):
        return key
    w.line(f'{scope} = util.buffer.constant : !util.buffer = "model"')
    return f"{scope}::{key}"


def _await(w: Writer, scope: Scope, resource: Resource, raw: str, ready: str) -> None:
    """Waits for a resource that is `raw` until then; sometimes others wait for it, too."""
    made = w.new(scope, resource.type, resource.size)
    w.line(f"{made.name} = stream.timepoint.await {ready} => {raw} : {made.typed}")
    if w.chance(0.3):
        scope.timepoints.append(ready)


def load(w: Writer, scope: Scope) -> None:
    """A parameter as a fresh constant."""
    key, loaded, ready = _key(w), Resource(w.name(), CONSTANT, w.one_of(scope.sizes)), w.name()
    w.line(
        f"{loaded.name}, {ready} = stream.async.parameter.load{w.on()}{w.wait(scope, 0.3)} {key}[%i0] : {loaded.typed} "
        "=> !stream.timepoint"
    )
    _await(w, scope, loaded, loaded.name, ready)


def read(w: Writer, scope: Scope) -> None:
    """A parameter into a range of a resource."""
    key, target, raw, ready = _key(w), w.resource(scope), w.name(), w.name()
    w.line(
        f"{raw}, {ready} = stream.async.parameter.read{w.on()}{w.wait(scope, 0.3)} {key}[%i0] -> "
        f"{target.name}[{w.span(scope, target)}] : {target.typed} => !stream.timepoint"
    )
    _await(w, scope, target, raw, ready)


def write(w: Writer, scope: Scope) -> None:
    """A range of a resource into a parameter."""
    key, source, raw, ready = _key(w), w.resource(scope), w.name(), w.name()
    w.line(
        f"{raw}, {ready} = stream.async.parameter.write{w.on()}{w.wait(scope, 0.3)} "
        f"{source.name}[{w.span(scope, source)}] -> {key}[%i0] : {source.typed} => !stream.timepoint"
    )
    _await(w, scope, source, raw, ready)


def gather(w: Writer, scope: Scope) -> None:
    """Several parameters into ranges of one resource."""
    target, raw, ready = w.resource(scope), w.name(), w.name()
    rows = [f"{key}[%i0] -> {target.name}[{w.span(scope, target)}] : {target.typed}" for key in _keys(w)]
    w.line(f"{raw}, {ready} = stream.async.parameter.gather{w.on()}{w.wait(scope, 0.3)} {{")
    w.line(",\n".join(rows))
    w.line(f"}} : {target.type} => !stream.timepoint")
    _await(w, scope, target, raw, ready)


def scatter(w: Writer, scope: Scope) -> None:
    """Ranges of one resource into several parameters."""
    source, raw, ready = w.resource(scope), w.name(), w.name()
    rows = [f"{source.name}[{w.span(scope, source)}] : {source.typed} -> {key}[%i0]" for key in _keys(w)]
    w.line(f"{raw}, {ready} = stream.async.parameter.scatter{w.on()}{w.wait(scope, 0.3)} {{")
    w.line(",\n".join(rows))
    w.line(f"}} : {source.type} => !stream.timepoint")
    _await(w, scope, source, raw, ready)


def _keys(w: Writer) -> list[str]:
    """Keys that all have a scope, or none has."""
    names = [w.name() for _ in range(w.pick(1, 2, 3))]
    for number, name in enumerate(names):
        w.line(f'{name} = util.buffer.constant : !util.buffer = "weight{number}"')
    if w.chance(0.5):
        return names
    scope = w.name()
    w.line(f'{scope} = util.buffer.constant : !util.buffer = "model"')
    return [f"{scope}::{name}" for name in names]


STATEMENTS: dict[Statement, int] = {load: 1, read: 1, write: 1, gather: 1, scatter: 1}
"""Statement → how often it is drawn."""
