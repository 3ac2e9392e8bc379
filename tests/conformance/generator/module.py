"""Whole programs: globals, declarations, functions and initializers."""

from __future__ import annotations

from tests.conformance.generator import calls, control, edges, host, mixed, parameters, streamable, tensors, timelines
from tests.conformance.generator.scope import ANY, DEVICES, EXTERNAL, TIMEPOINT, Resource, Scope
from tests.conformance.generator.writer import Statement, Writer

STATEMENTS: dict[Statement, int] = {
    **streamable.STATEMENTS,
    **calls.STATEMENTS,
    **parameters.STATEMENTS,
    **tensors.STATEMENTS,
    **host.STATEMENTS,
    **timelines.STATEMENTS,
    **control.STATEMENTS,
}
"""Every statement, and how often it is drawn."""


def program(seed: int) -> str:
    """The program of this seed: the same text for the same seed."""
    return _written(Writer(seed, STATEMENTS))


def edge_program(seed: int) -> str:
    """The program of this seed that is full of what `edges` writes."""
    return _written(edges.EdgeWriter(seed, {**STATEMENTS, **edges.STATEMENTS}))


def mixed_program(seed: int) -> str:
    """The program of this seed that has ops of all phases; see `mixed`."""
    return _written(MixedWriter(seed, {**STATEMENTS, **mixed.STATEMENTS}))


class MixedWriter(Writer):
    """Writes programs of `mixed`, too."""


def _written(w: Writer) -> str:
    _head(w)
    for number in range(w.pick(1, 1, 2)):
        _function(w, number)
    if w.chance(0.1):
        _empty(w)
    for _ in range(w.pick(0, 0, 0, 1, 2)):
        _initializer(w)
    w.line("}")
    return "\n".join(w.lines) + "\n"


def _head(w: Writer) -> None:
    attributes = [w.favor(0.3)]
    if w.device_count and w.chance(0.15):
        attributes.append(f"stream.affinity.default = #hal.device.affinity<@{DEVICES[0]}>")
    w.line(f"module{_attributes(*attributes)} {{")
    for device in DEVICES[: w.device_count]:
        w.line(f"util.global private @{device} : !hal.device")
    w.line("util.global private mutable @state : !stream.resource<variable>")
    w.line("util.global private mutable @count : index")
    w.line(f"util.func private @extern({ANY}, index) -> {ANY}")
    w.line("util.func private @notify(i32)")
    if isinstance(w, edges.EdgeWriter):
        w.lines += edges.DECLARATIONS
    if isinstance(w, MixedWriter):
        w.lines += mixed.DECLARATIONS
    w.line(f"stream.async.func private @in_place(%r: {ANY}, %n: index) -> %r")
    w.line(f"stream.async.func private @afresh(%r: {ANY}, %n: index) -> {ANY}")


def _attributes(*attributes: str) -> str:
    """`attributes {…}` of those that are not empty."""
    found = [attribute for attribute in attributes if attribute]
    return f" attributes {{{', '.join(found)}}}" if found else ""


def _function(w: Writer, number: int) -> None:
    """A function of the util or func dialect, with arguments and results of all kinds."""
    scope = Scope()
    arguments: list[str] = []
    for i in range(w.random.randrange(1, 4)):
        resource = Resource(f"%a{number}_{i}", w.pick(ANY, EXTERNAL), f"%n{number}_{i}")
        arguments += [f"{resource.name}: {resource.type}", f"{resource.size}: index"]
        scope.resources.append(resource)
        scope.sizes.append(resource.size)
    arguments += ["%flag: i1", "%x: i32", f"%ready: {TIMEPOINT}"]
    scope.bools.append("%flag")
    scope.ints.append("%x")
    scope.timepoints.append("%ready")
    types = [w.pick(ANY, ANY, "i32", TIMEPOINT) for _ in range(w.random.randrange(4))]
    dialect = w.pick("util", "util", "util", "func")
    visibility = "public " if dialect == "util" else ""
    results = f" -> ({', '.join(types)})" if types else ""
    affinity = w.affinity() if w.chance(0.1) else None
    attributes = _attributes(w.favor(0.2), f"stream.affinity = {affinity}" if affinity else "")
    w.line(f"{dialect}.func {visibility}@f{number}({', '.join(arguments)}){results}{attributes} {{")
    _constants(w, scope)
    w.body(scope, w.length)
    if w.chance(0.3):
        w.one_of(control.BRANCHES)(w, scope)
    _return(w, scope, dialect, types)
    w.line("}")


def _return(w: Writer, scope: Scope, dialect: str, types: list[str]) -> None:
    values: list[str] = []
    for type_ in types:
        if type_ == "i32":
            values.append(w.one_of(scope.ints))
        elif type_ == TIMEPOINT:
            values.append(w.one_of(scope.timepoints))
        else:
            values.append(w.resource(scope, type_).name)
    w.line(f"{dialect}.return {', '.join(values)} : {', '.join(types)}" if types else f"{dialect}.return")


def _empty(w: Writer) -> None:
    """Functions in which there is nothing to schedule."""
    w.line("util.func public @nothing() {")
    w.line("util.return")
    w.line("}")
    w.line(f"util.func public @same(%r: {ANY}) -> {ANY} {{")
    w.line(f"util.return %r : {ANY}")
    w.line("}")


def _initializer(w: Writer) -> None:
    """What runs once, before all else."""
    w.line("util.initializer {")
    scope = Scope()
    w.line("%flag = arith.constant true")
    w.line("%x = arith.constant 7 : i32")
    w.line("%ready = stream.timepoint.immediate => !stream.timepoint")
    scope.bools.append("%flag")
    scope.ints.append("%x")
    scope.timepoints.append("%ready")
    _constants(w, scope)
    w.body(scope, 4)
    if w.chance(0.2):
        control.diamond(w, scope)
    host.store_state(w, scope)
    w.line("util.return")
    w.line("}")


def _constants(w: Writer, scope: Scope) -> None:
    for value in (0, 1, 4, 64, 128, 256):
        w.line(f"%c{value} = arith.constant {value} : index")
    w.line("%i0 = arith.constant 0 : i64")
    w.line("%z = arith.constant 5 : i32")
    w.line("%b1 = arith.constant 1 : i8")
    scope.sizes += ["%c128", "%c128", "%c256"]
    scope.ints.append("%z")
