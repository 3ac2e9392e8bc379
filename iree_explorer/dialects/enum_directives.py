"""Directives for enumerations that ops store as integers and texts write as words. MLIR: EnumAttr.td."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import IntegerAttr, IntegerType
from xdsl.irdl import IRDLOperation
from xdsl.irdl.declarative_assembly_format import (
    AttributeVariable,
    CustomDirective,
    ParsingState,
    PrintingState,
)
from xdsl.parser import Parser
from xdsl.printer import Printer

from iree_explorer.dialects.directives import end_of_token


class EnumDirective(CustomDirective):
    """A word for each number; subclasses declare the attribute `value` and the words in the order of their numbers."""

    value: AttributeVariable

    WORDS: ClassVar[tuple[str, ...]]
    WIDTH: ClassVar[int] = 32
    QUOTED: ClassVar[tuple[str, ...]] = ()
    WHAT: ClassVar[str]

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        position = parser.pos
        word = parser.parse_optional_str_literal()
        if word is None:
            word = parser.parse_identifier()
        if word not in self.WORDS:
            parser.raise_error(f"invalid {self.WHAT} attribute specification: {word}", position)
        self.value.set(state, IntegerAttr(self.WORDS.index(word), IntegerType(self.WIDTH)))

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        state.print_whitespace(printer)
        number = self.value.get(op)
        assert isinstance(number, IntegerAttr)
        word = self.WORDS[number.value.data]
        printer.print_string(f'"{word}"' if word in self.QUOTED else word)
        end_of_token(state)
