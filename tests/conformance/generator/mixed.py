"""Statements that stand beside the asynchronous ones: commands on bare buffers, allocations, files, lists, fences, small numbers.

Of the stream dialect's phases one program has mostly one; here it has all, as while they are converted.
"""

from __future__ import annotations

from tests.conformance.generator.scope import ANY, CONSTANT, STAGING, TIMEPOINT, TRANSIENT, Resource, Scope
from tests.conformance.generator.streamable import transfer_to
from tests.conformance.generator.writer import Statement, Writer

_NUMBERS = (
    ("3", "i8"),
    ("7", "i16"),
    ("-1", "i32"),
    ("11", "i64"),
)
"""Values to fill a resource with, and their types."""

_CONSTANTS = (
    "dense<1> : tensor<256xi4>",
    "dense<[1, -2, 3, 4]> : tensor<4xi4>",
    "dense<true> : tensor<128xi1>",
    "dense<1.0> : tensor<32xf32>",
    "dense<[1, 2, 3, 4]> : tensor<4xi64>",
    "dense<(1.0, 2.0)> : tensor<16xcomplex<f32>>",
    "dense<2> : tensor<0xi32>",
    '#stream.parameter.named<"model"::"weight"> : tensor<32xi32>',
)


def _wait(w: Writer, scope: Scope, probability: float = 0.5) -> str:
    return f" await({w.one_of(scope.timepoints)}) =>" if w.chance(probability) else ""


def _awaited(w: Writer, scope: Scope, raw: Resource, ready: str) -> None:
    """The resource once the timepoint is reached; now and then the timepoint is of use to others."""
    made = w.new(scope, raw.type, raw.size)
    w.line(f"{made.name} = stream.timepoint.await {ready} => {raw.name} : {raw.typed}")
    if w.chance(0.5):
        scope.timepoints.append(ready)


def _number(w: Writer) -> tuple[str, str]:
    name, (value, type_) = w.name(), w.one_of(_NUMBERS)
    w.line(f"{name} = arith.constant {value} : {type_}")
    return name, type_


def splat(w: Writer, scope: Scope) -> None:
    """A resource of a value of any width."""
    value, type_ = _number(w)
    made = w.new(scope, ANY, w.one_of(scope.sizes))
    w.line(f"{made.name} = stream.async.splat{w.on()} {value} : {type_} -> {made.typed}")


def constant(w: Writer, scope: Scope) -> None:
    """A constant of elements smaller or larger than 32 bits, or one that comes from a file."""
    made = w.new(scope, ANY, "%c128")
    w.line(f"{made.name} = stream.async.constant{w.on()}{w.wait(scope)} : {made.typed} = {w.one_of(_CONSTANTS)}")


def constants(w: Writer, scope: Scope) -> None:
    """Several constants at once, with a timepoint."""
    raw = [Resource(w.name(), CONSTANT, "%c128") for _ in range(w.pick(1, 2))]
    ready = w.name()
    rows = ", ".join(f"{each.typed} = {w.one_of(_CONSTANTS)}" for each in raw)
    w.line(
        f"{', '.join((*(r.name for r in raw), ready))} = stream.resource.constants{w.on()} : {rows} => !stream.timepoint"
    )
    for each in raw:
        _awaited(w, scope, each, ready)


def commands(w: Writer, scope: Scope) -> None:
    """Commands that were scheduled already."""
    used = list(dict.fromkeys(w.resource(scope) for _ in range(w.pick(1, 2))))
    inside = [Resource(w.name(), r.type, r.size) for r in used]
    captures = ", ".join(f"{r.name} as {i.name}: {r.typed}" for r, i in zip(used, inside, strict=True))
    ready = w.name()
    w.line(f"{ready} = stream.cmd.execute{w.on()}{_wait(w, scope)} with({captures}) {{")
    _commands(w, scope, inside)
    w.line("} => !stream.timepoint")
    scope.timepoints.append(ready)


