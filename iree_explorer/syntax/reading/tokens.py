"""The parser's innermost steps, on the fast lexer's tokens."""

from __future__ import annotations

from typing import NoReturn, cast

from typing_extensions import override
from xdsl.context import Context
from xdsl.parser import AttrParser, ParserState
from xdsl.utils.exceptions import ParseError
from xdsl.utils.lexer import Input, Span
from xdsl.utils.mlir_lexer import (
    KIND_BY_PUNCTUATION_SPELLING,
    MLIRToken,
    MLIRTokenKind,
    PunctuationSpelling,
)

from iree_explorer.syntax.depth import MAX_NESTING, SHALLOW, make_room
from iree_explorer.syntax.escapes import unescape
from iree_explorer.syntax.reading.lexer import Lexer, TextToken, integer_of
from iree_explorer.syntax.reading.wording import Place, end_of_text_before, in_mlirs_words, is_said_by_an_op

_INT64 = 1 << 63

STRINGS = (MLIRTokenKind.STRING_LIT, MLIRTokenKind.BYTES_LIT)


class TokenParser(AttrParser):
    """Looks at and takes tokens; same methods and results as xDSL's, a third of the time.

    Attributes:
        speaker: begins the errors of the op whose own form is read: `custom op 'NAME' `, else empty.
    """

    def __init__(self, context: Context, text: str, name: str) -> None:
        self.text_lexer = Lexer(Input(text, name))
        self.speaker = ""
        self._nesting = 0
        AttrParser.__init__(self, ParserState(self.text_lexer), context)

    @property
    def token(self) -> TextToken:
        """The token that comes next."""
        return cast("TextToken", self._parser_state.current_token)

    @override
    def raise_error(  # pyright: ignore[reportIncompatibleMethodOverride]
        self, msg: str, at_position: int | Span[str] | None = None, end_position: int | None = None
    ) -> NoReturn:
        """Raises a `ParseError`, what xDSL itself says in MLIR's words and at MLIR's place."""
        token = self.token
        start = (
            token.start if at_position is None else at_position if isinstance(at_position, int) else at_position.start
        )
        if is_said_by_an_op(msg):
            msg = self.speaker + msg
        known = in_mlirs_words(msg) if start == token.start else None
        if known is not None:
            msg, place = known
            if place is Place.BEFORE:
                start = end_of_text_before(self.text_lexer.content, _before_end(token))
            else:
                msg = self.speaker + msg
        elif token.kind is MLIRTokenKind.EOF and start == token.start:
            start = _before_end(token)
        raise ParseError(Span(start, start if end_position is None else end_position, self.text_lexer.input), msg)

    def raise_wrong_token(self, message: str) -> NoReturn:
        """Raises a `ParseError` right behind what comes before the next token. MLIR: Parser::emitWrongTokenError."""
        self.raise_at(message, end_of_text_before(self.text_lexer.content, _before_end(self.token)))

    def raise_at(self, message: str, start: int) -> NoReturn:
        """Raises a `ParseError` in just these words, at just this place."""
        raise ParseError(Span(start, start, self.text_lexer.input), message)

    def advance(self) -> None:
        """Takes the next token."""
        self._parser_state.current_token = self.text_lexer.lex()

    def resume_at(self, offset: int) -> None:
        """Goes on, forward or back, with the token at `offset`."""
        self.text_lexer.pos = offset
        self._parser_state.current_token = self.text_lexer.lex()

    def enter(self) -> None:
        """Called where something begins in which more of its kind may nest; every `enter` has its `leave`."""
        self._nesting += 1
        if self._nesting > SHALLOW:
            self._go_deeper()

    def _go_deeper(self) -> None:
        if self._nesting > MAX_NESTING:
            self.raise_error(f"attributes and types nest more than {MAX_NESTING} levels deep")
        make_room(MAX_NESTING)

    def leave(self) -> None:
        """Called where what was entered last ends."""
        self._nesting -= 1

    @override
    def _consume_token(self, expected_kind: MLIRTokenKind | None = None) -> MLIRToken:
        state = self._parser_state
        token = state.current_token
        state.current_token = self.text_lexer.lex()
        return token

    @override
    def _parse_optional_token(self, expected_kind: MLIRTokenKind) -> MLIRToken | None:
        state = self._parser_state
        token = state.current_token
        if token.kind is not expected_kind:
            return None
        state.current_token = self.text_lexer.lex()
        return token

    @override
    def parse_optional_characters(self, text: str) -> str | None:
        state = self._parser_state
        token = state.current_token
        if token.text != text or token.kind in STRINGS:
            return None
        state.current_token = self.text_lexer.lex()
        return text

    @override
    def parse_optional_punctuation(self, punctuation: PunctuationSpelling) -> PunctuationSpelling | None:
        state = self._parser_state
        if state.current_token.kind is not KIND_BY_PUNCTUATION_SPELLING[punctuation]:
            return None
        state.current_token = self.text_lexer.lex()
        return punctuation

    @override
    def parse_optional_keyword(self, keyword: str) -> str | None:
        state = self._parser_state
        token = state.current_token
        if token.kind is not MLIRTokenKind.BARE_IDENT or token.text != keyword:
            return None
        state.current_token = self.text_lexer.lex()
        return keyword

    @override
    def parse_integer(self, allow_boolean: bool = True, allow_negative: bool = True, context_msg: str = "") -> int:
        """An integer that has room in 64 bits. MLIR: AsmParser::parseInteger."""
        place = self.token.start
        number = self.parse_optional_integer(allow_boolean, allow_negative)
        if number is None:
            self.raise_error("Expected integer literal" + context_msg)
        return number if -_INT64 <= number < _INT64 else self.raise_error("integer value too large", place)

    @override
    def parse_optional_integer(self, allow_boolean: bool = True, allow_negative: bool = True) -> int | None:
        """An integer of any size, if one comes next; `true` is a bit that is extended by its sign, -1."""
        if allow_boolean and (truth := self.parse_optional_boolean()) is not None:
            return -int(truth)
        is_negative = allow_negative and self._parse_optional_token(MLIRTokenKind.MINUS) is not None
        token = self._parse_optional_token(MLIRTokenKind.INTEGER_LIT)
        if token is None:
            return self.raise_error("Expected integer literal after '-'") if is_negative else None
        return -integer_of(token.text) if is_negative else integer_of(token.text)

    @override
    def parse_optional_str_literal(self) -> str | None:
        """A string, if one comes next; bytes that are no UTF-8 become surrogates, as `os.fsdecode` makes them."""
        token = self.token
        if token.kind not in STRINGS:
            return None
        self.advance()
        return unescape(token.text[1:-1])


def _before_end(token: TextToken) -> int:
    """The start of the token, or the last character's where it is the text's end. MLIR: Parser::emitError."""
    return max(0, token.start - 1) if token.kind is MLIRTokenKind.EOF else token.start
