"""Directives for enumerations that ops store as integers and texts write as words. MLIR: EnumAttr.td, EnumsGen.cpp."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import IntegerAttr, IntegerType, i32
from xdsl.ir import Attribute
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
from iree_explorer.ir.attribute_constraints import AttributeIs
from iree_explorer.ir.defects import PlainDefect


class EnumDirective(CustomDirective):
    """`custom<Name>($property)`: a word, bare or as a string, whose place in `words` is the number that is stored.

    Subclasses declare the property as their only parameter. Where it is optional, no word means that it is absent; so does
    an empty string everywhere (MLIR: OpFormatGen.cpp, enumAttrParserCode).

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
        if word == "" or (word is None and self.variable.is_optional):
            return
        op, name = state.op_type.name, self.variable.name
        if word is None:
            wanted = f"one of the following enum values for attribute '{name}' [{', '.join(self.words)}]"
            parser.raise_error(f"custom op '{op}' expected string or keyword containing {wanted}", start)
        number = self.number_of(word)
        if number is None:
            parser.raise_error(f"custom op '{op}' invalid {name} attribute specification: \"{word}\"", start)
        self.variable.set(state, IntegerAttr(number, self.number_type))

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        number = self.variable.get(op)
        if isinstance(number, IntegerAttr):
            state.print_whitespace(printer)
            printer.print_string(self.text_of(number.value.data))
            end_of_token(state)

    @classmethod
    def number_of(cls, word: str) -> int | None:
        """The number that is stored for a word; None: it is none of ours."""
        return cls.words.index(word) if word in cls.words else None

    @classmethod
    def text_of(cls, number: int) -> str:
        """What is printed for a number."""
        word = cls.words[number]
        return f'"{word}"' if word in cls.quoted else word

    @classmethod
    def is_number(cls, number: int) -> bool:
        """Whether there is a word for a number."""
        return number in range(len(cls.words))

    @classmethod
    def attribute(cls, phrase: str) -> AttributeIs:
        """The constraint on such a property; MLIR calls it `phrase`."""

        def holds(value: Attribute) -> bool:
            return isinstance(value, IntegerAttr) and value.type == cls.number_type and cls.is_number(value.value.data)

        return AttributeIs(phrase, holds, stored=None)


def verify_number(op: IRDLOperation, name: str, directive: type[EnumDirective]) -> None:
    """Checks that a property is the number of a word. MLIR: what is said when an op is read in generic form.

    Raises:
        PlainDefect: it is not.
    """
    number = op.properties[name]
    if (
        not isinstance(number, IntegerAttr)
        or number.type != directive.number_type
        or not directive.is_number(number.value.data)
    ):
        properties = ", ".join(f"{each} = {value}" for each, value in op.properties.items())
        raise PlainDefect(
            f"invalid properties {{{properties}}} for op {op.name}: "
            f"Invalid attribute `{name}` in property conversion: {number}"
        )


class BitEnumDirective(EnumDirective):
    """As `EnumDirective`, for a number whose bits have words: `"A|B"`, in quotes unless it is one bit.

    MLIR: EnumsGen.cpp, emitSymToStrFnForBitEnum, emitStrToSymFnForBitEnum; OpFormatGen.cpp, genEnumAttrPrinter.

    Attributes:
        CASES: word → bits, in the order of the definition; the word for no bits first. `words` are its keys.
    """

    CASES: ClassVar[dict[str, int]]

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.words = tuple(cls.CASES)

    @override
    @classmethod
    def number_of(cls, word: str) -> int | None:
        number = 0
        for part in word.split("|"):
            bits = cls.CASES.get(part.strip())
            if bits is None:
                return None
            number |= bits
        return number

    @override
    @classmethod
    def text_of(cls, number: int) -> str:
        nothing, *others = cls.CASES
        words = [word for word in others if number & cls.CASES[word] == cls.CASES[word]]
        text = "|".join(words) if number else nothing
        return text if number.bit_count() == 1 and text else f'"{text}"'

    @override
    @classmethod
    def is_number(cls, number: int) -> bool:
        return not number & ~reduce(or_, cls.CASES.values())
