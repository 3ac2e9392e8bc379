"""A short cut for the lines that large programs are made of: those that differ from an earlier one in SSA names only.

The assembly format reads the first lines of a kind. What it makes of one is then learnt. Where a line names a value twice, it
is read again for that, with a name of its own at each place: that tells which name is which operand. From then on such a line
is looked up by its text without the names. A line of which anything else is odd takes the long way, where its error is found, too.

Most names in a line are those of a few constants, which other lines have in the same places. So a text that comes again but for
the other names is looked up with the constants' names in it: of these each is looked up once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from xdsl.dialects.builtin import UnregisteredOp
from xdsl.ir import Attribute, Block, Operation, SSAValue

from iree_explorer.ir.interfaces.value_rules import ValueRules
from iree_explorer.ir.storage import append_ops, are_distinct, implements, make_op, type_of
from iree_explorer.syntax.reading.scopes import ValueScopes

_NAME = re.compile(r"%([\w$.-]+(?:#[0-9]+)?)", re.ASCII)

_CONSTANT = r"c[0-9]++(?![\w$.#-])"
"""What mostly only constants are called; it does not matter if others are."""

_OTHER_NAME = re.compile(rf"%(?!{_CONSTANT})([\w$.-]+(?:#[0-9]+)?)", re.ASCII)

_IS_CONSTANT = re.compile(_CONSTANT, re.ASCII).fullmatch

_LINE = re.compile(r"([^\n]*+)\n *+")

_BLANK = re.compile(r"(?:[ \t\r\n]++|//[^\n]*+)*+")

_OTHER_OP = re.compile(r"[a-zA-Z_][\w$]*+\.", re.ASCII)

_RESULTS_END = re.compile(r"(?::[0-9]+)? = ", re.ASCII)

_ODD = re.compile(r"\\|//|\bdense_resource<|\bdistinct\[|\bloc\(")
"""Where a string may end elsewhere than at the next quote, or what a text means depends on its place."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What lines of a kind have in common.

    Attributes:
        definition: the class of their ops.
        results: how many names stand before the ` = `.
        packs: how many values each of these names stands for.
        constants: names that all these lines have in the same places.
        types: of the values of `constants`, then of those of the other names behind the ` = `, in the order of the text.
        places: operand → which of these values it is; None: they are the operands as they stand.
        result_types, properties, attributes: of each op.
        name_offset: from the end of the last result's name, or the start of the line, to the op's name.
        followers: how the op behind such a line may begin, for the line to end where it ends; `a`: with a dialect's name.
    """

    definition: type[Operation]
    results: int
    packs: tuple[int, ...]
    constants: tuple[str, ...]
    types: tuple[Attribute, ...]
    places: tuple[int, ...] | None
    result_types: tuple[Attribute, ...]
    properties: Mapping[str, Attribute]
    attributes: Mapping[str, Attribute]
    name_offset: int
    followers: set[str] = field(default_factory=set[str])

    def with_constants(self, names: Sequence[str]) -> Shape:
        """The shape, which has no `constants`, of the lines that have those among `names` where a line has them.

        Args:
            names: all that the line has behind its ` = `.
        """
        values = [name if _IS_CONSTANT(name) else place for place, name in enumerate(names)]
        types = dict(zip(values, self.types, strict=True))
        constants = [value for value in types if isinstance(value, str)]
        ordered = [*constants, *(value for value in types if not isinstance(value, str))]
        number = {value: number for number, value in enumerate(ordered)}
        return replace(
            self,
            constants=tuple(constants),
            types=tuple([types[value] for value in ordered]),
            places=tuple([number[values[place]] for place in self.places or range(len(values))]),
        )


Reread = Callable[[str, Mapping[str, SSAValue]], "Operation | None"]
"""The op that the assembly format makes of a line, given what its names stand for; None: it makes none."""


class HotLines:
    """Reads lines of one text.

    Args:
        content: the text.
        scopes: the SSA names in scope; live.
        offsets: gets the place of each op's name.
        reread: see `Reread`.

    Attributes:
        shapes: op → its shape, of the ops read here.
    """

    def __init__(self, content: str, scopes: ValueScopes, offsets: dict[Operation, int], reread: Reread) -> None:
        self.shapes: dict[Operation, Shape] = {}
        self._content = content
        self._scopes = scopes
        self._offsets = offsets
        self._reread = reread
        self._known: dict[str, Shape | None] = {}
        self._with_constants: dict[str, Shape | None] = {}

    # ---- reading

    def read(self, block: Block, offset: int) -> int:
        """Reads known lines from `offset` on, where an op begins, to the end of `block`; returns where it stopped."""
        ops: list[Operation] = []
        known, shapes, offsets = self._with_constants, self.shapes, self._offsets
        split, next_line = _OTHER_NAME.split, _LINE.match
        while (line := next_line(self._content, offset)) is not None:
            pieces = split(line[1])
            key = "\n".join(pieces[::2])
            shape = known.get(key)
            if shape is None:
                pieces = _NAME.split(line[1])
                shape = self._known.get("\n".join(pieces[::2]))
                if shape is None:
                    break
                self._meet(key, shape, pieces)
            end = line.end()
            if self._content[end : end + 1] not in shape.followers:
                end, follower = self._follower(end)
                if follower not in shape.followers:
                    break
            op = self._make(shape, pieces[1::2], offset)
            if op is None:
                break
            shapes[op] = shape
            results = pieces[1 : 2 * shape.results : 2]
            offsets[op] = offset + shape.name_offset + sum(map(len, results)) + len(results)
            ops.append(op)
            offset = end
        append_ops(block, ops)
        return offset

    def _meet(self, key: str, shape: Shape, pieces: Sequence[str]) -> None:
        """Remembers a text with the constants' names in it, and when it comes again, its shape."""
        if key not in self._with_constants:
            self._with_constants[key] = None
        elif not any(map(_IS_CONSTANT, pieces[1 : 2 * shape.results : 2])):
            self._with_constants[key] = shape.with_constants(pieces[2 * shape.results + 1 :: 2])

    def _make(self, shape: Shape, names: list[str], offset: int) -> Operation | None:
        """The op of a line with these names, its results in scope; None: a name is not as it should be."""
        scopes, count = self._scopes, shape.results
        results = names[:count]
        try:
            values = [scopes.values[name] for name in (*shape.constants, *names[count:])]
        except KeyError:
            return None
        if tuple(map(type_of, values)) != shape.types:
            return None
        if count > 1 and len(set(results)) < count:
            return None
        for name in results:
            if name in scopes.packs or name in scopes.forward or "#" in name:
                return None
        if shape.places is not None:
            values = [values[place] for place in shape.places]
        op = make_op(shape.definition, values, shape.result_types, shape.properties, shape.attributes)
        if count == 1:
            scopes.define(results[0], op.results, offset)
        else:
            self._define(shape, results, op, offset)
        return op

    def _define(self, shape: Shape, names: Sequence[str], op: Operation, offset: int) -> None:
        start = 0
        for name, size in zip(names, shape.packs, strict=True):
            self._scopes.define(name, op.results[start : start + size], offset)
            start += size
            offset = self._content.find("%", offset + 1)

    def _follower(self, offset: int) -> tuple[int, str]:
        """Where the next token begins from `offset` on, and how (see `Shape.followers`)."""
        match = _BLANK.match(self._content, offset)
        start = offset if match is None else match.end()
        return start, "a" if _OTHER_OP.match(self._content, start) else self._content[start : start + 1]

    # ---- learning

    def learn(self, op: Operation, start: int, next_token: int) -> None:
        """To be told of an op that the assembly format read: where its line begins, and the token behind it."""
        line = _LINE.match(self._content, start)
        if line is None or next_token < line.end(1) or op.regions or op.successors or isinstance(op, UnregisteredOp):
            return
        if implements(op, ValueRules):
            return
        pieces = _NAME.split(line[1])
        key = "\n".join(pieces[::2])
        follower = self._follower(next_token)[1]
        if key not in self._known:
            self._known[key] = None  # Met once; most lines are never met again.
            return
        shape = self._known[key]
        if shape is None and not _ODD.search(key) and not _has_names_in_strings(pieces):
            shape = self._known[key] = self._shape_of(op, pieces, start)
        if shape is not None and follower in ("%", "}", "^", "a"):
            shape.followers.add(follower)

    def _shape_of(self, op: Operation, pieces: Sequence[str], start: int) -> Shape | None:
        """The shape of a line that made `op`; None: names mean more in it than which value an operand is."""
        ends = (index for index in range(2, len(pieces), 2) if _RESULTS_END.match(pieces[index]))
        head = next(ends, 0) if op.results else 0
        results, names = pieces[1:head:2], pieces[head + 1 :: 2]
        try:
            packs = tuple([len(self._scopes.packs[name][0]) for name in results])
            values = [self._scopes.values[name] for name in names]
        except KeyError:
            return None
        places = self._places_of(op, pieces, head, values)
        if places is None or set(places) != set(range(len(values))):
            return None
        return Shape(
            type(op),
            len(results),
            packs,
            (),
            tuple([value.type for value in values]),
            None if places == tuple(range(len(values))) else places,
            tuple([result.type for result in op.results]),
            dict(op.properties),
            dict(op.attributes),
            self._offsets[op] - start - sum(len(name) + 1 for name in results),
        )

    def _places_of(
        self, op: Operation, pieces: Sequence[str], head: int, values: Sequence[SSAValue]
    ) -> tuple[int, ...] | None:
        """Which of the `values` that the line names behind its results each operand is; None: that cannot be told.

        Where no value is named twice, each operand tells itself. Else the line is read again.
        """
        if are_distinct(values):
            return _places_in(values, op.operands)
        stand_ins = {f"u{index}": _stand_in(value.type) for index, value in enumerate(values)}
        again = list(pieces)
        again[1:head:2] = [f"r{index}" for index in range(len(pieces[1:head:2]))]
        again[head + 1 :: 2] = stand_ins
        model = self._reread(
            "".join([f"%{piece}" if index % 2 else piece for index, piece in enumerate(again)]), stand_ins
        )
        if model is None or not _are_alike(op, model):
            return None
        places = _places_in(stand_ins.values(), model.operands)
        is_right = places is not None and all(
            values[place] is value for place, value in zip(places, op.operands, strict=True)
        )
        return places if is_right else None


def _places_in(values: Iterable[SSAValue], operands: Iterable[SSAValue]) -> tuple[int, ...] | None:
    """Which of `values`, none of which is there twice, each operand is; None: one is none of them."""
    number = {id(value): index for index, value in enumerate(values)}
    places = [number.get(id(operand), -1) for operand in operands]
    return None if -1 in places else tuple(places)


def _has_names_in_strings(pieces: Sequence[str]) -> bool:
    """Whether a quote stays open before one of the names, which are every second piece."""
    return any(quotes % 2 for quotes in accumulate(piece.count('"') for piece in pieces[:-1:2]))


def _stand_in(type_: Attribute) -> SSAValue:
    return Block(arg_types=[type_]).args[0]


def _are_alike(op: Operation, other: Operation) -> bool:
    return (
        type(op) is type(other)
        and op.properties == other.properties
        and op.attributes == other.attributes
        and op.result_types == other.result_types
        and len(op.operands) == len(other.operands)
    )
