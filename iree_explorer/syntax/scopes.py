"""The SSA names that are in scope while a text is parsed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

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


@dataclass(slots=True)
class ValueScopes:
    """Names of the open regions; a name goes when the region that defines it is closed.

    One dictionary serves all regions, each of which remembers what it added: opening one costs nothing.

    Attributes:
        values: per name, without `%`: the values of the pack, and where it is defined.
        forward: per name and number in its pack: what is used but not defined yet.
    """

    values: dict[str, tuple[Sequence[SSAValue], Span[str]]] = field(default_factory=dict)
    forward: dict[str, dict[int, ForwardUse]] = field(default_factory=dict)
    _added: list[list[str]] = field(default_factory=lambda: [[]])

    def open_region(self) -> None:
        """Names defined from here on go with the region."""
        self._added.append([])

    def close_region(self) -> None:
        """Forgets the innermost region's names."""
        for name in self._added.pop():
            del self.values[name]

    def define(self, name: str, values: Sequence[SSAValue], span: Span[str]) -> None:
        """Makes `name`, which is not in scope yet, stand for `values`."""
        self.values[name] = (values, span)
        self._added[-1].append(name)
