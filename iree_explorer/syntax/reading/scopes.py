"""The SSA names that are in scope while a text is parsed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from xdsl.ir import SSAValue
from xdsl.parser import ForwardDeclaredValue
from xdsl.utils.lexer import Span


@dataclass(slots=True)
class ForwardUse:
    """A value used before its definition.

    Attributes:
        value: stands for it until it is defined.
        span: its first use.
    """

    value: ForwardDeclaredValue
    span: Span[str]


Hidden: TypeAlias = (
    "tuple[dict[str, tuple[Sequence[SSAValue], int]], dict[str, SSAValue], dict[str, dict[int, ForwardUse]]]"
)
"""Names that are out of sight."""


@dataclass(slots=True)
class ValueScopes:
    """Names of the open regions; a name goes when the region that defines it is closed.

    One dictionary serves all regions, each of which remembers what it added: opening one costs nothing.

    Attributes:
        packs: per name, without `%`: the values of the pack, and the offset of its definition. An argument with a number
            of its own, as in `^bb(%name#1: i32)`, is a pack of one, `name#1`.
        values: per name of one value, as it is used: `name`, or `name#1` inside a pack of several.
        forward: per name and number in its pack: what is used but not defined yet.
        undefined: what was used in an isolated region and never defined there.
    """

    packs: dict[str, tuple[Sequence[SSAValue], int]] = field(default_factory=dict)
    values: dict[str, SSAValue] = field(default_factory=dict)
    forward: dict[str, dict[int, ForwardUse]] = field(default_factory=dict)
    undefined: list[ForwardUse] = field(default_factory=list[ForwardUse])
    _added: list[list[str]] = field(default_factory=lambda: [[]])

    def open_region(self) -> None:
        """Names defined from here on go with the region."""
        self._added.append([])

    def close_region(self) -> None:
        """Forgets the innermost region's names."""
        for name in self._added.pop():
            values = self.packs.pop(name)[0]
            self.values.pop(name, None)
            for index in range(len(values) if len(values) > 1 else 0):
                del self.values[f"{name}#{index}"]

    def isolate(self) -> Hidden:
        """Hides all names, which a region that is isolated from above may use anew; returns what `rejoin` brings back."""
        hidden = self.packs, self.values, self.forward
        self.packs, self.values, self.forward = {}, {}, {}
        return hidden

    def rejoin(self, hidden: Hidden) -> None:
        """Ends what `isolate` began."""
        self.undefined += [use for by_number in self.forward.values() for use in by_number.values()]
        self.packs, self.values, self.forward = hidden

    def place_of(self, name: str, numbers: Iterable[int]) -> int | None:
        """The offset at which the first of these values of a name's pack that is there was defined; None: none is there."""
        pack = self.packs.get(name)
        for number in numbers:
            if pack is not None and number < len(pack[0]):
                return pack[1]
            if number and (numbered := self.packs.get(f"{name}#{number}")) is not None:
                return numbered[1]
        return None

    def define(self, name: str, values: Sequence[SSAValue], offset: int) -> None:
        """Makes `name`, which is not in scope yet, stand for `values`."""
        self.packs[name] = (values, offset)
        if values:
            self.values[name] = values[0]
        if len(values) > 1:
            self.values.update((f"{name}#{index}", value) for index, value in enumerate(values))
        self._added[-1].append(name)
