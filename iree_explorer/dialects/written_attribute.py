"""Attributes that are carried, not read: configurations of code generators, whose bodies are kept as they are written."""

from __future__ import annotations

import re
from dataclasses import dataclass

from typing_extensions import override
from xdsl.dialects.builtin import ArrayAttr, StringAttr
from xdsl.ir import Attribute, ParametrizedAttribute
from xdsl.parser import AttrParser
from xdsl.printer import Printer

_BLANK = re.compile(r"\s+")
_ARRAY_OF_ATTRIBUTES = re.compile(r"\[+\s*#")
_OPENING, _CLOSING = "<[{(", ">]})"
_CLOSING_OR_COMMA = _CLOSING + ","


@dataclass(frozen=True, init=False)  # or its subclasses would not compare `pieces`
class WrittenAttribute(ParametrizedAttribute):
    """An attribute `#dialect.name<body>`, or without `<body>`, of which nothing here asks what the body says.

    The body is a row of pieces: text as it was written (blanks folded), and the attributes and types in it, which may be
    aliases. An array of them is an attribute too: the order of aliases in the text depends on how deep they nest.
    """

    pieces: ArrayAttr[Attribute]

    @classmethod
    @override
    def parse_parameters(cls, parser: AttrParser) -> list[Attribute]:
        if parser.parse_optional_punctuation("<") is None:
            return [ArrayAttr[Attribute](())]
        pieces = [StringAttr("<"), *_body(parser), StringAttr(">")]
        parser.parse_punctuation(">")
        return [ArrayAttr(pieces)]

    @override
    def print_parameters(self, printer: Printer) -> None:
        for piece in self.pieces:
            if isinstance(piece, StringAttr):
                printer.print_string(piece.data)
            else:
                printer.print_attribute(piece)


def _body(parser: AttrParser) -> list[Attribute]:
    """The pieces up to the `>` that closes the body, which is left."""
    content = parser.lexer.input.content
    pieces: list[Attribute] = []
    depth = 0
    while depth or content[parser.pos : parser.pos + 1] != ">":
        start = parser.pos
        character = content[start : start + 1]
        if character in ("#", "!") or _ARRAY_OF_ATTRIBUTES.match(content, start):
            pieces.append(parser.parse_type() if character == "!" else parser.parse_attribute())
            if content[parser.pos : parser.pos + 1] not in _CLOSING_OR_COMMA:
                pieces.append(StringAttr(" "))
            continue
        depth += (character in _OPENING) - (character in _CLOSING) if character else 0
        if not _advance(parser):
            parser.raise_error("expected '>' at the end of the attribute")
        text = _BLANK.sub(" ", content[start : parser.pos])
        no_blank = character in _OPENING or content[parser.pos : parser.pos + 1] in _CLOSING
        pieces.append(StringAttr(text.rstrip() if no_blank else text))
    return pieces


def _advance(parser: AttrParser) -> bool:
    """Takes one token of any kind, for which xDSL has no public method; returns whether there was one."""
    start = parser.pos
    parser._consume_token()  # pyright: ignore[reportPrivateUsage]
    return parser.pos > start
