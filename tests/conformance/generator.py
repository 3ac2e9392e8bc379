"""Random programs, valid by construction: what the scheduling passes can meet, in every combination.

`program(seed)` is the same text for the same seed. Each statement is a method that draws what it needs from the values in
scope, writes lines, and adds what it makes to the scope.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

ANY = "!stream.resource<*>"
STAGING = "!stream.resource<staging>"
DEVICES = ("dev_a", "dev_b", "dev_c", "dev_d")


@dataclass(frozen=True)
class Resource:
    """A resource in scope: its name, type and the name of its size."""

    name: str
    type: str
    size: str

    @property
    def typed(self) -> str:
        return f"{self.type}{{{self.size}}}"


@dataclass
class Scope:
    """The values that may be used at a place, by kind."""

    resources: list[Resource] = field(default_factory=list[Resource])
    sizes: list[str] = field(default_factory=list[str])
    ints: list[str] = field(default_factory=list[str])
    bools: list[str] = field(default_factory=list[str])
    timepoints: list[str] = field(default_factory=list[str])
    depth: int = 0

    def nested(self) -> Scope:
        """A scope that sees all of this one and keeps its own to itself."""
        return Scope(
            list(self.resources),
            list(self.sizes),
            list(self.ints),
            list(self.bools),
            list(self.timepoints),
            self.depth + 1,
        )


class Program:
    """Writes one program; see `program`."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.lines: list[str] = []
        self.names = 0
        self.device_count = self.random.choice((0, 0, 1, 2, 2, 3, 4))
        self.affinity_rate = self.random.choice((0.3, 0.9, 1.0))
        self.favor = self.random.choice((None, None, "debug", "min-peak-memory", "max-concurrency"))
        self.length = self.random.choice((3, 6, 10, 16, 30))
        self.weights = {statement: self.random.choice((0, 1, 1, 2)) * w for statement, w in self._statements().items()}

    def text(self) -> str:
        """The whole module."""
        attribute = f'stream.partitioning = #stream.partitioning_config<"{self.favor}">' if self.favor else ""
        on_module = self.chance(0.5)
        self.function_attribute = f" attributes {{{attribute}}}" if attribute and not on_module else ""
        self.line(f"module attributes {{{attribute}}} {{" if attribute and on_module else "module {")
        for device in DEVICES[: self.device_count]:
            self.line(f"util.global private @{device} : !hal.device")
        self.line("util.global private mutable @state : !stream.resource<variable>")
        self.line("util.global private mutable @count : index")
        self.line(f"util.func private @extern({ANY}, index) -> {ANY}")
        self.line("util.func private @notify(i32)")
        self.line(f"stream.async.func private @callee(%r: {ANY}, %n: index) -> %r")
        for number in range(self.random.choice((1, 1, 2))):
            self.function(number)
        if self.chance(0.2):
            self.initializer()
        self.line("}")
        return "\n".join(self.lines) + "\n"

    # --- Drawing ---

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def line(self, text: str) -> None:
        self.lines.append(text)

    def name(self) -> str:
        self.names += 1
        return f"%v{self.names}"

    def size(self, scope: Scope) -> str:
        return self.random.choice(scope.sizes)

    def boolean(self, scope: Scope) -> str:
        return self.random.choice(scope.bools)

    def integer(self, scope: Scope) -> str:
        return self.random.choice(scope.ints)

    def resource(self, scope: Scope, type_: str | None = None) -> Resource:
        """A resource, mostly a late one; of this type, made on the spot where there is none."""
        found = [r for r in scope.resources if (type_ is None and r.type != STAGING) or r.type == type_]
        if not found:
            return self.splat_of(scope, type_ or ANY)
        if self.chance(0.5):
            found = found[-4:]
        return self.random.choice(found)

    def affinity(self) -> str | None:
        if self.device_count and self.chance(self.affinity_rate):
            device = self.random.choice(DEVICES[: self.device_count])
            queues = self.random.choice(("", "", "", "", ", [0]", ", [0, 1]"))
            return f"#hal.device.affinity<@{device}{queues}>"
        return None

    def on(self) -> str:
        affinity = self.affinity()
        return f" on({affinity})" if affinity else ""

    def range_of(self, resource: Resource) -> str:
        """`offset to end for length` of a part of the resource, or of all of it."""
        full = f"%c0 to {resource.size} for {resource.size}"
        return self.random.choice((full, full, "%c0 to %c64 for %c64", "%c64 to %c128 for %c64"))

    def new(self, scope: Scope, type_: str, size: str, name: str | None = None) -> Resource:
        made = Resource(name or self.name(), type_, size)
        scope.resources.append(made)
        return made

    # --- Functions ---

    def function(self, number: int) -> None:
        scope = Scope()
        arguments: list[str] = []
        for i in range(self.random.randrange(1, 4)):
            type_ = self.random.choice((ANY, "!stream.resource<external>"))
            arguments += [f"%a{number}_{i}: {type_}", f"%n{number}_{i}: index"]
            scope.resources.append(Resource(f"%a{number}_{i}", type_, f"%n{number}_{i}"))
            scope.sizes.append(f"%n{number}_{i}")
        arguments += ["%flag: i1", "%x: i32", "%ready: !stream.timepoint"]
        scope.bools.append("%flag")
        scope.ints.append("%x")
        scope.timepoints.append("%ready")
        result_types = [
            self.random.choice((ANY, ANY, "i32", "!stream.timepoint")) for _ in range(self.random.randrange(4))
        ]
        results = f" -> ({', '.join(result_types)})" if result_types else ""
        self.line(f"util.func public @f{number}({', '.join(arguments)}){results}{self.function_attribute} {{")
        self.constants(scope)
        self.body(scope, self.length)
        if self.chance(0.25):
            scope = self.blocks(scope)
        self.finish(scope, result_types)
        self.line("}")

    def finish(self, scope: Scope, types: list[str]) -> None:
        values: list[str] = []
        for type_ in types:
            if type_ == "i32":
                values.append(self.integer(scope))
            elif type_ == "!stream.timepoint":
                values.append(self.random.choice(scope.timepoints))
            else:
                values.append(self.resource(scope, type_).name)
        self.line(f"util.return {', '.join(values)} : {', '.join(types)}" if types else "util.return")

    def initializer(self) -> None:
        self.line("util.initializer {")
        scope = Scope()
        self.line("%flag = arith.constant true")
        self.line("%x = arith.constant 7 : i32")
        self.line("%ready = stream.timepoint.immediate => !stream.timepoint")
        scope.bools.append("%flag")
        scope.ints.append("%x")
        scope.timepoints.append("%ready")
        self.constants(scope)
        self.body(scope, 4)
        self.store_state(scope)
        self.line("util.return")
        self.line("}")

    def constants(self, scope: Scope) -> None:
        for value in (0, 1, 4, 64, 128, 256):
            self.line(f"%c{value} = arith.constant {value} : index")
        self.line("%i0 = arith.constant 0 : i64")
        self.line("%z = arith.constant 5 : i32")
        scope.sizes += ["%c128", "%c128", "%c256"]
        scope.ints.append("%z")

    def blocks(self, scope: Scope) -> Scope:
        """Splits the function: a branch on a condition, two blocks that meet again."""
        label = self.names
        left, right = self.resource(scope, ANY), self.resource(scope, ANY)
        self.line(f"cf.cond_br {self.boolean(scope)}, ^l{label}({left.name} : {ANY}), ^r{label}({right.name} : {ANY})")
        for side in ("l", "r"):
            inner = scope.nested()
            argument = self.name()
            self.line(f"^{side}{label}({argument}: {ANY}):")
            inner.resources.append(Resource(argument, ANY, self.size(scope)))
            self.body(inner, self.random.randrange(4))
            out = self.resource(inner, ANY)
            self.line(f"cf.br ^m{label}({out.name} : {ANY})")
        merged = self.name()
        self.line(f"^m{label}({merged}: {ANY}):")
        scope.resources.append(Resource(merged, ANY, self.size(scope)))
        self.body(scope, self.random.randrange(1, 5))
        return scope

    def body(self, scope: Scope, count: int) -> None:
        statements = list(self.weights)
        weights = list(self.weights.values())
        if not any(weights):
            weights = [1] * len(weights)
        for statement in self.random.choices(statements, weights, k=count):
            statement(scope)

    def _statements(self) -> dict[Callable[[Scope], object], int]:
        """Every statement, and how often it is drawn."""
        return {
            self.dispatch: 16,
            self.splat: 4,
            self.constant: 2,
            self.alloca: 2,
            self.clone: 4,
            self.slice: 2,
            self.fill: 3,
            self.update: 3,
            self.copy: 3,
            self.transfer: 3,
            self.barrier: 2,
            self.call: 1,
            self.collective: 1,
            self.parameter: 1,
            self.round_trip: 2,
            self.arithmetic: 3,
            self.select: 1,
            self.assertion: 1,
            self.host_call: 1,
            self.optimization_barrier: 1,
            self.load_state: 1,
            self.store_state: 1,
            self.count_up: 1,
            self.await_: 1,
            self.timepoint_barrier: 1,
            self.join: 1,
            self.execute: 1,
            self.for_: 2,
            self.if_: 2,
            self.while_: 1,
        }

    # --- Streamable statements ---

    def dispatch(self, scope: Scope) -> None:
        operands = [self.resource(scope) for _ in range(self.random.choice((0, 1, 1, 2, 2, 3)))]
        inputs = [f"{r.name}[{self.range_of(r)}]" for r in operands]
        types = [r.typed for r in operands]
        for _ in range(self.random.choice((0, 0, 1))):
            inputs.append(self.integer(scope))
            types.append("i32")
        outputs: list[tuple[str, str, str]] = []
        free = list(dict.fromkeys(operands))
        for _ in range(self.random.choice((1, 1, 1, 2))):
            if free and self.chance(0.3):
                tied = free.pop(self.random.randrange(len(free)))
                outputs.append((f"{tied.name}{{{tied.size}}}", tied.type, tied.size))
            else:
                size = self.size(scope)
                outputs.append((f"{ANY}{{{size}}}", ANY, size))
        workload = self.random.choice(("", "[%c1]", "[%c4, %c1]"))
        made = [self.name() for _ in outputs]
        texts = ", ".join(text for text, _, _ in outputs)
        results = f"({texts})" if len(outputs) > 1 else texts
        entry = f"@ex::@d{self.random.randrange(4)}"
        self.line(
            f"{', '.join(made)} = stream.async.dispatch{self.on()} {entry}{workload}({', '.join(inputs)}) : "
            f"({', '.join(types)}) -> {results}"
        )
        for name, (_, type_, size) in zip(made, outputs, strict=True):
            self.new(scope, type_, size, name)

    def splat_of(self, scope: Scope, type_: str) -> Resource:
        made = self.new(scope, type_, self.size(scope))
        wait = f" await({self.random.choice(scope.timepoints)})" if self.chance(0.15) else ""
        self.line(f"{made.name} = stream.async.splat{self.on()}{wait} {self.integer(scope)} : i32 -> {made.typed}")
        return made

    def splat(self, scope: Scope) -> None:
        self.splat_of(scope, ANY)

    def constant(self, scope: Scope) -> None:
        made = self.new(scope, ANY, "%c128")
        value = self.random.randrange(3)
        self.line(f"{made.name} = stream.async.constant{self.on()} : {made.typed} = dense<{value}> : tensor<32xi32>")

    def alloca(self, scope: Scope) -> None:
        made = self.new(scope, ANY, self.size(scope))
        self.line(f"{made.name} = stream.async.alloca{self.on()} : {made.typed}")

    def clone(self, scope: Scope) -> None:
        source = self.resource(scope)
        made = self.new(scope, ANY, source.size)
        self.line(f"{made.name} = stream.async.clone{self.on()} {source.name} : {source.typed} -> {made.typed}")

    def slice(self, scope: Scope) -> None:
        source = self.resource(scope)
        made = self.new(scope, source.type, "%c64")
        start, end = self.random.choice((("%c0", "%c64"), ("%c64", "%c128")))
        self.line(
            f"{made.name} = stream.async.slice{self.on()} {source.name}[{start} to {end}] : {source.typed} -> {made.typed}"
        )

    def fill(self, scope: Scope) -> None:
        target = self.resource(scope)
        made = self.new(scope, target.type, target.size)
        self.line(
            f"{made.name} = stream.async.fill{self.on()} {self.integer(scope)}, {target.name}[{self.range_of(target)}] : "
            f"i32 -> {target.name} as {target.typed}"
        )

    def update(self, scope: Scope) -> None:
        source, target = self.resource(scope), self.resource(scope)
        made = self.new(scope, target.type, target.size)
        part = self.random.choice((f"%c0 to {source.size}", "%c0 to %c64", "%c64 to %c128"))
        self.line(
            f"{made.name} = stream.async.update{self.on()} {source.name}, {target.name}[{part}] : "
            f"{source.typed} -> {target.name} as {target.typed}"
        )

    def copy(self, scope: Scope) -> None:
        source, target = self.resource(scope), self.resource(scope)
        made = self.new(scope, target.type, target.size)
        parts = ("%c0 to %c64", "%c64 to %c128")
        from_, to = self.random.choice(parts), self.random.choice(parts)
        self.line(
            f"{made.name} = stream.async.copy{self.on()} {source.name}[{from_}], {target.name}[{to}], %c64 : "
            f"{source.typed} -> {target.name} as {target.typed}"
        )

    def transfer_to(self, scope: Scope, source: Resource, type_: str) -> Resource:
        made = self.new(scope, type_, source.size)
        from_, to = self.affinity(), self.affinity()
        self.line(
            f"{made.name} = stream.async.transfer{self.on() if self.chance(0.2) else ''} {source.name} : {source.typed}"
            f"{f' from({from_})' if from_ else ''} ->{f' to({to})' if to else ''} {made.typed}"
        )
        return made

    def transfer(self, scope: Scope) -> None:
        self.transfer_to(scope, self.resource(scope), self.random.choice((ANY, ANY, "!stream.resource<external>")))

    def barrier(self, scope: Scope) -> None:
        source = self.resource(scope)
        made = self.new(scope, source.type, source.size)
        self.line(f"{made.name} = stream.async.barrier{self.on()} {source.name} : {source.typed}")

    def call(self, scope: Scope) -> None:
        target = self.resource(scope, ANY)
        made = self.new(scope, ANY, target.size)
        self.line(
            f"{made.name} = stream.async.call{self.on()} @callee({target.name}[{self.range_of(target)}], {target.size}) : "
            f"({target.typed}, index) -> {target.name}{{{target.size}}}"
        )

    def collective(self, scope: Scope) -> None:
        source, target = self.resource(scope), self.resource(scope)
        channel = self.name()
        made = self.new(scope, target.type, target.size)
        self.line(f"{channel} = stream.channel.create{self.on()} : !stream.channel")
        self.line(
            f"{made.name} = stream.async.collective<all_gather : f32>[%c4]{self.on()} channel({channel}) "
            f"{source.name}[{self.range_of(source)}], {target.name}[{self.range_of(target)}] : "
            f"{source.typed} -> {target.name} as {target.typed}"
        )

    def parameter(self, scope: Scope) -> None:
        key, raw, ready = self.name(), self.name(), self.name()
        self.line(f'{key} = util.buffer.constant : !util.buffer = "weight"')
        wait = f" await({self.random.choice(scope.timepoints)})" if self.chance(0.3) else ""
        if self.chance(0.5):
            size, type_ = self.size(scope), "!stream.resource<constant>"
            self.line(
                f"{raw}, {ready} = stream.async.parameter.load{self.on()}{wait} {key}[%i0] : {type_}{{{size}}} "
                "=> !stream.timepoint"
            )
        else:
            target = self.resource(scope)
            size, type_ = target.size, target.type
            self.line(
                f"{raw}, {ready} = stream.async.parameter.read{self.on()}{wait} {key}[%i0] -> "
                f"{target.name}[%c0 to %c64 for %c64] : {target.typed} => !stream.timepoint"
            )
        made = self.new(scope, type_, size)
        self.line(f"{made.name} = stream.timepoint.await {ready} => {raw} : {made.typed}")

    # --- Host statements ---

    def round_trip(self, scope: Scope) -> None:
        """Device to host: what was computed decides what comes next."""
        staged = self.transfer_to(scope, self.resource(scope), STAGING)
        value, flag = self.name(), self.name()
        self.line(f"{value} = stream.async.load {staged.name}[%c0] : {staged.typed} -> i32")
        self.line(f"{flag} = arith.cmpi slt, {value}, %z : i32")
        scope.ints.append(value)
        scope.bools.append(flag)

    def arithmetic(self, scope: Scope) -> None:
        name = self.name()
        if self.chance(0.5):
            a, b = self.integer(scope), self.integer(scope)
            self.line(f"{name} = arith.{self.random.choice(('addi', 'muli'))} {a}, {b} : i32")
            scope.ints.append(name)
        else:
            a, b = self.size(scope), self.size(scope)
            self.line(f"{name} = arith.{self.random.choice(('addi', 'muli'))} {a}, {b} : index")
            scope.sizes.append(name)

    def select(self, scope: Scope) -> None:
        a, b = self.resource(scope, ANY), self.resource(scope, ANY)
        made = self.new(scope, ANY, a.size)
        self.line(f"{made.name} = arith.select {self.boolean(scope)}, {a.name}, {b.name} : {ANY}")

    def assertion(self, scope: Scope) -> None:
        self.line(f'cf.assert {self.boolean(scope)}, "must hold"')

    def host_call(self, scope: Scope) -> None:
        if self.chance(0.3):
            self.line(f"util.call @notify({self.integer(scope)}) : (i32) -> ()")
            return
        source = self.resource(scope, ANY)
        made = self.new(scope, ANY, source.size)
        self.line(f"{made.name} = util.call @extern({source.name}, {source.size}) : ({ANY}, index) -> {ANY}")

    def optimization_barrier(self, scope: Scope) -> None:
        source = self.resource(scope, ANY)
        made = self.new(scope, ANY, source.size)
        self.line(f"{made.name} = util.optimization_barrier {source.name} : {ANY}")

    def load_state(self, scope: Scope) -> None:
        made = self.new(scope, "!stream.resource<variable>", "%c128")
        self.line(f"{made.name} = util.global.load @state : {made.type}")

    def store_state(self, scope: Scope) -> None:
        made = self.transfer_to(scope, self.resource(scope), "!stream.resource<variable>")
        self.line(f"util.global.store {made.name}, @state : {made.type}")

    def count_up(self, scope: Scope) -> None:
        name, more = self.name(), self.name()
        self.line(f"{name} = util.global.load @count : index")
        self.line(f"{more} = arith.addi {name}, %c1 : index")
        self.line(f"util.global.store {more}, @count : index")
        scope.sizes.append(name)

    # --- Timelines ---

    def await_(self, scope: Scope) -> None:
        source = self.resource(scope)
        made = self.new(scope, source.type, source.size)
        timepoint = self.random.choice(scope.timepoints)
        self.line(f"{made.name} = stream.timepoint.await {timepoint} => {source.name} : {source.typed}")

    def timepoint_barrier(self, scope: Scope) -> None:
        source, ready = self.resource(scope), self.name()
        made = self.new(scope, source.type, source.size)
        self.line(
            f"{made.name}, {ready} = stream.timepoint.barrier {source.name} : {source.typed} => !stream.timepoint"
        )
        scope.timepoints.append(ready)

    def join(self, scope: Scope) -> None:
        name = self.name()
        parts = [self.random.choice(scope.timepoints) for _ in range(self.random.randrange(1, 4))]
        self.line(f"{name} = stream.timepoint.join max({', '.join(parts)}) => !stream.timepoint")
        scope.timepoints.append(name)

    def execute(self, scope: Scope) -> None:
        """An execution region that is there already."""
        source, raw, ready, inside, value = self.resource(scope), *(self.name() for _ in range(4))
        wait = f" await({self.random.choice(scope.timepoints)}) =>" if self.chance(0.4) else ""
        made = self.new(scope, source.type, source.size)
        self.line(
            f"{raw}, {ready} = stream.async.execute{self.on()}{wait} with({source.name} as {inside}: {source.typed}) -> "
            f"{source.typed} {{"
        )
        self.line(
            f"{value} = stream.async.dispatch @ex::@d0({inside}[%c0 to {source.size} for {source.size}]) : "
            f"({source.typed}) -> {source.typed}"
        )
        self.line(f"stream.yield {value} : {source.typed}")
        self.line("} => !stream.timepoint")
        self.line(f"{made.name} = stream.timepoint.await {ready} => {raw} : {made.typed}")
        scope.timepoints.append(ready)

    # --- Structured control flow ---

    def nested_body(self, scope: Scope) -> None:
        self.body(scope, self.random.randrange(4) if scope.depth < 3 else self.random.randrange(2))

    def for_(self, scope: Scope) -> None:
        if scope.depth >= 2:
            return
        start = self.resource(scope, ANY)
        carried, index = self.name(), self.name()
        inner = scope.nested()
        made = Resource(self.name(), ANY, start.size)
        self.line(
            f"{made.name} = scf.for {index} = %c0 to %c4 step %c1 iter_args({carried} = {start.name}) -> ({ANY}) {{"
        )
        inner.resources.append(Resource(carried, ANY, start.size))
        inner.sizes.append(index)
        self.nested_body(inner)
        self.line(f"scf.yield {self.resource(inner, ANY).name} : {ANY}")
        self.line("}")
        scope.resources.append(made)

    def if_(self, scope: Scope) -> None:
        if scope.depth >= 2:
            return
        condition = self.boolean(scope)
        if self.chance(0.3):
            self.line(f"scf.if {condition} {{")
            inner = scope.nested()
            self.nested_body(inner)
            self.store_state(inner)
            self.line("}")
            return
        made = Resource(self.name(), ANY, self.size(scope))
        self.line(f"{made.name} = scf.if {condition} -> ({ANY}) {{")
        for end in ("} else {", "}"):
            inner = scope.nested()
            self.nested_body(inner)
            self.line(f"scf.yield {self.resource(inner, ANY).name} : {ANY}")
            self.line(end)
        scope.resources.append(made)

    def while_(self, scope: Scope) -> None:
        if scope.depth >= 2:
            return
        start = self.resource(scope, ANY)
        carried, passed = self.name(), self.name()
        made = Resource(self.name(), ANY, start.size)
        self.line(f"{made.name} = scf.while ({carried} = {start.name}) : ({ANY}) -> {ANY} {{")
        before = scope.nested()
        before.resources.append(Resource(carried, ANY, start.size))
        self.nested_body(before)
        if self.chance(0.5):
            self.round_trip(before)
        self.line(f"scf.condition({before.bools[-1]}) {self.resource(before, ANY).name} : {ANY}")
        self.line("} do {")
        self.line(f"^bb0({passed}: {ANY}):")
        after = scope.nested()
        after.resources.append(Resource(passed, ANY, start.size))
        self.nested_body(after)
        self.line(f"scf.yield {self.resource(after, ANY).name} : {ANY}")
        self.line("}")
        scope.resources.append(made)


def program(seed: int) -> str:
    """The program of this seed."""
    return Program(seed).text()
