"""A short cut for the lines that large programs are made of: one regular expression instead of a grammar.

It makes the very op that the op's assembly format makes, and takes only what it fully understands: a line in the
printer's own spelling, of values that are defined already, of attributes and types that were parsed before. For
anything else it does nothing, and the assembly format reads the line, or finds what is wrong with it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from xdsl.dialects.builtin import ArrayAttr, DenseArrayBase, IndexType, StringAttr, SymbolRefAttr, i32
from xdsl.ir import Attribute, SSAValue, TypeAttribute
from xdsl.utils.lexer import Span

from iree_explorer.dialects.interfaces import UNTIED, SizeAwareType, tied_operands_attr
from iree_explorer.dialects.stream.async_calls import AsyncDispatchOp

_NAME = r"[\w$.-]+(?:#[0-9]+)?"

_OPERAND = rf"%{_NAME}(?:\[%{_NAME} to %{_NAME} for %{_NAME}\])?"

_OPERAND_PARTS = re.compile(rf"%({_NAME})(?:\[%({_NAME}) to %({_NAME}) for %({_NAME})\])?", re.ASCII)

_DISPATCH = re.compile(
    r"%(?P<result>[\w$.-]+) = (?P<name>stream\.async\.dispatch) (?:on\((?P<affinity>#[^()\n]*)\) )?"
    r"(?P<entry>@[\w$.]+(?:::@[\w$.]+)*+)(?:\[%(?P<workload>[^\]\n]*)\])?"
    rf"\((?P<operands>(?:{_OPERAND}(?:, (?=%)|(?=\))))*+)\) : "
    rf"\((?P<types>[^()\n]*)\) -> (?P<type>[^(){{}}%\n]+)\{{%(?P<size>{_NAME})\}}\n",
    re.ASCII,
)

_TYPE = re.compile(rf"([^{{}}%,\n]+(?:<[^<>\n]*>)?)(?:\{{%({_NAME})\}})?(?:, (?=\S)|$)", re.ASCII)


_SEGMENTS = "operandSegmentSizes"


class DispatchLine(NamedTuple):
    """A dispatch that was read.

    Attributes:
        op: it, in no block yet.
        result: the name of its result, without `%`.
        offset: where its name stands.
        end: where the next line begins.
    """

    op: AsyncDispatchOp
    result: str
    offset: int
    end: int


class _Signature(NamedTuple):
    """Operand types with the names of the values that are their sizes."""

    types: tuple[TypeAttribute, ...]
    sizes: tuple[str, ...]


class _Operands(NamedTuple):
    """All operands of an op in order, and how many there are in each group."""

    values: list[SSAValue]
    groups: tuple[int, ...]


class HotLines:
    """Reads lines of one text.

    Args:
        content: the text.
        values: the SSA names in scope, without `%`; live.
        types: types by their texts, as far as they were parsed; live.
        attributes: the same for attributes.
    """

    def __init__(
        self,
        content: str,
        values: Mapping[str, tuple[Sequence[SSAValue], Span[str]]],
        types: Mapping[str, TypeAttribute],
        attributes: Mapping[str, Attribute],
    ) -> None:
        self._content = content
        self._values = values
        self._types = types
        self._attributes = attributes
        self._index = types.get("index", IndexType())
        self._untied = ArrayAttr[Attribute](list(tied_operands_attr([UNTIED])))
        self._signatures: dict[str, _Signature] = {}
        self._entries: dict[str, ArrayAttr[SymbolRefAttr]] = {}
        self._segments: dict[tuple[int, ...], Attribute] = {}

    def read_dispatch(self, offset: int) -> DispatchLine | None:
        """The dispatch at `offset`; None: there is none, or it takes the long way."""
        match = _DISPATCH.match(self._content, offset)
        if match is None:
            return None
        result, _, affinity_text, entry, workload, ranges, types, type_text, size = match.groups()
        result_type = self._types.get(type_text)
        signature = self._signature(types)
        operands = self._operands(workload, ranges, signature, size)
        affinity = None if affinity_text is None else self._attributes.get(affinity_text)
        if (
            operands is None
            or not isinstance(result_type, SizeAwareType)
            or (affinity is None and affinity_text is not None)
            or result in self._values
        ):
            return None
        properties: dict[str, Attribute] = {
            "entry_points": self._entry(entry),
            "tied_operands": self._untied,
            _SEGMENTS: self._segment_sizes(operands.groups),
        }
        if affinity is not None:
            properties["affinity"] = affinity
        op = AsyncDispatchOp.create(operands=operands.values, result_types=(result_type,), properties=properties)
        return DispatchLine(op, result, match.start("name"), match.end())

    # ---- operands

    def _operands(
        self, workload: str | None, operands: str, signature: _Signature | None, size: str
    ) -> _Operands | None:
        """The operands; None where one is not as it should be."""
        if signature is None:
            return None
        resources: list[str] = []
        offsets: list[str] = []
        ends: list[str] = []
        lengths: list[str] = []
        for index, (name, offset, end, length) in enumerate(_OPERAND_PARTS.findall(operands)):
            resources.append(name)
            if index >= len(signature.types) or bool(offset) != isinstance(signature.types[index], SizeAwareType):
                return None
            if offset:
                offsets.append(offset)
                ends.append(end)
                lengths.append(length)
        found = self._resolve_typed(resources, signature.types)
        if found is None:
            return None
        dimensions = workload.split(", %") if workload else []
        names = [*dimensions, *signature.sizes, *offsets, *ends, *lengths, size]
        indices = self._resolve_indices(names)
        if indices is None:
            return None
        return _Operands(
            [*indices[: len(dimensions)], *found, *indices[len(dimensions) :]],
            (len(dimensions), len(found), len(signature.sizes), len(offsets), len(ends), len(lengths), 1),
        )

    def _resolve_typed(self, names: Sequence[str], types: Sequence[TypeAttribute]) -> list[SSAValue] | None:
        if len(names) != len(types):
            return None
        values: list[SSAValue] = []
        for name, type_ in zip(names, types, strict=True):
            value = self._value(name)
            if value is None or (value.type is not type_ and value.type != type_):
                return None
            values.append(value)
        return values

    def _resolve_indices(self, names: Sequence[str]) -> list[SSAValue] | None:
        values: list[SSAValue] = []
        for name in names:
            value = self._value(name)
            if value is None:
                return None
            type_ = value.type
            if type_ is not self._index and type_ != self._index:
                return None
            values.append(value)
        return values

    def _value(self, name: str) -> SSAValue | None:
        known = self._values.get(name)
        if known is not None:
            return known[0][0]
        base, separator, number = name.partition("#")
        known = self._values.get(base) if separator else None
        return None if known is None or int(number) >= len(known[0]) else known[0][int(number)]

    # ---- attributes

    def _signature(self, text: str) -> _Signature | None:
        signature = self._signatures.get(text)
        if signature is None:
            signature = self._read_signature(text)
            if signature is not None:
                self._signatures[text] = signature
        return signature

    def _read_signature(self, text: str) -> _Signature | None:
        types: list[TypeAttribute] = []
        sizes: list[str] = []
        end = 0
        while end < len(text):
            match = _TYPE.match(text, end)
            type_ = None if match is None else self._types.get(match[1])
            if match is None or type_ is None or isinstance(type_, SizeAwareType) != bool(match[2]):
                return None
            types.append(type_)
            sizes += [match[2]] if match[2] else []
            end = match.end()
        return _Signature(tuple(types), tuple(sizes))

    def _entry(self, text: str) -> ArrayAttr[SymbolRefAttr]:
        if text not in self._entries:
            root, *nested = text[1:].split("::@")
            self._entries[text] = ArrayAttr([SymbolRefAttr(root, [StringAttr(name) for name in nested])])
        return self._entries[text]

    def _segment_sizes(self, sizes: tuple[int, ...]) -> Attribute:
        if sizes not in self._segments:
            self._segments[sizes] = DenseArrayBase.from_list(i32, sizes)
        return self._segments[sizes]
