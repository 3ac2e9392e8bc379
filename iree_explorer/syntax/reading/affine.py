"""Affine maps and sets, their expressions simplified as MLIR simplifies them when it builds them.

# MLIR: AffineParser.cpp
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NoReturn, TypeVar

from xdsl.ir.affine import (
    AffineConstantExpr,
    AffineConstraintExpr,
    AffineConstraintKind,
    AffineDimExpr,
    AffineExpr,
    AffineMap,
    AffineSet,
    AffineSymExpr,
)
from xdsl.parser import UnresolvedOperand
from xdsl.utils.mlir_lexer import MLIRTokenKind as Kind

from iree_explorer.ir.affine_expressions import CEILDIV, FLOORDIV, MOD, MUL, add, combine, is_symbolic, negate, wrapped
from iree_explorer.syntax.reading.lexer import integer_of
from iree_explorer.syntax.reading.tokens import TokenParser

_T = TypeVar("_T")

_HIGH: Final = {"*": MUL, "mod": MOD, "floordiv": FLOORDIV, "ceildiv": CEILDIV}
"""The operators that bind closer than `+` and `-`."""

_NEEDS_SYMBOL: Final = {
    MUL: "at least one of the multiply operands has to be either a constant or symbolic",
    **{
        _HIGH[name]: f"right operand of {name} has to be either a constant or symbolic"
        for name in ("mod", "floordiv", "ceildiv")
    },
}

_LIMIT = 1 << 63
"""Constants are not greater; this one is read as the least of 64 bits."""


class AffineParser(TokenParser):
    """Parses affine maps and sets."""

    _names: dict[str, AffineExpr]
    """The dimensions and symbols of the map or set that is read."""
    _parse_value: Callable[[], UnresolvedOperand] | None = None
    """Reads a value, in a map of values."""
    _values: dict[tuple[str, type[AffineExpr]], tuple[AffineExpr, UnresolvedOperand]]
    """The values of a map of values, by name and as what they are used: the dimension or symbol, and what stands for it."""

    def parse_map_of_values(
        self, parse_value: Callable[[], UnresolvedOperand]
    ) -> tuple[AffineMap, list[UnresolvedOperand]]:
        """`[%a + 1, symbol(%b)]`: the map, and the values that are its dimensions and then its symbols.

        # MLIR: AffineParser.cpp, parseAffineMapOfSSAIds
        """
        self._names, self._values, self._parse_value = {}, {}, parse_value
        results = self.parse_comma_separated_list(self.Delimiter.SQUARE, self._expression, " in affine map")
        return self._map_of_values(results)

    def parse_grouped_map(
        self, word: str, parse_value: Callable[[], UnresolvedOperand]
    ) -> tuple[AffineMap, list[UnresolvedOperand], list[int]]:
        """`(%a + 1, word(%b, 7))`: as above, and the size of each group of expressions; one alone is a group.

        # MLIR: AffineOps.cpp, parseAffineMapWithMinMax
        """
        self._values, self._parse_value = {}, parse_value
        groups = self._list(lambda: self._group(word), "")
        map_, values = self._map_of_values([expression for group in groups for expression in group])
        return map_, values, [len(group) for group in groups]

    def _group(self, word: str) -> list[AffineExpr]:
        # A value may be a dimension in one group and a symbol in another.
        self._names = {}
        if self.parse_optional_keyword(word) is None:
            return [self._expression()]
        return self._list(self._expression, " in affine map")

    def _map_of_values(self, results: Sequence[AffineExpr]) -> tuple[AffineMap, list[UnresolvedOperand]]:
        self._parse_value = None
        dimensions, symbols = (
            [value for (_, kind), (_, value) in self._values.items() if kind is wanted]
            for wanted in (AffineDimExpr, AffineSymExpr)
        )
        return AffineMap(len(dimensions), len(symbols), tuple(results)), [*dimensions, *symbols]

    def parse_map_body(self) -> AffineMap:
        """`(dims)[symbols] -> (expressions)`."""
        start = self.token.start
        space = self._space()
        if self.parse_optional_punctuation(":") is not None:
            self._constraints()
            self.raise_error("expected AffineMap, but got IntegerSet", start)
        self._arrow()
        return AffineMap(*space, tuple(self._list(self._expression, " in affine map range")))

    def parse_set_body(self) -> AffineSet:
        """`(dims)[symbols] : (constraints)`; each constraint becomes `expression == 0` or `expression >= 0`."""
        start = self.token.start
        space = self._space()
        if self.parse_optional_punctuation(":") is None:
            self._arrow()
            self._list(self._expression, " in affine map range")
            self.raise_error("expected IntegerSet, but got AffineMap", start)
        return AffineSet(*space, tuple(self._constraints()))

    def _arrow(self) -> None:
        if self.parse_optional_punctuation("->") is None:
            self.raise_wrong_token("expected '->' or ':'")

    def _list(self, parse: Callable[[], _T], context: str) -> list[_T]:
        return self.parse_comma_separated_list(self.Delimiter.PAREN, parse, context)

    # ---- dimensions and symbols

    def _space(self) -> tuple[int, int]:
        """Reads the dimensions and symbols; returns how many there are of each."""
        self._names = {}
        dimensions = self.parse_comma_separated_list(
            self.Delimiter.PAREN, self._dimension, " in dimensional identifier list"
        )
        if self.token.kind is not Kind.L_SQUARE:
            return len(dimensions), 0
        first = len(dimensions)
        symbols = self.parse_comma_separated_list(self.Delimiter.SQUARE, lambda: self._symbol(first), " in symbol list")
        return len(dimensions), len(symbols)

    def _dimension(self) -> None:
        self._define(AffineDimExpr(len(self._names)))

    def _symbol(self, first: int) -> None:
        self._define(AffineSymExpr(len(self._names) - first))

    def _define(self, expression: AffineExpr) -> None:
        token = self.token
        if token.kind is not Kind.BARE_IDENT:
            self.raise_wrong_token("expected bare identifier")
        if token.text in self._names:
            self.raise_error(f"redefinition of identifier '{token.text}'")
        self._names[token.text] = expression
        self.advance()

    # ---- constraints

    def _constraints(self) -> list[AffineConstraintExpr]:
        return self.parse_comma_separated_list(
            self.Delimiter.PAREN, self._constraint, " in integer set constraint list"
        )

    def _constraint(self) -> AffineConstraintExpr:
        left = self._expression()
        sign = self.token.text
        if sign in (">", "<", "="):
            self.advance()
        if sign not in (">", "<", "=") or self.parse_optional_punctuation("=") is None:
            message = "expected '== affine-expr' or '>= affine-expr' at end of affine constraint"
            self.raise_at(message, self.token.start)
        right = self._expression()
        if sign == "<":
            left, right = right, left
        kind = AffineConstraintKind.eq if sign == "=" else AffineConstraintKind.ge
        return AffineConstraintExpr(kind, add(left, negate(right)), AffineConstantExpr(0), canonicalize=False)

    # ---- expressions

    def _expression(self) -> AffineExpr:
        """Terms joined by `+` and `-`."""
        result = self._term(is_first=True)
        while (sign := self.token.text) in ("+", "-"):
            self.advance()
            term = self._term(is_first=False)
            result = add(result, term if sign == "+" else negate(term))
        return result

    def _term(self, *, is_first: bool) -> AffineExpr:
        """Operands joined by `*`, `mod`, `floordiv` and `ceildiv`."""
        result = self._operand(is_first=is_first)
        while (kind := _HIGH.get(self.token.text)) is not None:
            place = self.token.start
            self.advance()
            operand = self._operand(is_first=False)
            if not (is_symbolic(operand) or (kind is MUL and is_symbolic(result))):
                # MLIR tells of it at the operator that follows, where one does.
                place = self.token.start if self.token.text in _HIGH else place
                self.raise_error(f"non-affine expression: {_NEEDS_SYMBOL[kind]}", place)
            result = combine(kind, result, operand)
        return result

    def _operand(self, *, is_first: bool) -> AffineExpr:
        token = self.token
        if self._parse_value is not None:
            if token.kind is Kind.PERCENT_IDENT:
                return self._value(self._parse_value(), AffineDimExpr)
            if token.text == "symbol" and token.kind is Kind.BARE_IDENT:
                return self._symbol_value(self._parse_value)
        if token.kind is Kind.BARE_IDENT:
            if token.text not in self._names:
                self.raise_wrong_token("use of undeclared identifier")
            self.advance()
            return self._names[token.text]
        if token.kind is Kind.INTEGER_LIT:
            number = integer_of(token.text)
            if number > _LIMIT:
                self.raise_error("constant too large for index")
            self.advance()
            return AffineConstantExpr(wrapped(number))
        if token.kind not in (Kind.L_PAREN, Kind.MINUS):
            self._raise_no_operand(is_first=is_first)
        self.enter()
        self.advance()
        inner = negate(self._operand(is_first=is_first)) if token.kind is Kind.MINUS else self._in_parentheses()
        self.leave()
        return inner

    def _symbol_value(self, parse_value: Callable[[], UnresolvedOperand]) -> AffineExpr:
        self.advance()
        self.parse_punctuation("(", " at start of SSA symbol")
        if self.token.kind is not Kind.PERCENT_IDENT:
            self.raise_wrong_token("expected ssa identifier")
        symbol = self._value(parse_value(), AffineSymExpr)
        self.parse_punctuation(")", " at end of SSA symbol")
        return symbol

    def _value(self, value: UnresolvedOperand, kind: type[AffineDimExpr] | type[AffineSymExpr]) -> AffineExpr:
        """The dimension or symbol that stands for a value: the one that stood for it before, else the next of `kind`."""
        name = f"{value.operand_name}#{value.index}"
        if name not in self._names:
            number = sum(other is kind for _, other in self._values)
            self._names[name], _ = self._values.setdefault((name, kind), (kind(number), value))
        return self._names[name]

    def _in_parentheses(self) -> AffineExpr:
        if self.token.kind is Kind.R_PAREN:
            self.raise_error("no expression inside parentheses")
        inner = self._expression()
        self.parse_punctuation(")")
        return inner

    def _raise_no_operand(self, *, is_first: bool) -> NoReturn:
        if not is_first:
            self.raise_error("missing right operand of binary operator")
        is_operator = self.token.text in ("+", "*")
        self.raise_error("missing left operand of binary operator" if is_operator else "expected affine expression")
