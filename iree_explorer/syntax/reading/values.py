"""SSA values: names of results, operands, and uses before the definition."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal, cast, overload

from typing_extensions import override
from xdsl.context import Context
from xdsl.dialects.builtin import IndexType
from xdsl.ir import Attribute, Operation, SSAValue
from xdsl.ir.affine import AffineMap
from xdsl.parser import ForwardDeclaredValue, Parser, UnresolvedOperand
from xdsl.utils.lexer import Span
from xdsl.utils.mlir_lexer import MLIRTokenKind as Kind

from iree_explorer.errors import SourceError
from iree_explorer.syntax.reading.attributes import AttributeParser
from iree_explorer.syntax.reading.scopes import ForwardUse, ValueScopes
from iree_explorer.syntax.source import Source

_RESULT_NUMBER = re.compile("#0*([0-9]{1,10})")
_NUMBERS = 1 << 32
"""So many numbers a result may have. MLIR: Token::getHashIdentifierNumber."""

_MAX_COUNT_DIGITS = 20
"""Longer counts of results do not fit in 64 bits."""


class ValueParser(AttributeParser, Parser):
    """Reads names of values and resolves them.

    Args:
        context: the dialects; whether unknown ones are allowed.
        source: the text.

    Attributes:
        scopes: the names that are in scope.
    """

    def __init__(self, context: Context, source: Source) -> None:
        super().__init__(context, source.text, source.name)
        self.source = source
        self.scopes = ValueScopes()
        self.ssa_values = {}
        self.forward_ssa_references = {}

    def check_all_defined(self) -> None:
        """Refuses the first use of a name that is never defined."""
        forward = [use for by_number in self.scopes.forward.values() for use in by_number.values()]
        spans = [use.span for use in (*forward, *self.scopes.undefined)]
        if spans:
            self.raise_error("use of undeclared SSA value name", min(spans, key=lambda span: span.start))

    # ---- definitions

    @override
    def parse_optional_argument(self, expect_type: bool = True) -> Any:
        name = self.token
        if name.kind is Kind.PERCENT_IDENT:
            behind = self.text_lexer.end_of_blank(name.end)
            if self.text_lexer.content.startswith("#", behind):
                self.raise_error("result number not allowed in argument list", behind)
        return super().parse_optional_argument(expect_type)

    @overload
    def parse_argument(self, *, expect_type: Literal[True] = True) -> Parser.Argument: ...

    @overload
    def parse_argument(self, *, expect_type: Literal[False]) -> Parser.UnresolvedArgument: ...

    @overload
    def parse_argument(self, *, expect_type: bool = True) -> Parser.UnresolvedArgument | Parser.Argument: ...

    @override
    def parse_argument(self, *, expect_type: bool = True) -> Parser.UnresolvedArgument | Parser.Argument:
        """A region's argument, with its location if that follows. # MLIR: OpAsmParser::parseArgument."""
        argument = super().parse_argument(expect_type=expect_type)
        self.parse_optional_location()
        return argument

    @override
    def _parse_op_result(self) -> tuple[Span[str], int]:
        name = self._parse_token(Kind.PERCENT_IDENT, "Expected result SSA value!").span
        if self.parse_optional_punctuation(":") is None:
            return name, 1
        count = self.token
        if count.kind is not Kind.INTEGER_LIT:
            self.raise_error("Expected SSA value tuple size")
        number = int(count.text, 16 if "x" in count.text else 10) if len(count.text) < _MAX_COUNT_DIGITS else 0
        if number < 1:
            self.raise_error("expected named operation to have at least 1 result")
        self.advance()
        return name, number

    def _define_results(self, op: Operation, names: Sequence[tuple[Span[str], int]]) -> None:
        wanted = sum(count for _, count in names)
        if wanted != len(op.results):
            message = f"operation defines {len(op.results)} results but was provided {wanted} to bind"
            self.raise_error(message if op.results else "cannot name an operation with no results", names[0][0])
        start = 0
        for span, count in names:
            self._register_ssa_definition(span.text[1:], op.results[start : start + count], span)
            start += count

    @override
    def _register_ssa_definition(
        self, name: str, values: Sequence[SSAValue], span: Span[str], number: int | None = None
    ) -> None:
        """Defines a name; with a number, which only arguments may have, that value of the name's pack."""
        numbers = range(len(values)) if number is None else (number,)
        if (previous := self.scopes.place_of(name, numbers)) is not None:
            raise SourceError(
                f"redefinition of SSA value '%{name}'",
                self.source.location(span.start),
                (("previously defined here", self.source.location(previous)),),
            )
        self.scopes.define(f"{name}#{number}" if number else name, values, span.start)
        if self.scopes.forward and name in self.scopes.forward:
            self._bind_forward_uses(name, dict(zip(numbers, values, strict=True)), span)

    def _bind_forward_uses(self, name: str, values: Mapping[int, SSAValue], span: Span[str]) -> None:
        uses = self.scopes.forward[name]
        for number in values.keys() & uses.keys():
            self._bind_forward_use(name, number, uses.pop(number), values[number], span)
        if not uses:
            del self.scopes.forward[name]

    def _bind_forward_use(self, name: str, number: int, use: ForwardUse, value: SSAValue, span: Span[str]) -> None:
        if value.type != use.value.type:
            raise SourceError(
                f"definition of SSA value '%{name}#{number}' has type '{value.type}'",
                self.source.location(span.start),
                ((f"previously used here with type '{use.value.type}'", self.source.location(use.span.start)),),
            )
        use.value.replace_all_uses_with(value)

    @override
    def parse_optional_unresolved_operand(self) -> UnresolvedOperand | None:
        token = self.token
        if token.kind is not Kind.PERCENT_IDENT:
            return None
        self.advance()
        return UnresolvedOperand(token.span, self._parse_optional_result_number())

    def _parse_optional_result_number(self) -> int:
        """The number behind the name of a value, 0 where there is none. MLIR: OperationParser::parseSSAUse."""
        token = self.token
        if token.kind is not Kind.HASH_IDENT:
            return 0
        digits = _RESULT_NUMBER.fullmatch(token.text)
        if digits is None or (number := int(digits[1])) >= _NUMBERS:
            self.raise_error("invalid SSA value result number")
        self.advance()
        return number

    @override
    def parse_affine_map_of_ssa_ids(self) -> tuple[AffineMap, Sequence[SSAValue[IndexType]]]:
        affine_map, operands = self.parse_map_of_values(self.parse_unresolved_operand)
        values = [self.resolve_operand(operand, IndexType()) for operand in operands]
        return affine_map, cast("Sequence[SSAValue[IndexType]]", values)

    def parse_grouped_map_of_values(self, word: str) -> tuple[AffineMap, Sequence[SSAValue], Sequence[int]]:
        """See `MLIRParser`."""
        map_, operands, groups = self.parse_grouped_map(word, self.parse_unresolved_operand)
        return map_, [self.resolve_operand(operand, IndexType()) for operand in operands], groups

    @override
    def resolve_operands(  # pyright: ignore[reportIncompatibleMethodOverride]
        self, args: Sequence[UnresolvedOperand], input_types: Sequence[Attribute], error_pos: int
    ) -> Sequence[SSAValue]:
        if len(args) != len(input_types):
            self.raise_error(
                f"{self.speaker}number of operands and types do not match: "
                f"got {len(args)} operands and {len(input_types)} types",
                args[0].span.start if args else error_pos,
            )
        return [self.resolve_operand(*pair) for pair in zip(args, input_types, strict=True)]

    @override
    def resolve_operand(self, operand: UnresolvedOperand, type: Attribute) -> SSAValue:  # pyright: ignore[reportIncompatibleMethodOverride]
        name, number = operand.span.text[1:], operand.index
        known = self.scopes.packs.get(name)
        if known is None or number >= len(known[0]):
            numbered = self.scopes.packs.get(f"{name}#{number}")
            if numbered is None:
                if known is not None:
                    self.raise_error("reference to invalid result number", operand.span)
                return self._forward_use(name, operand, type)
            known, number = numbered, 0
        values, defined = known
        value = values[number]
        if value.type is not type and value.type != type:
            self._raise_other_type(operand, type, value.type, defined)
        return value

    def _forward_use(self, name: str, operand: UnresolvedOperand, type_: Attribute) -> SSAValue:
        uses = self.scopes.forward.setdefault(name, {})
        use = uses.get(operand.index)
        if use is None:
            use = uses[operand.index] = ForwardUse(ForwardDeclaredValue(type_), operand.span)
        elif use.value.type != type_:
            self._raise_other_type(operand, type_, use.value.type, use.span.start)
        return use.value

    def _raise_other_type(self, operand: UnresolvedOperand, wanted: Attribute, got: Attribute, prior: int) -> None:
        raise SourceError(
            f"use of value '{operand.span.text}' expects different type than prior uses: '{wanted}' vs '{got}'",
            self.source.location(operand.span.start),
            (("prior use here", self.source.location(prior)),),
        )
