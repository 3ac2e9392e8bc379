"""A short cut for the ops that large programs are made of: those that differ from an earlier one in values only.

The assembly format prints the first op of a kind, and once more with a name of its own for each operand: that tells
where which operand stands in the text. From then on the text of such an op is that text with its operands' names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from xdsl.ir import BlockArgument, Operation, Region

from iree_explorer.ir.interfaces import PrintsAroundRegion
from iree_explorer.ir.storage import make_block, make_op, operands_of, type_of
from iree_explorer.syntax.default_dialects import DEFAULT_DIALECTS, OUTERMOST

_STAND_IN = re.compile("\0([0-9]+)\0")

REGION = "\1"
"""Stands for a region where an op is printed apart."""

_MAY_BE_LEFT_OUT = frozenset([*DEFAULT_DIALECTS.values(), OUTERMOST])

RegionStyle = tuple[bool, bool, bool]
"""How an op prints its region: the entry block's arguments, an empty block, terminators."""

Apart = tuple[str, list[RegionStyle]]
"""The text of an op without its results, `REGION` for each of its regions, and how these are printed."""

Print = Callable[[Operation, Mapping[int, str]], "Apart | None"]
"""Prints an op apart, given the names of operands and arguments by `id`; None: its text depends on other texts."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """The text of all ops of a kind, `%s` where the name of an operand or argument stands, and which of them it is.

    Attributes:
        form: up to the region, where there is one.
        pick: of all names, operands first, those in `form`.
        style: of the region.
        rest: behind the region.
    """

    form: str
    pick: Callable[[list[str]], tuple[str, ...]]
    style: RegionStyle | None = None
    rest: str = ""


class HotText:
    """Texts of ops.

    Args:
        names: of all values, by `id`; live.
        print_op: see `Print`.
    """

    def __init__(self, names: Mapping[int, str], print_op: Print) -> None:
        self._names = names
        self._print = print_op
        self._kinds: dict[tuple[object, ...], _Kind | None] = {}
        self._met: dict[
            tuple[object, ...], Operation
        ] = {}  # Ops keep what they are made of, so that each `id` stays its own.

    def of(self, op: Any) -> str | None:
        """The text of `op`, which has no regions, behind its results; None: it takes the long way."""
        if op.regions or op.attributes or op._successors:  # Unregistered ops have their names among the attributes.
            return None
        operands, properties = operands_of(op), op.properties
        key = (
            type(op),
            *properties,
            *map(id, properties.values()),
            *map(id, map(type_of, operands)),
            *map(id, map(type_of, op.results)),
        )
        kind = self._kinds.get(key) or self._learn(key, op)
        return None if kind is None else self._text(kind, operands)

    def around(self, op: Any) -> tuple[str, RegionStyle, str] | None:
        """The texts of `op` before and behind its one region, and how that is printed; None: it takes the long way."""
        if not issubclass(type(op), PrintsAroundRegion) or op.attributes:
            return None
        operands, properties = operands_of(op), op.properties
        values: tuple[Any, ...] = (*operands, *_arguments(op))
        key = (
            type(op),
            len(operands),
            len(values),
            *properties,
            *map(id, properties.values()),
            *map(id, map(type_of, values)),
            *map(id, map(type_of, op.results)),
        )
        kind = self._kinds.get(key) or self._learn(key, op)
        if kind is None or kind.style is None or (text := self._text(kind, values)) is None:
            return None
        return text, kind.style, kind.rest

    def _text(self, kind: _Kind, values: Iterable[object]) -> str | None:
        try:
            return kind.form % kind.pick([*map(self._names.__getitem__, map(id, values))])
        except KeyError:  # a value from outside of what is printed
            return None

    def _learn(self, key: tuple[object, ...], op: Operation) -> _Kind | None:
        """Learns a kind when it is met for the second time; most are never met again."""
        if key not in self._met or key in self._kinds:
            self._met.setdefault(key, op)
            return None
        self._kinds[key] = kind = self._kind_of(op)
        return kind

    def _kind_of(self, op: Operation) -> _Kind | None:
        """The kind of `op`; None: its text depends on where it stands."""
        if op.dialect_name() in _MAY_BE_LEFT_OUT:
            return None
        stand_ins = make_block(map(type_of, operands_of(op))).args
        regions = [Region(make_block(map(type_of, _arguments(op)))) for _ in op.regions]
        model = make_op(type(op), stand_ins, [result.type for result in op.results], op.properties, regions=regions)
        values = (*stand_ins, *(value for region in regions for value in region.block.args))
        apart = self._print(model, {id(value): f"\0{index}\0" for index, value in enumerate(values)})
        if apart is None:
            return None
        text, styles = apart
        form, mark, rest = text.partition(REGION)
        if "\n" in text or len(styles) != len(regions) or REGION in rest or "\0" in rest or bool(mark) != bool(regions):
            return None
        places = _picker([*map(int, _STAND_IN.findall(form))])
        return _Kind(_STAND_IN.sub("%s", form.replace("%", "%%")), places, styles[0] if styles else None, rest)


def _arguments(op: Operation) -> Sequence[BlockArgument]:
    """Those of the first block in the op's regions."""
    block = op.regions[0].first_block if op.regions else None
    return () if block is None else block.args


def _picker(places: list[int]) -> Callable[[list[str]], tuple[str, ...]]:
    if len(places) > 1:
        return itemgetter(*places)
    return lambda names: tuple([names[place] for place in places])
