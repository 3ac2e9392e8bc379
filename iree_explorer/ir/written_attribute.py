"""Attributes that are carried, not read: configurations of code generators, whose bodies are kept as they are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import ArrayAttr, StringAttr
from xdsl.ir import Attribute, ParametrizedAttribute
from xdsl.irdl import irdl_attr_definition
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

    Attributes:
        HAS_DICTIONARIES: braces hold a dictionary, which is an attribute; else they are text like the rest.
        IS_DICTIONARY: the body is the entries of a dictionary, without its braces: they are sorted by name.
        OMITS_EMPTY: an empty body is printed as none.
        MEMBERS: names of parameters whose attribute may go without its `#dialect.name`, and the class of each.
    """

    HAS_DICTIONARIES: ClassVar[bool] = False
    IS_DICTIONARY: ClassVar[bool] = False
    OMITS_EMPTY: ClassVar[bool] = False
    MEMBERS: ClassVar[Mapping[str, type[WrittenAttribute]]] = {}

    pieces: ArrayAttr[Attribute]

    @classmethod
    @override
    def parse_parameters(cls, parser: AttrParser) -> list[Attribute]:
        if parser.parse_optional_punctuation("<") is None:
            return [ArrayAttr[Attribute](())]
        body = _body(parser, cls.MEMBERS, has_dictionaries=cls.HAS_DICTIONARIES)
        pieces = [StringAttr("<"), *(_sorted(body) if cls.IS_DICTIONARY else body), StringAttr(">")]
        parser.parse_punctuation(">")
        return [ArrayAttr(pieces if body or not cls.OMITS_EMPTY else ())]

    @override
    def print_parameters(self, printer: Printer) -> None:
        for piece in self.pieces:
            if isinstance(piece, StringAttr):
                printer.print_string(piece.data)
            else:
                printer.print_attribute(piece)


def written_attribute(name: str, summary: str) -> type[WrittenAttribute]:
    """A `WrittenAttribute` of its own for `name`, as `iree_gpu.lane_id`; `summary` says what the attribute is for."""
    words = re.split(r"[._]", name.partition(".")[2])
    body = {"name": name, "__doc__": summary, "__module__": __name__}
    class_name = "".join(word.capitalize() for word in words) + "Attr"
    return irdl_attr_definition(type(class_name, (WrittenAttribute,), body))


def _body(
    parser: AttrParser, members: Mapping[str, type[WrittenAttribute]], *, has_dictionaries: bool
) -> list[Attribute]:
    """The pieces up to the `>` that closes the body, which is left."""
    content = parser.lexer.input.content
    pieces: list[Attribute] = []
    depth = 0
    while depth or content[parser.pos : parser.pos + 1] != ">":
        start = parser.pos
        character = content[start : start + 1]
        is_attribute = character in ("#", "!") or (has_dictionaries and character == "{")
        if is_attribute or _ARRAY_OF_ATTRIBUTES.match(content, start):
            pieces.append(parser.parse_type() if character == "!" else parser.parse_attribute())
            if content[parser.pos : parser.pos + 1] not in _CLOSING_OR_COMMA:
                pieces.append(StringAttr(" "))
            continue
        if character == "<" and (member := _member(pieces, members)) is not None:
            pieces.append(member.new(member.parse_parameters(parser)))
            continue
        depth += (character in _OPENING) - (character in _CLOSING) if character else 0
        if not _advance(parser):
            parser.raise_error("expected '>' at the end of the attribute")
        text = _BLANK.sub(" ", content[start : parser.pos])
        follows = content[parser.pos : parser.pos + 1]
        no_blank = character in _OPENING or follows in (*_CLOSING, "=")
        pieces.append(StringAttr(" = " if text.rstrip() == "=" else text.rstrip() if no_blank else text))
    return pieces


def _member(
    pieces: Sequence[Attribute], members: Mapping[str, type[WrittenAttribute]]
) -> type[WrittenAttribute] | None:
    """The class of the attribute of which the body follows `pieces`, where these end with the name of a member and `=`."""
    name, equals = ("", "", *(piece.data if isinstance(piece, StringAttr) else "" for piece in pieces[-2:]))[-2:]
    return members.get(name) if equals == " = " else None


def _sorted(pieces: Iterable[Attribute]) -> list[Attribute]:
    """The entries of a dictionary, each beginning with its name, in the order of names."""
    entries: list[list[Attribute]] = [[]]
    depth = 0
    for piece in pieces:
        text = piece.data.strip() if isinstance(piece, StringAttr) else ""
        depth += (text in (*_OPENING,)) - (text in (*_CLOSING,))
        if text == "," and not depth:
            entries.append([])
        else:
            entries[-1].append(piece)
    first, *others = sorted(entries, key=_name_of)
    return [*first, *(piece for entry in others for piece in (StringAttr(", "), *entry))]


def _name_of(entry: Sequence[Attribute]) -> str:
    name = entry[0] if entry else None
    return name.data if isinstance(name, StringAttr) else ""


def _advance(parser: AttrParser) -> bool:
    """Takes one token of any kind, for which xDSL has no public method; returns whether there was one."""
    start = parser.pos
    parser._consume_token()  # pyright: ignore[reportPrivateUsage]
    return parser.pos > start
