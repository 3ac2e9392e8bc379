"""Assembly directives for enum properties that are stored as integers and printed as a bare word.

MLIR keeps many enums as `IntegerAttr`s (`predicate = 2 : i64`) and prints their word (`slt`). One directive class per enum:
subclass `KeywordEnum`, give `words` and `number_type`, and name the class in the op's `custom_directives`.
"""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import IntegerAttr, IntegerType, i32
from xdsl.irdl import IRDLOperation
from xdsl.irdl.declarative_assembly_format import AttributeVariable, CustomDirective, ParsingState, PrintingState
from xdsl.parser import Parser
from xdsl.printer import Printer

from iree_explorer.dialects.directives import end_of_token


class KeywordEnum(CustomDirective):
    """`custom<Name>($prop)`: one of `words`, whose place in `words` is the number stored. Nothing: the property is absent."""

    words: ClassVar[tuple[str, ...]]
    number_type: ClassVar[IntegerType] = i32

    @property
    def variable(self) -> AttributeVariable:
        """The property that the directive reads and writes: the directive's only parameter."""
        (variable,) = (getattr(self, name) for name in self.parameters)
        return variable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        if self.variable.is_optional:
            word = parser.parse_optional_keyword_in(self.words)
        else:
            word = parser.parse_keyword_in(self.words)
        if word is not None:
            self.variable.set(state, IntegerAttr(self.words.index(word), self.number_type))

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        number = self.variable.get(op)
        if isinstance(number, IntegerAttr):
            state.print_whitespace(printer)
            printer.print_string(self.words[number.value.data])
            end_of_token(state)
