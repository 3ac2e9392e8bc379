"""Folded constants are what the numbers come to, whatever their width."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xdsl.dialects.builtin import IndexType, IntegerAttr, IntegerType
from xdsl.ir import Attribute

from iree_explorer import syntax
from iree_explorer.dialects.arith.constant import ConstantOp
from iree_explorer.passes.canonicalize.facts.integers import signed, unsigned, width_of
from iree_explorer.passes.pipeline import run_pipeline

TYPES = ["i1", "i8", "i17", "i32", "i64", "i100", "index"]


def _width(name: str) -> int:
    return 64 if name == "index" else int(name[1:])


@st.composite
def _two_numbers(draw: st.DrawFn) -> tuple[str, int, int]:
    name = draw(st.sampled_from(TYPES))
    width = _width(name)
    low, high = -(1 << (width - 1)), (1 << (width - 1)) - 1
    numbers = st.integers(low, high) | st.sampled_from([low, high, 0, -1])
    return name, draw(numbers), draw(numbers)


def _written(value: int, name: str) -> str:
    return ("true" if value else "false") if name == "i1" else f"{value} : {name}"


def _folded(op: str, name: str, a: int, b: int) -> int | None:
    text = f"""
    func.func @f() -> {name} {{
      %a = arith.constant {_written(a, name)}
      %b = arith.constant {_written(b, name)}
      %0 = arith.{op} %a, %b : {name}
      return %0 : {name}
    }}"""
    module = syntax.parse(text)
    run_pipeline(module, "builtin.module(canonicalize)")
    (constant, *others) = [each for each in module.op.walk() if each.name.startswith("arith.")]
    if others or not isinstance(constant, ConstantOp):
        return None
    assert isinstance(constant.value, IntegerAttr)
    return signed(constant.value.value.data, _width(name))


@pytest.mark.parametrize("op", ["addi", "subi", "muli", "andi", "ori", "xori", "maxsi", "minsi", "maxui", "minui"])
@given(_two_numbers())
def test_total_operations(op: str, numbers: tuple[str, int, int]) -> None:
    name, a, b = numbers
    width = _width(name)
    expected = {
        "addi": a + b,
        "subi": a - b,
        "muli": a * b,
        "andi": a & b,
        "ori": a | b,
        "xori": a ^ b,
        "maxsi": max(a, b),
        "minsi": min(a, b),
        "maxui": max(unsigned(a, width), unsigned(b, width)),
        "minui": min(unsigned(a, width), unsigned(b, width)),
    }[op]
    assert _folded(op, name, a, b) == signed(expected, width)


@pytest.mark.parametrize("op", ["divsi", "divui", "ceildivsi", "ceildivui", "floordivsi", "remsi", "remui"])
@given(_two_numbers())
def test_division(op: str, numbers: tuple[str, int, int]) -> None:
    name, a, b = numbers
    width = _width(name)
    if op.endswith("ui"):
        a, b = unsigned(a, width), unsigned(b, width)
    if b == 0 and a != 0:
        assert _folded(op, name, signed(a, width), 0) is None
        return
    smallest = -(1 << (width - 1))
    if not op.endswith("ui") and a == smallest and b == -1 and not op.startswith("rem") and width > 1:
        assert _folded(op, name, a, b) is None
        return
    quotient, rest = (0, 0) if a == 0 else divmod(a, b)
    toward_zero = quotient + (rest != 0 and (a < 0) != (b < 0))
    expected = {
        "divsi": toward_zero,
        "divui": quotient,
        "ceildivsi": quotient + (rest != 0),
        "ceildivui": quotient + (rest != 0),
        "floordivsi": quotient,
        "remsi": a - toward_zero * b,
        "remui": rest,
    }[op]
    assert _folded(op, name, signed(a, width), signed(b, width)) == signed(expected, width)


@given(st.integers(), st.integers(1, 200))
def test_bits_of_both_signs(value: int, width: int) -> None:
    assert signed(unsigned(value, width), width) == signed(value, width)
    assert unsigned(signed(value, width), width) == unsigned(value, width)
    assert (signed(value, width) - value) % (1 << width) == 0


@pytest.mark.parametrize(("scalar", "width"), [(IndexType(), 64), (IntegerType(7), 7)])
def test_width(scalar: Attribute, width: int) -> None:
    assert width_of(scalar) == width
