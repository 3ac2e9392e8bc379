"""Attributes and types that are printed once at the top of a text and named everywhere else.

MLIR: AsmPrinter.cpp, AliasInitializer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from xdsl.dialects.builtin import AffineMapAttr, AffineSetAttr, LocationAttr, TupleType, UnitAttr
from xdsl.ir import Attribute, Operation, TypeAttribute

from iree_explorer.ir.interfaces import AliasedAttribute
from iree_explorer.syntax.rare_attributes import DistinctAttr

Chunks: TypeAlias = "tuple[str | Alias | DistinctNumber, ...]"
"""Text in which some pieces are aliases and numbers that are not known yet."""

_LONG_TUPLE = 16


@dataclass(slots=True, eq=False)
class Alias:
    """An attribute that is printed as an alias.

    Attributes:
        base: its name without `#` or `!` and number.
        is_type: whether it is a type.
        depth: 1 where no alias is inside it, else more than that of each inside.
        body: its text.
        used: whether it is named anywhere; where not, mentions of it are printed as `body`.
        text: `#name`, once all aliases are known.
    """

    base: str
    is_type: bool
    depth: int = 1
    body: Chunks = ()
    used: bool = False
    text: str = ""


@dataclass(slots=True, eq=False)
class DistinctNumber:
    """The number of a distinct attribute, given to it where it is printed first. MLIR: AsmPrinter.cpp, DistinctState.

    Attributes:
        given: per attribute of the text: its number.
    """

    attribute: Attribute
    given: dict[Attribute, int]

    @property
    def text(self) -> str:
        """The number; asked for in the order of the text."""
        return str(self.given.setdefault(self.attribute, len(self.given)))


@dataclass(slots=True, eq=False)
class Mark:
    """Where the text of an op begins, or, without one, where that of the op begun last ends."""

    op: Operation | None


def alias_base(attribute: Attribute) -> str | None:
    """The name of an alias for `attribute`, before it is made unique; None: it is printed in full."""
    if isinstance(attribute, AliasedAttribute):
        return attribute.alias_name()
    if isinstance(attribute, AffineMapAttr):
        return "map"
    if isinstance(attribute, AffineSetAttr):
        return "set"
    if isinstance(attribute, LocationAttr):
        return "loc"
    if isinstance(attribute, DistinctAttr) and not isinstance(attribute.referenced, UnitAttr):
        return "distinct"
    if isinstance(attribute, TupleType) and len(attribute.types.data) > _LONG_TUPLE:
        return "tuple"
    return None


@dataclass(slots=True)
class AliasTable:
    """The aliases of one text.

    Attributes:
        of: per attribute.
        used: those named somewhere, in the order in which they are first met.
    """

    of: dict[Attribute, Alias] = field(default_factory=dict)
    used: list[Alias] = field(default_factory=list)
    _taken: set[str] = field(default_factory=set)
    _counts: dict[str, int] = field(default_factory=dict)

    def get(self, attribute: Attribute, base: str) -> tuple[Alias, bool]:
        """The alias of `attribute`, and whether it is new."""
        alias = self.of.get(attribute)
        if alias is not None:
            return alias, False
        alias = self.of[attribute] = Alias(base, isinstance(attribute, TypeAttribute))
        return alias, True

    def use(self, aliases: Iterable[Alias]) -> None:
        """Counts the aliases as named."""
        for alias in aliases:
            if not alias.used:
                alias.used = True
                self.used.append(alias)

    def assign(self) -> list[Alias]:
        """Gives each used alias its name; returns them in the order in which the text defines them."""
        ordered = sorted(self.used, key=lambda alias: (alias.depth, not alias.is_type, alias.base))
        for alias in ordered:
            alias.text = ("!" if alias.is_type else "#") + _unique(alias.base, self._taken, self._counts)
        return ordered

    def assign_new(self) -> None:
        """Gives names to aliases that came after `assign`."""
        for alias in self.used:
            if not alias.text:
                alias.text = ("!" if alias.is_type else "#") + _unique(alias.base, self._taken, self._counts)


def _unique(base: str, taken: set[str], counts: dict[str, int]) -> str:
    """`base`, or the first of `base1`, `base2` … that is free, with `_` before the number behind a digit.

    MLIR: uniqueAliasNameIndex.
    """
    name = base
    if base in taken:
        stem = f"{base}_" if base[-1].isdigit() else base
        while name in taken:
            counts[stem] = number = counts.get(stem, 0) + 1
            name = f"{stem}{number}"
    taken.add(name)
    return name


def render(chunks: Sequence[str | Alias | DistinctNumber | Mark]) -> str:
    """The text of `chunks`, once aliases have their names."""
    return "".join([chunk if isinstance(chunk, str) else alias_text(chunk) for chunk in chunks])


def alias_text(chunk: str | Alias | DistinctNumber | Mark) -> str:
    """A piece of text, or what stands for an alias or a number; a mark is no text."""
    if isinstance(chunk, str):
        return chunk
    if isinstance(chunk, DistinctNumber):
        return chunk.text
    if isinstance(chunk, Mark):
        return ""
    return chunk.text if chunk.used else render(chunk.body)
