"""Statements with regions: they capture resources, carry and yield them, and nest; and blocks that branch."""

from __future__ import annotations

from tests.conformance.generator.host import round_trip, store_state
from tests.conformance.generator.scope import ANY, TIMEPOINT, Resource, Scope
from tests.conformance.generator.writer import Statement, Writer

DEEPEST = 2
"""Region ops in region ops; in the innermost is no other."""


def _inside(w: Writer, scope: Scope) -> None:
    w.body(scope, w.random.randrange(4) if scope.depth <= DEEPEST else w.random.randrange(2))


def _yield(w: Writer, scope: Scope, types: list[str], op: str = "scf.yield") -> None:
    values = [w.one_of(scope.timepoints) if type_ == TIMEPOINT else w.resource(scope, type_).name for type_ in types]
    w.line(f"{op} {', '.join(values)} : {', '.join(types)}" if types else op)


def _types(w: Writer) -> list[str]:
    """What a region op gives: mostly one resource."""
    return w.pick([ANY], [ANY], [ANY, ANY], [ANY, TIMEPOINT])


def _results(w: Writer, scope: Scope, types: list[str], sizes: list[str]) -> tuple[str, list[Resource], list[str]]:
    """Names for results: as written, the resources among them, the timepoints among them."""
    names = [w.name() for _ in types]
    resources = [Resource(n, t, s) for n, t, s in zip(names, types, sizes, strict=True) if t != TIMEPOINT]
    return ", ".join(names), resources, [n for n, t in zip(names, types, strict=True) if t == TIMEPOINT]


def _keep(scope: Scope, resources: list[Resource], timepoints: list[str]) -> None:
    scope.resources += resources
    scope.timepoints += timepoints


def for_(w: Writer, scope: Scope) -> None:
    """A loop that carries one or two resources."""
    if scope.depth >= DEEPEST:
        return
    starts = [w.resource(scope, ANY) for _ in range(w.pick(1, 1, 2))]
    carried = [Resource(w.name(), ANY, start.size) for start in starts]
    types, index = [ANY] * len(starts), w.name()
    names, made, _ = _results(w, scope, types, [start.size for start in starts])
    pairs = ", ".join(f"{c.name} = {s.name}" for c, s in zip(carried, starts, strict=True))
    w.line(f"{names} = scf.for {index} = %c0 to %c4 step %c1 iter_args({pairs}) -> ({', '.join(types)}) {{")
    inner = scope.nested()
    inner.resources += carried
    inner.sizes.append(index)
    _inside(w, inner)
    _yield(w, inner, types)
    w.line("}")
    _keep(scope, made, [])


def if_(w: Writer, scope: Scope) -> None:
    """A choice that yields, or one with side effects only."""
    if scope.depth >= DEEPEST:
        return
    condition = w.one_of(scope.bools)
    if w.chance(0.3):
        w.line(f"scf.if {condition} {{")
        inner = scope.nested()
        _inside(w, inner)
        store_state(w, inner)
        w.line("}")
        return
    types = _types(w)
    names, made, ready = _results(w, scope, types, [w.one_of(scope.sizes) for _ in types])
    w.line(f"{names} = scf.if {condition} -> ({', '.join(types)}) {{")
    for end in ("} else {", "}"):
        inner = scope.nested()
        _inside(w, inner)
        _yield(w, inner, types)
        w.line(end)
    _keep(scope, made, ready)


def while_(w: Writer, scope: Scope) -> None:
    """A loop whose condition may come from the device."""
    if scope.depth >= DEEPEST:
        return
    start = w.resource(scope, ANY)
    carried, passed = w.name(), w.name()
    made = Resource(w.name(), ANY, start.size)
    w.line(f"{made.name} = scf.while ({carried} = {start.name}) : ({ANY}) -> {ANY} {{")
    before = scope.nested()
    before.resources.append(Resource(carried, ANY, start.size))
    _inside(w, before)
    if w.chance(0.5):
        round_trip(w, before)
    w.line(f"scf.condition({before.bools[-1]}) {w.resource(before, ANY).name} : {ANY}")
    w.line("} do {")
    w.line(f"^bb0({passed}: {ANY}):")
    after = scope.nested()
    after.resources.append(Resource(passed, ANY, start.size))
    _inside(w, after)
    _yield(w, after, [ANY])
    w.line("}")
    scope.resources.append(made)


