import operator
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xdsl.dialects.builtin import AffineMapAttr, AffineSetAttr

from iree_explorer.errors import SourceError
from iree_explorer.ir.affine_text import map_text, set_text
from iree_explorer.syntax import parse, print_module


def read_map(text: str) -> AffineMapAttr:
    module = parse(f'"x.y"() {{a = affine_map<{text}>}} : () -> ()', allow_unregistered=True)
    attribute = next(iter(module.op.ops)).attributes["a"]
    assert isinstance(attribute, AffineMapAttr)
    return attribute


def read_set(text: str) -> AffineSetAttr:
    module = parse(f'"x.y"() {{a = affine_set<{text}>}} : () -> ()', allow_unregistered=True)
    attribute = next(iter(module.op.ops)).attributes["a"]
    assert isinstance(attribute, AffineSetAttr)
    return attribute


Values = tuple[int, int, int]

Expression = tuple[str, Callable[[Values], int]]
"""A text, and what it is worth for values of d0, d1 and s0."""


def _variable(place: int) -> Expression:
    def value(values: Values) -> int:
        return values[place]

    return ("d0", "d1", "s0")[place], value


def _constant(number: int) -> Expression:
    def value(_: Values) -> int:
        return number

    return str(number), value


def _round_up(a: int, b: int) -> int:
    return -(-a // b)


OPERATORS: dict[str, Callable[[int, int], int]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "mod": operator.mod,
    "floordiv": operator.floordiv,
    "ceildiv": _round_up,
}


def _negated(inner: Expression) -> Expression:
    def value(values: Values) -> int:
        return -inner[1](values)

    return f"(-{inner[0]})", value


def _combined(parts: tuple[Expression, str, Expression]) -> Expression:
    left, symbol, right = parts

    def value(values: Values) -> int:
        return OPERATORS[symbol](left[1](values), right[1](values))

    return f"({left[0]} {symbol} {right[0]})", value


LEAVES = st.one_of(st.sampled_from([0, 1, 2]).map(_variable), st.integers(0, 20).map(_constant))

CONSTANTS = st.integers(1, 9).map(_constant)

# Operators that keep an expression affine: the right operand of all but sums is a positive constant.
EXPRESSIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["+", "-"]), inner).map(_combined),
        st.tuples(inner, st.sampled_from(["*", "mod", "floordiv", "ceildiv"]), CONSTANTS).map(_combined),
        inner.map(_negated),
    ),
    max_leaves=12,
)


@given(EXPRESSIONS, st.integers(-50, 50), st.integers(-50, 50), st.integers(-50, 50))
def test_simplifying_and_printing_keep_the_value(expression: Expression, d0: int, d1: int, s0: int) -> None:
    text, value = expression
    affine_map = read_map(f"(d0, d1)[s0] -> ({text})").data
    assert affine_map.eval((d0, d1), (s0,)) == (value((d0, d1, s0)),)
    again = read_map(map_text(affine_map)).data
    assert again.eval((d0, d1), (s0,)) == (value((d0, d1, s0)),)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("(d0)[s0] -> (d0 * s0 + 3 - s0 * 2)", "(d0)[s0] -> (d0 * s0 - s0 * 2 + 3)"),
        ("(d0)[s0] -> (d0 floordiv s0, d0 mod 4 ceildiv 3)", "(d0)[s0] -> (d0 floordiv s0, (d0 mod 4) ceildiv 3)"),
        ("(d0) -> (-d0, (d0 + 1) * 2, 2 * (3 * d0))", "(d0) -> (-d0, (d0 + 1) * 2, d0 * 6)"),
        ("(d0) -> (d0 - (d0 floordiv 4) * 4, d0 * 8 mod 4)", "(d0) -> (d0 mod 4, 0)"),
        ("(d0) -> ((d0 * 8 + 3) floordiv 4, 5 - 6)", "(d0) -> (d0 * 2, -1)"),
        ("(d0)[s0] -> (s0 + d0, (d0 + 2) + s0)", "(d0)[s0] -> (d0 + s0, d0 + s0 + 2)"),
        ("(d0) -> (d0 + d0, d0 * 2 + d0 * -3)", "(d0) -> (d0 * 2, -d0)"),
        ("(d0, d1)[s0, s1] -> (d1 + d0, s1 * s0, d1 * 2 + d0)", "(d0, d1)[s0, s1] -> (d0 + d1, s0 * s1, d1 * 2 + d0)"),
        ("()[s0] -> ((s0 + 1) mod (s0 + 1), s0 floordiv s0)", "()[s0] -> (0, 1)"),
        ("() -> ()", "() -> ()"),
    ],
)
def test_maps_are_simplified_as_by_the_real_parser(text: str, printed: str) -> None:
    assert map_text(read_map(text).data) == printed


def test_constraints_of_sets_compare_with_zero() -> None:
    parsed = read_set("(d0)[s0] : (d0 - 1 >= 0, d0 <= s0, s0 == 4, 10 >= d0)").data
    assert set_text(parsed) == "(d0)[s0] : (d0 - 1 >= 0, -d0 + s0 >= 0, s0 - 4 == 0, -d0 + 10 >= 0)"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("(d0, d1) -> (d0 * d1)", "at least one of the multiply operands has to be either a constant or symbolic"),
        ("(d0, d1) -> (d0 mod d1)", "right operand of mod has to be either a constant or symbolic"),
        ("(d0, d1) -> (d0 floordiv d1)", "right operand of floordiv has to be either a constant or symbolic"),
    ],
)
def test_what_is_not_affine_is_refused(text: str, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        read_map(text)


def test_maps_and_sets_become_aliases() -> None:
    text = (
        "#map = affine_map<(d0) -> (d0)>\n#set = affine_set<(d0) : (d0 >= 0)>\n"
        'module {\n  "x.y"() {a = #map, b = [#set, #map]} : () -> ()\n}\n'
    )
    assert print_module(parse(text, allow_unregistered=True).op) == text