def _commands(w: Writer, scope: Scope, inside: list[Resource], depth: int = 0) -> None:
    for _ in range(w.random.randrange(1, 4)):
        target, source = w.one_of(inside), w.one_of(inside)
        kind = w.random.randrange(5 if depth < 2 else 4)
        if kind == 0:
            w.line(f"stream.cmd.fill {w.one_of(scope.ints)}, {target.name}[%c0 for %c64] : i32 -> {target.typed}")
        elif kind == 1:
            w.line(f"stream.cmd.copy {source.name}[%c0], {target.name}[%c64], %c64 : {source.typed} -> {target.typed}")
        elif kind == 2:
            w.line(f"stream.cmd.dispatch @ex::@d0({w.one_of(scope.ints)} : i32) {{")
            w.line(f"rw {target.name}[%c0 for {target.size}] : {target.typed}")
            w.line("}")
        elif kind == 3:
            w.line(f"stream.cmd.{w.pick('flush', 'discard')} {target.name}[%c0 for %c64] : {target.typed}")
        else:
            w.line(f"stream.cmd.{w.pick('concurrent', 'serial')} {{")
            _commands(w, scope, inside, depth + 1)
            w.line("}")


def allocate(w: Writer, scope: Scope) -> None:
    """Storage that a queue gives, and takes back or not."""
    raw, ready = Resource(w.name(), TRANSIENT, w.one_of(scope.sizes)), w.name()
    wait = _wait(w, scope)
    w.line(
        f"{raw.name}, {ready} = stream.resource.alloca uninitialized{w.on()}{wait or ' :'} {raw.typed} => !stream.timepoint"
    )
    _awaited(w, scope, raw, ready)
    if w.chance(0.5):
        freed = w.resource(scope, TRANSIENT)
        done = w.name()
        wait = _wait(w, scope)
        w.line(f"{done} = stream.resource.dealloca{w.on()}{wait} {freed.name} : {freed.typed} => !stream.timepoint")
        scope.timepoints.append(done)


def pack(w: Writer, scope: Scope) -> None:
    """Places for several pieces in one buffer."""
    names = [w.name() for _ in range(3)]
    sizes = [w.one_of(scope.sizes) for _ in range(2)]
    w.line(f"{', '.join(names)} = stream.resource.pack{w.on()} slices({{")
    w.line(f"[0, 1] = {sizes[0]},")
    w.line(f"[{w.pick('1, 2', '2, 3')}] = {sizes[1]}")
    w.line("}) : index")
    scope.sizes += names


def file(w: Writer, scope: Scope) -> None:
    """A file that is read into a resource, or written from one."""
    bytes_, handle, ready = w.name(), w.name(), w.name()
    w.line(f"{bytes_} = util.buffer.constant : !util.buffer = dense<3> : tensor<256xi8>")
    w.line(f"{handle} = stream.file.constant{w.on()} {bytes_}[%c0 for %c256] : !util.buffer{{%c256}} -> !stream.file")
    resource, wait = w.resource(scope), _wait(w, scope)
    if w.chance(0.5):
        places = f"{handle}[%i0], {resource.name}[%c0], %c64 : !stream.file -> {resource.typed}"
        w.line(f"{ready} = stream.file.read{w.on()}{wait or ' :'} {places} => !stream.timepoint")
    else:
        places = f"{resource.name}[%c0], {handle}[%i0], %c64 : {resource.typed} -> !stream.file"
        w.line(f"{ready} = stream.file.write{w.on()}{wait or ' :'} {places} => !stream.timepoint")
    scope.timepoints.append(ready)


def list_(w: Writer, scope: Scope) -> None:
    """A resource that goes into a list, and one that comes out of it."""
    source, items = w.resource(scope, ANY), w.name()
    w.line(f"{items} = util.list.create %c4 : !util.list<{ANY}>")
    w.line(f"util.list.set {items}[%c0], {source.name} : {ANY} -> !util.list<{ANY}>")
    made = w.new(scope, ANY, source.size)
    w.line(f"{made.name} = util.list.get {items}[{w.pick('%c0', '%c1')}] : !util.list<{ANY}> -> {ANY}")