def switch(w: Writer, scope: Scope) -> None:
    """A choice of several."""
    if scope.depth >= DEEPEST:
        return
    types = _types(w)
    names, made, ready = _results(w, scope, types, [w.one_of(scope.sizes) for _ in types])
    w.line(f"{names} = scf.index_switch {w.one_of(scope.sizes)} -> {', '.join(types)}")
    for case in ("case 0", "case 3", "default"):
        w.line(f"{case} {{")
        inner = scope.nested()
        _inside(w, inner)
        _yield(w, inner, types)
        w.line("}")
    _keep(scope, made, ready)


def region(w: Writer, scope: Scope) -> None:
    """A region that runs where it stands."""
    if scope.depth >= DEEPEST:
        return
    types = _types(w)
    names, made, ready = _results(w, scope, types, [w.one_of(scope.sizes) for _ in types])
    w.line(f"{names} = scf.execute_region -> ({', '.join(types)}) {{")
    inner = scope.nested()
    _inside(w, inner)
    _yield(w, inner, types)
    w.line("}")
    _keep(scope, made, ready)


def diamond(w: Writer, scope: Scope) -> None:
    """Ends the block: a branch on a condition, two blocks that meet again in a third."""
    label = w.name().removeprefix("%")
    left, right = w.resource(scope, ANY), w.resource(scope, ANY)
    w.line(f"cf.cond_br {w.one_of(scope.bools)}, ^l{label}({left.name} : {ANY}), ^r{label}({right.name} : {ANY})")
    for side in ("l", "r"):
        inner = scope.nested()
        argument = w.name()
        w.line(f"^{side}{label}({argument}: {ANY}):")
        inner.resources.append(Resource(argument, ANY, w.one_of(scope.sizes)))
        w.body(inner, w.random.randrange(4))
        out, ready = w.resource(inner, ANY), w.one_of(inner.timepoints)
        w.line(f"cf.br ^m{label}({out.name}, {ready} : {ANY}, {TIMEPOINT})")
    merged, reached = w.name(), w.name()
    w.line(f"^m{label}({merged}: {ANY}, {reached}: {TIMEPOINT}):")
    scope.resources.append(Resource(merged, ANY, w.one_of(scope.sizes)))
    scope.timepoints.append(reached)
    w.body(scope, w.random.randrange(1, 5))


def loop(w: Writer, scope: Scope) -> None:
    """Ends the block: a block that branches to itself, with a resource and its size, or goes on."""
    label = w.name().removeprefix("%")
    start, carried, size, flag = w.resource(scope, ANY), w.name(), w.name(), w.name()
    w.line(f"cf.br ^h{label}({start.name}, {start.size} : {ANY}, index)")
    w.line(f"^h{label}({carried}: {ANY}, {size}: index):")
    inner = scope.nested()
    inner.resources.append(Resource(carried, ANY, size))
    inner.sizes.append(size)
    w.body(inner, w.random.randrange(1, 5))
    out = w.resource(inner, ANY)
    w.line(f"{flag} = arith.cmpi slt, {w.one_of(inner.ints)}, %z : i32")
    w.line(f"cf.cond_br {flag}, ^h{label}({out.name}, {out.size} : {ANY}, index), ^e{label}({out.name} : {ANY})")
    left = w.name()
    w.line(f"^e{label}({left}: {ANY}):")
    scope.resources.append(Resource(left, ANY, w.one_of(scope.sizes)))
    w.body(scope, w.random.randrange(1, 5))


def cases(w: Writer, scope: Scope) -> None:
    """Ends the block: a branch of several ways that meet again."""
    label, passed = w.name().removeprefix("%"), [w.resource(scope, ANY) for _ in range(3)]
    w.line(f"cf.switch {w.one_of(scope.ints)} : i32, [")
    w.line(f"default: ^m{label}({passed[0].name} : {ANY}),")
    w.line(f"1: ^m{label}({passed[1].name} : {ANY}),")
    w.line(f"2: ^m{label}({passed[2].name} : {ANY})]")
    merged = w.name()
    w.line(f"^m{label}({merged}: {ANY}):")
    scope.resources.append(Resource(merged, ANY, w.one_of(scope.sizes)))
    w.body(scope, w.random.randrange(1, 5))


BRANCHES: tuple[Statement, ...] = (diamond, loop, cases)
"""Statements for the end of a function's block, which go on in another."""

STATEMENTS: dict[Statement, int] = {for_: 2, if_: 2, while_: 1, switch: 1, region: 1}
"""Statement → how often it is drawn."""
