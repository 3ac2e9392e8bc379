"""Statements that stay on the host: arithmetic, globals, assertions, loads of what a device computed."""

from __future__ import annotations

from tests.conformance.generator.scope import ANY, STAGING, VARIABLE, Scope
from tests.conformance.generator.streamable import transfer_to
from tests.conformance.generator.writer import Statement, Writer


def round_trip(w: Writer, scope: Scope) -> None:
    """Device to host: what was computed decides what comes next."""
    staged = transfer_to(w, scope, w.resource(scope), STAGING)
    value, flag = w.name(), w.name()
    w.line(f"{value} = stream.async.load {staged.name}[%c0] : {staged.typed} -> i32")
    w.line(f"{flag} = arith.cmpi slt, {value}, %z : i32")
    scope.ints.append(value)
    scope.bools.append(flag)


def arithmetic(w: Writer, scope: Scope) -> None:
    """A number or a size out of two others."""
    name = w.name()
    type_, values = w.pick(("i32", scope.ints), ("index", scope.sizes))
    w.line(f"{name} = arith.{w.pick('addi', 'muli')} {w.one_of(values)}, {w.one_of(values)} : {type_}")
    values.append(name)


def select(w: Writer, scope: Scope) -> None:
    """One of two resources."""
    a, b = w.resource(scope, ANY), w.resource(scope, ANY)
    made = w.new(scope, ANY, a.size)
    w.line(f"{made.name} = arith.select {w.one_of(scope.bools)}, {a.name}, {b.name} : {ANY}")


def assertion(w: Writer, scope: Scope) -> None:
    """What must hold before the program goes on."""
    w.line(f'cf.assert {w.one_of(scope.bools)}, "must hold"')


def optimization_barrier(w: Writer, scope: Scope) -> None:
    """The same resource, of which nothing is known."""
    source = w.resource(scope, ANY)
    made = w.new(scope, ANY, source.size)
    w.line(f"{made.name} = util.optimization_barrier {source.name} : {ANY}")


def size(w: Writer, scope: Scope) -> None:
    """How long a resource is."""
    name, source = w.name(), w.resource(scope)
    w.line(f"{name} = stream.resource.size {source.name} : {source.type}")
    scope.sizes.append(name)


def load_state(w: Writer, scope: Scope) -> None:
    """What a former run left in a global."""
    made = w.new(scope, VARIABLE, "%c128")
    w.line(f"{made.name} = util.global.load @state : {made.type}")


def store_state(w: Writer, scope: Scope) -> None:
    """Something for a later run."""
    made = transfer_to(w, scope, w.resource(scope), VARIABLE)
    w.line(f"util.global.store {made.name}, @state : {made.type}")


def count_up(w: Writer, scope: Scope) -> None:
    """A global number, read and written."""
    name, more = w.name(), w.name()
    w.line(f"{name} = util.global.load @count : index")
    w.line(f"{more} = arith.addi {name}, %c1 : index")
    w.line(f"util.global.store {more}, @count : index")
    scope.sizes.append(name)


STATEMENTS: dict[Statement, int] = {
    round_trip: 2,
    arithmetic: 3,
    select: 1,
    assertion: 1,
    optimization_barrier: 1,
    size: 1,
    load_state: 1,
    store_state: 1,
    count_up: 1,
}
"""Statement → how often it is drawn."""