def fence(w: Writer, scope: Scope) -> None:
    """Fences of the host."""
    device, one, other, status = w.name(), w.name(), w.name(), w.name()
    w.line(f"{device}, {w.name()} = stream.context.resolve{w.on()} : !hal.device, i64")
    w.line(f'{one} = hal.fence.create device({device} : !hal.device) flags("None") : !hal.fence')
    w.line(f"stream.timepoint.chain_external {w.one_of(scope.timepoints)} => ({one} : !hal.fence)")
    if w.chance(0.5):
        w.line(f'{other} = hal.fence.join at([{one}, {one}]) flags("None") -> !hal.fence')
        w.line(f'{status} = hal.fence.await until([{other}]) timeout_millis(%z) flags("None") : i32')
        scope.ints.append(status)
        return
    ready = w.name()
    w.line(f"{ready} = stream.timepoint.import{w.on()} {one} : (!hal.fence) => !stream.timepoint")
    scope.timepoints.append(ready)


def number(w: Writer, scope: Scope) -> None:
    """Numbers out of numbers, many of which fold."""
    name, a, b = w.name(), w.one_of(scope.ints), w.one_of(scope.ints)
    if w.chance(0.5):
        op = w.pick("subi", "divui", "remsi", "andi", "ori", "xori", "shli", "shrui", "maxsi", "minui", "ceildivui")
        w.line(f"{name} = arith.{op} {a}, {w.pick(a, b)} : i32")
        scope.ints.append(name)
        return
    a, b = w.one_of(scope.sizes), w.one_of(scope.sizes)
    op = w.pick("subi", "ceildivui", "remui", "minui", "divui", "maxsi")
    w.line(f"{name} = arith.{op} {a}, {w.pick(a, b, '%c1', '%c0')} : index")
    scope.sizes.append(name)


def cast(w: Writer, scope: Scope) -> None:
    """Numbers of other types, and back again."""
    wide, back, a = w.name(), w.name(), w.one_of(scope.ints)
    w.line(f"{wide} = arith.{w.pick('extui', 'extsi')} {a} : i32 to i64")
    w.line(
        w.pick(
            f"{back} = arith.trunci {wide} : i64 to i32",
            f"{back} = arith.index_cast {wide} : i64 to index",
            f"{back} = arith.cmpi {w.pick('eq', 'ne', 'sge', 'ult')}, {wide}, %i0 : i64",
        )
    )
    (scope.ints if "trunci" in w.lines[-1] else scope.sizes if "cast" in w.lines[-1] else scope.bools).append(back)


def waves(w: Writer, scope: Scope) -> None:
    """A region with a wave of several results, of which some change what the wave captures and some are of no use."""
    source, inside, argument = w.resource(scope), w.name(), w.name()
    first, second, out, other, raw, spare, ready = (w.name() for _ in range(7))
    type_ = source.typed
    whole = f"[%c0 to {source.size} for {source.size}]"
    w.line(
        f"{raw}, {spare}, {ready} = stream.async.execute{w.on()}{_wait(w, scope)} with({source.name} as {inside}: {type_}) "
        f"-> ({type_}, {type_}) {{"
    )
    tied = w.chance(0.5)
    result = f"{inside} as {type_}" if tied else type_
    w.line(f"{out}, {other} = stream.async.concurrent with({inside} as {argument}: {type_}) -> ({result}, {type_}) {{")
    made = f"{argument}{{{source.size}}}" if tied else type_
    w.line(f"{first} = stream.async.dispatch @ex::@d0({argument}{whole}) : ({type_}) -> {made}")
    w.line(f"{second} = stream.async.dispatch @ex::@d1({argument}{whole}) : ({type_}) -> {type_}")
    w.line(f"stream.yield {first}, {second} : {type_}, {type_}")
    w.line("}")
    if w.chance(0.5):
        after = w.name()
        w.line(f"{after} = stream.async.dispatch @ex::@d2({other}{whole}) : ({type_}) -> {type_}")
        other = after
    w.line(f"stream.yield {out}, {w.pick(out, other)} : {type_}, {type_}")
    w.line("} => !stream.timepoint")
    _awaited(w, scope, Resource(raw, source.type, source.size), ready)
    if w.chance(0.3):
        _awaited(w, scope, Resource(spare, source.type, source.size), ready)


