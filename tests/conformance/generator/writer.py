"""What every statement writes with: the lines so far, fresh names, and draws from a seeded source."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from tests.conformance.generator.scope import ANY, DEVICES, STAGING, Resource, Scope

_T = TypeVar("_T")

Statement = Callable[["Writer", Scope], None]
"""Draws what it needs from the scope, writes lines, and adds what it makes to the scope."""

FAVORS = ("debug", "min-peak-memory", "max-concurrency")


class Writer:
    """Writes one program, drawn from `seed`.

    Attributes:
        lines: those written so far.
        device_count: how many of `DEVICES` the program has.
        length: about how many statements a function has.
        weights: statement → how often this program draws it; some programs never draw some.
    """

    def __init__(self, seed: int, statements: Mapping[Statement, int]) -> None:
        self.random = random.Random(seed)
        self.lines: list[str] = []
        self.device_count = self.pick(0, 0, 1, 2, 2, 3, 4)
        self.length = self.pick(3, 6, 10, 16, 30)
        self.weights = {statement: self.pick(0, 1, 1, 2) * weight for statement, weight in statements.items()}
        self._affinity_rate = self.pick(0.3, 0.9, 1.0)
        self._has_queues = self.chance(0.3)
        self._names = 0

    def line(self, text: str) -> None:
        """Appends a line."""
        self.lines.append(text)

    def name(self) -> str:
        """A value name that is not used yet."""
        self._names += 1
        return f"%v{self._names}"

    def body(self, scope: Scope, count: int) -> None:
        """Writes `count` statements."""
        weights = list(self.weights.values())
        for statement in self.random.choices(list(self.weights), weights if any(weights) else None, k=count):
            statement(self, scope)

    # --- Drawing ---

    def chance(self, probability: float) -> bool:
        """True this often."""
        return self.random.random() < probability

    def pick(self, *choices: _T) -> _T:
        """One of these."""
        return self.random.choice(choices)

    def one_of(self, choices: Sequence[_T]) -> _T:
        """One of these."""
        return self.random.choice(choices)

    def resource(self, scope: Scope, type_: str | None = None) -> Resource:
        """A resource, mostly a late one; of this type, made on the spot where there is none."""
        found = [r for r in scope.resources if (type_ is None and r.type != STAGING) or r.type == type_]
        if not found:
            return self.splat(scope, type_ or ANY)
        if self.chance(0.5):
            found = found[-4:]
        return self.one_of(found)

    def splat(self, scope: Scope, type_: str) -> Resource:
        """A fresh resource with one value all over."""
        made = self.new(scope, type_, self.one_of(scope.sizes))
        value = self.one_of(scope.ints)
        self.line(f"{made.name} = stream.async.splat{self.on()}{self.wait(scope)} {value} : i32 -> {made.typed}")
        return made

    def new(self, scope: Scope, type_: str, size: str, name: str | None = None) -> Resource:
        """A resource that is in scope from here on."""
        made = Resource(name or self.name(), type_, size)
        scope.resources.append(made)
        return made

    def wait(self, scope: Scope, probability: float = 0.15) -> str:
        """` await(…)`, or nothing."""
        return f" await({self.one_of(scope.timepoints)})" if self.chance(probability) and scope.timepoints else ""

    def affinity(self) -> str | None:
        """A place to run, None where the program has no devices or this op does not care."""
        if not self.device_count or not self.chance(self._affinity_rate):
            return None
        devices = DEVICES[: self.device_count]
        if len(devices) > 1 and self.chance(0.01):
            first, second = self.random.sample(devices, 2)
            return f"#hal.device.optimal<[#hal.device.affinity<@{first}>, #hal.device.affinity<@{second}>]>"
        queues = self.pick("", "", "", "", "", "", ", [0]", ", [0, 1]") if self._has_queues else ""
        return f"#hal.device.affinity<@{self.one_of(devices)}{queues}>"

    def on(self) -> str:
        """` on(…)`, or nothing."""
        affinity = self.affinity()
        return f" on({affinity})" if affinity else ""

    def span(self, scope: Scope, resource: Resource) -> str:
        """`offset to end for length`: a part of the resource, or all of it."""
        full = f"%c0 to {resource.size} for {resource.size}"
        loose = f"{self.one_of(scope.sizes)} to {resource.size} for {self.one_of(scope.sizes)}"
        return self.pick(full, full, full, "%c0 to %c64 for %c64", "%c64 to %c128 for %c64", loose)

    def favor(self, probability: float) -> str:
        """An attribute that says what to favor, or nothing."""
        if not self.chance(probability):
            return ""
        return f'stream.partitioning = #stream.partitioning_config<"{self.one_of(FAVORS)}">'
