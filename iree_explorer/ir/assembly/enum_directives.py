"""Directives for enumerations that ops store as integers and texts write as words. MLIR: EnumAttr.td, EnumsGen.cpp."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import IntegerAttr, IntegerType, i32
from xdsl.irdl import IRDLOperation
from xdsl.irdl.declarative_assembly_format import (
    AttributeVariable,
    CustomDirective,
    ParsingState,
    PrintingState,
)
from xdsl.parser import Parser
from xdsl.printer import Printer

from iree_explorer.ir.assembly.directives import end_of_token


class EnumDirective(CustomDirective):
    """`custom<Name>($property)`: a word, bare or as a string, whose place in `words` is the number that is stored.

    Subclasses declare the property as their only parameter. Where it is optional, no word means that it is absent.

    Attributes:
        words: in the order of their numbers.
        quoted: those that are printed as strings.
        number_type: of the number.
    """

    words: ClassVar[tuple[str, ...]]
    quoted: ClassVar[frozenset[str]] = frozenset()
    number_type: ClassVar[IntegerType] = i32

    @property
    def variable(self) -> AttributeVariable:
        """The property that the directive reads and writes."""
        (variable,) = (getattr(self, name) for name in self.parameters)
        return variable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        start = parser.pos
        word = parser.parse_optional_keyword_in(self.words)
        if word is None:
            word = parser.parse_optional_str_literal()
        if word is None and self.variable.is_optional:
            return
        op, name = state.op_type.name, self.variable.name
        if word is None:
            wanted = f"one of the following enum values for attribute '{name}' [{', '.join(self.words)}]"
            parser.raise_error(f"custom op '{op}' expected string or keyword containing {wanted}", start)
        if word not in self.words:
            parser.raise_error(f"custom op '{op}' invalid {name} attribute specification: \"{word}\"", start)
        self.variable.set(state, IntegerAttr(self.words.index(word), self.number_type))

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        number = self.variable.get(op)
        if isinstance(number, IntegerAttr):
            state.print_whitespace(printer)
            word = self.words[number.value.data]
            printer.print_string(f'"{word}"' if word in self.quoted else word)
            end_of_token(state)
