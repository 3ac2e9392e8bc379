import math
import struct
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xdsl.dialects.builtin import AnyFloat, bf16, f16, f32, f64

from iree_explorer.syntax.floats import bits_text, float_text

TYPES: dict[AnyFloat, int] = {f16: 2, bf16: 2, f32: 4, f64: 8}


def read(text: str, type_: AnyFloat) -> bytes:
    """The bits of a printed number, little-endian."""
    if text.startswith("0x"):
        return int(text, 16).to_bytes(TYPES[type_], "little")
    return type_.pack([float(text)])


@st.composite
def bits(draw: st.DrawFn) -> tuple[AnyFloat, bytes]:
    type_ = draw(st.sampled_from(list(TYPES)))
    return type_, draw(st.binary(min_size=TYPES[type_], max_size=TYPES[type_]))


@given(bits())
def test_every_bit_pattern_reads_back(case: tuple[AnyFloat, bytes]) -> None:
    type_, raw = case
    assert read(bits_text(raw, type_), type_) == raw


@given(st.floats(width=32, allow_nan=False, allow_infinity=False))
def test_six_digits_are_used_exactly_where_they_suffice(value: float) -> None:
    suffices = struct.unpack("<f", struct.pack("<f", float(f"{value:.5e}")))[0] == value
    text = float_text(value, f32)
    is_short = "e" in text
    # Where truncation and rounding differ in the last digit, LLVM may miss a short form, but never invents one.
    assert not is_short or suffices or _close_to(text, value)


def _close_to(text: str, value: float) -> bool:
    return struct.unpack("<f", struct.pack("<f", float(Fraction(text))))[0] == value


@pytest.mark.parametrize(
    ("value", "type_", "text"),
    [
        (0.7, f32, "0.699999988"),
        (2.51738811e-7, f32, "2.51738811E-7"),
        (1e-8, f32, "9.99999993E-9"),
        (0.1, f64, "1.000000e-01"),
        (1 / 3, f64, "0.33333333333333331"),
        (123456789.0, f32, "0x4CEB79A3"),
        (65504.0, f16, "6.550400e+04"),
        (0.333, bf16, "3.320310e-01"),
        (math.inf, f32, "0x7F800000"),
        (-math.inf, f16, "0xFC00"),
        (math.nan, f32, "0x7FC00000"),
        (0.0, f32, "0.000000e+00"),
        (-0.0, f32, "-0.000000e+00"),
        (0.0, f64, "0.000000e+00"),
    ],
)
def test_texts_of_the_real_printer(value: float, type_: AnyFloat, text: str) -> None:
    (rounded,) = type_.unpack(type_.pack([value]), 1)
    assert float_text(rounded, type_) == text


def test_a_signalling_nan_keeps_its_bits() -> None:
    assert bits_text(bytes.fromhex("0100807F"), f32) == "0x7F800001"
