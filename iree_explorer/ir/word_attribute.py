"""Attributes that are words of an enumeration in angle brackets: one, as in `#linalg.type_fn<cast_signed>`, or some flags."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, ClassVar, TypeVar

from typing_extensions import override
from xdsl.ir import Data
from xdsl.parser import AttrParser
from xdsl.printer import Printer

from iree_explorer.ir.attribute_parts import parse_word_or_string

WordT = TypeVar("WordT", bound=StrEnum)


class WordAttribute(Data[WordT]):
    """Base of attributes that are one word; a subclass names its enumeration. MLIR: EnumAttr with the assembly format "`<` $value `>`".

    Attributes:
        WORDS: the enumeration, its values as they are written.
        CPP_NAME: what errors call it.
    """

    WORDS: ClassVar[type[StrEnum]]
    CPP_NAME: ClassVar[str]

    @classmethod
    @override
    def parse_parameter(cls, parser: AttrParser) -> Any:
        with parser.in_angle_brackets():
            return cls.WORDS(parse_word_or_string(parser, tuple(cls.WORDS), cls.CPP_NAME))

    @override
    def print_parameter(self, printer: Printer) -> None:
        printer.print_string(f"<{self.data}>")


class FlagsAttribute(Data[frozenset[WordT]]):
    """Base of attributes that are flags, such as `#arith.fastmath<nnan,nsz>`; a subclass names the enumeration.

    Attributes:
        WORDS: the flags, in the order in which they are written.
        CPP_NAME: what errors call it.
        NONE: the word for no flag.
        ALL: the word for all of them; None: there is none.
        SEPARATOR: is written between two.
    """

    WORDS: ClassVar[type[StrEnum]]
    CPP_NAME: ClassVar[str]
    NONE: ClassVar[str] = "none"
    ALL: ClassVar[str | None] = None
    SEPARATOR: ClassVar[str] = ","

    @classmethod
    @override
    def parse_parameter(cls, parser: AttrParser) -> frozenset[WordT]:
        sets: dict[str, frozenset[Any]] = {cls.NONE: frozenset()}
        sets |= {word.value: frozenset((word,)) for word in cls.WORDS}
        if cls.ALL is not None:
            sets[cls.ALL] = frozenset(cls.WORDS)
        with parser.in_angle_brackets():
            place = parser.pos
            flags = sets[parse_word_or_string(parser, sets, cls.CPP_NAME, place)]
            while parser.parse_optional_punctuation(",") is not None:
                flags |= sets[parse_word_or_string(parser, sets, cls.CPP_NAME, place)]
        return flags

    @override
    def print_parameter(self, printer: Printer) -> None:
        words = [word for word in self.WORDS if word in self.data]
        is_all = self.ALL is not None and len(words) == len(self.WORDS)
        text = self.ALL if is_all else self.SEPARATOR.join(words) or self.NONE
        printer.print_string(f"<{text}>")
