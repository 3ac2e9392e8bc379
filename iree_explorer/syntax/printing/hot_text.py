"""A short cut for the ops that large programs are made of: those that differ from an earlier one in values only.

The assembly format prints the first op of a kind, and once more with a name of its own for each operand: that tells
where which operand stands in the text. From then on the text of such an op is that text with its operands' names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, cast

from xdsl.ir import Block, Operation

from iree_explorer.dialects.storage import make_op
from iree_explorer.syntax.default_dialects import DEFAULT_DIALECTS, OUTERMOST

_STAND_IN = re.compile("\0([0-9]+)\0")

_MAY_BE_LEFT_OUT = frozenset([*DEFAULT_DIALECTS.values(), OUTERMOST])

Print = Callable[[Operation, Mapping[int, str]], "str | None"]
"""The text of an op, without its results, given the names of its operands by `id`; None: that depends on other texts."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """The text of all ops of a kind, `%s` where the name of an operand stands, and which operand it is."""

    form: str
    pick: Callable[[list[str]], tuple[str, ...]]


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
        """The text of `op`, behind its results; None: it takes the long way."""
        if op.regions or op.attributes or op._successors:  # Unregistered ops have their names among the attributes.
            return None
        operands, properties = op._operands, op.properties
        key = (
            type(op),
            *properties,
            *map(id, properties.values()),
            *[id(value._type) for value in operands],
            *[id(result._type) for result in op.results],
        )
        kind = self._kinds.get(key) or self._learn(key, op)
        if kind is None:
            return None
        try:
            return kind.form % kind.pick([*map(self._names.__getitem__, map(id, operands))])
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
        stand_ins = Block(arg_types=[value.type for value in op.operands]).args
        model = make_op(type(op), stand_ins, [result.type for result in op.results], op.properties, {})
        text = self._print(model, {id(value): f"\0{index}\0" for index, value in enumerate(stand_ins)})
        if text is None or "\n" in text:
            return None
        return _Kind(_STAND_IN.sub("%s", text.replace("%", "%%")), _picker([*map(int, _STAND_IN.findall(text))]))


def _picker(places: list[int]) -> Callable[[list[str]], tuple[str, ...]]:
    if len(places) > 1:
        return cast("Callable[[list[str]], tuple[str, ...]]", itemgetter(*places))
    return lambda names: tuple([names[place] for place in places])
