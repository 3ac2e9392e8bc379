"""The decorator that makes an op class."""

from __future__ import annotations

from functools import cache
from typing import Any, NoReturn, TypeVar, cast

from typing_extensions import override
from xdsl.ir import SSAValues
from xdsl.irdl import IRDLOperation
from xdsl.irdl.operations import (
    OpDef,
    OptionalAttrAccessor,
    SingleAttrAccessor,
    VariadicAttrAccessor,
    get_accessors_from_op_def,
)
from xdsl.parser import Parser
from xdsl.printer import Printer

from iree_explorer.dialects.operands import segment_bounds

_OpT = TypeVar("_OpT", bound=IRDLOperation)


def irdl_op_definition(cls: type[_OpT]) -> type[_OpT]:
    """As xDSL's, but that the assembly format is compiled when the first op of the class is parsed or printed.

    A program has ops of few of the classes, and compiling all formats takes a fifth of the time until a program is read.
    An op is equal to itself only, as with xDSL's, but is hashed and compared without a call of Python.
    """
    definition = OpDef.from_pyrdl(cls)
    assembly_format, definition.assembly_format = definition.assembly_format, None
    members = get_accessors_from_op_def(definition, getattr(cls, "verify_", None))
    definition.assembly_format = assembly_format
    for place, (name, _) in enumerate(definition.operands):
        kind = _GROUPS.get(type(members[name]))
        if kind is not None and members[name].option.as_property:
            members[name] = kind(place)
    if assembly_format is not None:
        members |= _text_members(definition)
    members |= {"__eq__": object.__eq__, "__hash__": object.__hash__}
    for name, member in members.items():
        setattr(cls, name, member)
    return cls


_get: Any = tuple.__getitem__  # xDSL's own looks at what kind of index it is given.


class _OperandGroup:
    """A group of operands, as the op's `operandSegmentSizes` tell; what xDSL's accessors give, in a tenth of the time."""

    def __init__(self, place: int) -> None:
        self._place = place

    def __get__(self, op: Any, owner: object = None) -> Any:
        if op is None:
            return self
        bounds = segment_bounds(op)
        return SSAValues(_get(op._operands, slice(bounds[self._place], bounds[self._place + 1])))

    def __set__(self, op: object, value: object) -> NoReturn:
        raise NotImplementedError("named operands cannot be assigned to")


class _OptionalOperand(_OperandGroup):
    @override
    def __get__(self, op: Any, owner: object = None) -> Any:
        if op is None:
            return self
        bounds = segment_bounds(op)
        start = bounds[self._place]
        return None if start == bounds[self._place + 1] else _get(op._operands, start)


class _SingleOperand(_OperandGroup):
    @override
    def __get__(self, op: Any, owner: object = None) -> Any:
        return self if op is None else _get(op._operands, segment_bounds(op)[self._place])


_GROUPS: dict[type, type[_OperandGroup]] = {
    SingleAttrAccessor: _SingleOperand,
    OptionalAttrAccessor: _OptionalOperand,
    VariadicAttrAccessor: _OperandGroup,
}


def _text_members(definition: OpDef) -> dict[str, object]:
    @cache
    def program() -> Any:
        from xdsl.irdl.declarative_assembly_format import AttrDictDirective, FormatProgram

        from iree_explorer.dialects.format_program import LateFormatProgram

        read = LateFormatProgram(FormatProgram.from_str(cast("str", definition.assembly_format), definition).stmts)
        for directive in read.stmts:
            if isinstance(directive, AttrDictDirective):
                directive.reserved_attr_names.clear()  # Names in the wrong place are the parser's business.
        return read

    def parse(cls: type[IRDLOperation], parser: Parser) -> IRDLOperation:
        return program().parse(parser, cls)

    def print_(self: IRDLOperation, printer: Printer) -> None:
        program().print(printer, self)

    return {"parse": classmethod(parse), "print": print_}