def timeline(w: Writer, scope: Scope) -> None:
    """An op of a timeline of which nothing else is known."""
    source, raw, ready = w.resource(scope), w.name(), w.name()
    wait = _wait(w, scope)
    w.line(
        f"{raw}, {ready} = stream.test.timeline_op{wait} with({source.name}) : ({source.typed}) -> ({source.typed}) "
        "=> !stream.timepoint"
    )
    _awaited(w, scope, Resource(raw, source.type, source.size), ready)


def touch(w: Writer, scope: Scope) -> None:
    """Host access to staging memory, and counts of users."""
    source = transfer_to(w, scope, w.resource(scope), STAGING)
    name, any_ = w.name(), w.resource(scope)
    w.line(
        w.pick(
            f"{name} = stream.resource.load {source.name}[%c4] : {source.typed} -> i32",
            f"stream.resource.store {w.one_of(scope.ints)}, {source.name}[%c4] : i32 -> {source.typed}",
            f"stream.resource.retain {any_.name} : {any_.typed}",
            f"{name} = stream.resource.is_terminal {any_.name} : {any_.typed}",
            f"util.optimization_barrier {any_.name}, {w.one_of(scope.timepoints)} : {any_.type}, {TIMEPOINT}",
        )
    )
    if "resource.load" in w.lines[-1]:
        scope.ints.append(name)
    elif "is_terminal" in w.lines[-1]:
        scope.bools.append(name)


def weights(w: Writer, scope: Scope) -> None:
    """A constant of the module, by its name or by its address."""
    made = w.new(scope, CONSTANT, "%c128")
    if w.chance(0.6):
        w.line(f"{made.name} = util.global.load{w.pick('', ' immutable')} @weights : {CONSTANT}")
        return
    address = w.name()
    w.line(f"{address} = util.global.address @weights : !util.ptr<{CONSTANT}>")
    w.line(f"{made.name} = util.global.load.indirect {address} : !util.ptr<{CONSTANT}> -> {CONSTANT}")


def tied_call(w: Writer, scope: Scope) -> None:
    """A call on the host that gives back what it takes."""
    source = w.resource(scope, ANY)
    made = w.new(scope, ANY, source.size)
    w.line(f"{made.name} = util.call @same_storage({source.name}, {source.size}) : ({ANY}, index) -> {source.name}")


def chain(w: Writer, scope: Scope) -> None:
    """Ops in a row that each change what the one before made, on any device, in parts and whole."""
    last = w.resource(scope)
    for _ in range(w.random.randrange(2, 6)):
        other = w.resource(scope)
        made = w.new(scope, last.type, last.size)
        ranges = w.pick("%c0 to %c64 for %c64", "%c64 to %c128 for %c64", f"%c0 to {last.size} for {last.size}")
        w.line(
            w.pick(
                f"{made.name} = stream.async.dispatch{w.on()} @ex::@d3({last.name}[{ranges}], {other.name}"
                f"[{w.span(scope, other)}]) : ({last.typed}, {other.typed}) -> {last.name}{{{last.size}}}",
                f"{made.name} = stream.async.fill{w.on()} {w.one_of(scope.ints)}, {last.name}[{ranges}] : i32 -> "
                f"{last.name} as {last.typed}",
                f"{made.name} = stream.async.barrier{w.on()} {last.name} : {last.typed}",
                f"{made.name} = stream.timepoint.await {w.one_of(scope.timepoints)} => {last.name} : {last.typed}",
            )
        )
        last = made


STATEMENTS: dict[Statement, int] = {
    splat: 2,
    constant: 2,
    constants: 1,
    commands: 2,
    allocate: 2,
    pack: 1,
    file: 1,
    list_: 1,
    fence: 1,
    number: 3,
    cast: 2,
    waves: 3,
    timeline: 1,
    touch: 1,
    weights: 2,
    tied_call: 1,
    chain: 3,
}
"""Statement → how often it is drawn."""

DECLARATIONS = (
    f"util.global private @weights : {CONSTANT}",
    f"util.func private @same_storage(%r: {ANY}, %n: index) -> %r",
)
"""What `weights` and `tied_call` name."""
