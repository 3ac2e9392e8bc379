"""The decorator that makes an op class."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar, cast

from xdsl.irdl import IRDLOperation
from xdsl.irdl.operations import OpDef, get_accessors_from_op_def
from xdsl.parser import Parser
from xdsl.printer import Printer

_OpT = TypeVar("_OpT", bound=IRDLOperation)


def irdl_op_definition(cls: type[_OpT]) -> type[_OpT]:
    """As xDSL's, but that the assembly format is compiled when the first op of the class is parsed or printed.

    A program has ops of few of the classes, and compiling all formats takes a fifth of the time until a program is read.
    """
    definition = OpDef.from_pyrdl(cls)
    assembly_format, definition.assembly_format = definition.assembly_format, None
    members = get_accessors_from_op_def(definition, getattr(cls, "verify_", None))
    definition.assembly_format = assembly_format
    if assembly_format is not None:
        members |= _text_members(definition)
    for name, member in members.items():
        setattr(cls, name, member)
    return cls


def _text_members(definition: OpDef) -> dict[str, object]:
    @cache
    def program() -> Any:
        from xdsl.irdl.declarative_assembly_format import FormatProgram

        return FormatProgram.from_str(cast("str", definition.assembly_format), definition)

    def parse(cls: type[IRDLOperation], parser: Parser) -> IRDLOperation:
        return program().parse(parser, cls)

    def print_(self: IRDLOperation, printer: Printer) -> None:
        program().print(printer, self)

    return {"parse": classmethod(parse), "print": print_}
