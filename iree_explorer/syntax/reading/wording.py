"""What xDSL's parser says of a text, in the words and at the place of MLIR's.

# MLIR: Parser.cpp, Parser::emitWrongTokenError, emitError; AsmParserImpl.h; Parser::parseToken of all grammar rules
"""

from __future__ import annotations

import re
from enum import Enum, auto


class Place(Enum):
    """Where MLIR sees an error."""

    BEFORE = auto()
    """Right behind what comes before the token: where the missing one should stand."""
    AT = auto()
    """At the token; where an op's own form is read, its name is told."""


_EXACT = {
    "type expected": "expected non-function type",
    "Expected shape type.": "expected non-function type",
    "attribute expected": "expected attribute value",
    "operand expected": "expected SSA operand",
    "Expected an operand.": "expected SSA operand",
    "block argument expected": "expected SSA operand",
    "Expected block argument!": "expected SSA operand",
    "Expected region!": "expected '{' to begin a region",
    "successor expected": "expected block name",
    "Expected result SSA value!": "expected valid ssa identifier",
    "Expected SSA value tuple size": "expected integer number of results",
    "Expected '=' after operation result list": "expected '=' after SSA name",
}
_CONTEXTS = {" after block argument name!": ""}
_MLIRS_OWN = re.compile(
    r"expected ('[^']+'.*|operation name in quotes|attribute name|list element|SSA operand|operand)|undefined symbol alias id '.*'"
)
"""What our own parser says as MLIR's does, at the place of a wrong token."""
_EXACT_AT = {
    "expect symbol name": "expected valid '@'-identifier for symbol name",
    "string literal expected": "expected string",
    "identifier expected": "expected valid keyword",
    "function type expected": "expected function type",
    "Expected integer literal": "expected integer value",
    "Expected float literal": "expected floating point literal",
}
_OF_AN_OP = re.compile(
    r"integer value too large|invalid kind of attribute specified|expected (type instead of )?SSA identifier|tied operand not found for result reference .*"
    r"|expected valid keyword or string|expected [0-9]+ operands|expected ::\S+ to be one of: .*"
)
_QUOTED = re.compile(r"(?:Expected '([^']+)'|'([^']+)' expected)(.*)")


def is_said_by_an_op(message: str) -> bool:
    """Whether an op's own form says it, wherever it points: MLIR then tells the op's name."""
    return _OF_AN_OP.fullmatch(message) is not None


def in_mlirs_words(message: str) -> tuple[str, Place] | None:
    """The sentence, and where it is said; None: xDSL does not say it, or MLIR says nothing like it."""
    if (exact := _EXACT.get(message)) is not None:
        return exact, Place.BEFORE
    if (exact := _EXACT_AT.get(message)) is not None:
        return exact, Place.AT
    if _MLIRS_OWN.fullmatch(message):
        return message, Place.BEFORE
    match = _QUOTED.fullmatch(message)
    if match is None:
        return None
    text = match[1] or match[2]
    return f"expected '{text}'{_CONTEXTS.get(match[3], match[3])}", Place.AT if text[0].isalpha() else Place.BEFORE


def end_of_text_before(text: str, offset: int) -> int:
    """The end of what stands before `offset`, comments aside; `offset` where nothing does. MLIR: emitWrongTokenError."""
    end = offset
    while True:
        while end and text[end - 1] in " \t":
            end -= 1
        if end == 0:
            return offset
        if text[end - 1] not in "\r\n":
            return end
        end -= 1
        start = max(text.rfind("\n", 0, end), text.rfind("\r", 0, end)) + 1
        comment = text.find("//", start, end)
        if comment >= 0:
            end = comment


_PAIRS = {">": "<", "]": "[", ")": "(", "}": "{"}
_STRING_OR_BRACKET = re.compile(r'->|[][<>(){}]|"(?:[^"\\\n\v\f]|\\.)*+"?')


def unbalanced(text: str, start: int) -> tuple[str, int]:
    """The bracket of the body of a dialect's symbol that nothing closes, or that another closes; empty: all is well.

    Args:
        text: the whole text.
        start: the offset of the body's first bracket.

    Returns:
        The bracket, and where MLIR tells of it: the last string before, or the start. Where all is well, the body's end.

    # MLIR: Parser::parseDialectSymbolBody
    """
    nested: list[str] = []
    place = start
    for match in _STRING_OR_BRACKET.finditer(text, start):
        token = match[0]
        if token[0] == '"':
            if len(token) == 1 or token[-1] != '"':
                return "", match.end()
            place = match.start()
        elif token in _PAIRS.values():
            nested.append(token)
        elif token in _PAIRS:
            if nested[-1] != _PAIRS[token]:
                return nested[-1], place
            nested.pop()
            if not nested:
                return "", match.end()
    return nested[-1] if nested else "", place
