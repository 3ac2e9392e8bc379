"""The text of attributes and types, each worked out once, with aliases where MLIR has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from typing_extensions import override
from xdsl.ir import Attribute

from iree_explorer.syntax.printing.aliases import Alias, AliasTable, Chunks, DistinctNumber, Mark, alias_base
from iree_explorer.syntax.printing.builtin_attributes import BuiltinAttributePrinter


class _Printed:
    """What is known of an attribute that was printed before.

    Attributes:
        attribute: kept alive, so that its `id` stays its own.
        chunks: its text, or the alias that stands for it.
        depth: 0 where no alias is in it.
        aliases: the aliases met in it, itself first.
        used: whether these count as used already.
    """

    __slots__ = ("aliases", "attribute", "chunks", "depth", "used")

    def __init__(self, attribute: Attribute, chunks: Chunks, depth: int, aliases: list[Alias]) -> None:
        self.attribute = attribute
        self.chunks = chunks
        self.depth = depth
        self.aliases = aliases
        self.used = False


class AttributePrinter(BuiltinAttributePrinter):
    """Prints attributes and types into `out`, with aliases as placeholders.

    Attributes:
        aliases: those met.
    """

    def __init__(self) -> None:
        super().__init__()
        self.aliases = AliasTable()
        self._printed: dict[int, _Printed] = {}
        self._open: list[_Printed] = []
        self._counts_as_use = True

    @override
    def print_attribute(self, attribute: Attribute) -> None:
        """Prints `attribute`, or mentions its alias. MLIR: AsmPrinter::Impl::printAttribute."""
        printed = self._printed.get(id(attribute))
        if printed is None:
            printed = self._print_first(attribute)
        if printed.depth:
            self._count(printed)
        self.out.extend(printed.chunks)

    @override
    def print_without_aliases(self, attribute: Attribute) -> None:
        printed = self._printed.get(id(attribute)) or self._print_first(attribute)
        self.out.extend(_expanded(printed.chunks) if printed.depth else printed.chunks)

    @override
    def texts_of_types(self, types: Sequence[Attribute]) -> list[str] | None:
        texts: dict[int, str] = {}
        for attribute in {id(type_): type_ for type_ in types}.values():
            printed = self._printed.get(id(attribute)) or self._print_first(attribute)
            if printed.depth:
                return None
            texts[id(attribute)] = "".join(cast("Sequence[str]", printed.chunks))
        return [texts[id(type_)] for type_ in types]

    def _count(self, printed: _Printed) -> None:
        if self._open:
            around = self._open[-1]
            around.depth = max(around.depth, printed.depth)
            around.aliases.extend(printed.aliases)
        elif self._counts_as_use and not printed.used:
            printed.used = True
            self.aliases.use(printed.aliases)

    def _print_first(self, attribute: Attribute) -> _Printed:
        """MLIR: AliasInitializer::visitImpl, which is where the depths come from."""
        base = alias_base(attribute)
        alias, is_new = (None, True) if base is None else self.aliases.get(attribute, base)
        printed = _Printed(attribute, (), 0, [] if alias is None else [alias])
        outer, self.out = self.out, []
        in_location, self.printing_location = self.printing_location, self.printing_location and alias is None
        self._open.append(printed)
        self._print_in_full(attribute)
        self._open.pop()
        self.printing_location = in_location
        body, self.out = _joined(self.out), outer
        if printed.depth:
            printed.depth += 1
        if alias is None:
            printed.chunks = body
        else:
            printed.depth = max(printed.depth, 1)
            printed.chunks = (alias,)
            if is_new:
                alias.depth, alias.body = printed.depth, body
        self._printed[id(attribute)] = printed
        return printed


def _expanded(chunks: Chunks) -> Iterator[str | DistinctNumber]:
    """`chunks` with what each alias stands for in its place."""
    for chunk in chunks:
        if isinstance(chunk, Alias):
            yield from _expanded(chunk.body)
        else:
            yield chunk


def _joined(chunks: Sequence[str | Alias | DistinctNumber | Mark]) -> Chunks:
    """`chunks` with strings side by side made one."""
    joined: list[str | Alias | DistinctNumber] = []
    strings: list[str] = []
    for chunk in chunks:
        if isinstance(chunk, str):
            strings.append(chunk)
            continue
        if strings:
            joined.append("".join(strings))
            strings = []
        if not isinstance(chunk, Mark):  # there are no ops in attributes
            joined.append(chunk)
    if strings:
        joined.append("".join(strings))
    return tuple(joined)
