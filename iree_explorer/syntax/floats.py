"""The text of floating point numbers. MLIR: AsmPrinter.cpp, printFloatValue; LLVM: APFloat::toString."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from xdsl.dialects.builtin import AnyFloat

_SHORT_DIGITS = 6

_LN10_OVER_LN2 = (196, 59)
"""LLVM's rational approximation of how many bits a decimal digit takes."""


@dataclass(frozen=True, slots=True)
class _Decimal:
    """`digits` × 10^`exponent`, with no zero at the end of `digits`."""

    negative: bool
    digits: str
    exponent: int

    @property
    def magnitude(self) -> int:
        """The power of ten of the first digit."""
        return self.exponent + len(self.digits) - 1


def float_text(value: float, type_: AnyFloat) -> str:
    """`value` in `type_`: six digits in scientific form where these read back, else all digits, else its bits.

    Infinities and NaNs are their bits, `0x7F800000`.
    """
    if not math.isfinite(value):
        return _bits_text(value, type_)
    if value == 0:
        return f"{'-' if math.copysign(1, value) < 0 else ''}0.000000e+00"
    return _finite_text(value, type_)


@lru_cache(maxsize=4096)
def _finite_text(value: float, type_: AnyFloat) -> str:
    negative, significand, exponent = _split(value)
    short = _scientific(_decimal(negative, significand, exponent, _SHORT_DIGITS, _precision(type_)))
    if _reads_back(short, value, type_):
        return short
    text = _shortest(_decimal(negative, significand, exponent, 0, _precision(type_)), _all_digits(type_))
    return text if "." in text else _bits_text(value, type_)


def _bits_text(value: float, type_: AnyFloat) -> str:
    return f"0x{int.from_bytes(type_.pack([value]), 'little'):X}"


def bits_text(raw: bytes, type_: AnyFloat) -> str:
    """The number whose bits, little-endian, are `raw`."""
    value = float(type_.unpack(raw, 1)[0])
    if math.isnan(value):
        return f"0x{int.from_bytes(raw, 'little'):X}"  # a NaN's payload may not survive as a Python float
    return float_text(value, type_)


def _reads_back(text: str, value: float, type_: AnyFloat) -> bool:
    read = float(text)
    try:
        return type_.unpack(type_.pack([read]), 1)[0] == value
    except NotImplementedError:
        return read == value
    except OverflowError:
        return False


def _split(value: float) -> tuple[bool, int, int]:
    """Sign, odd integer significand, power of two."""
    numerator, denominator = abs(value).as_integer_ratio()
    shift = (numerator & -numerator).bit_length() - 1
    return value < 0, numerator >> shift, shift - denominator.bit_length() + 1


_PRECISION = {"f16": 11, "bf16": 8, "f32": 24, "f64": 53, "tf32": 11, "f80": 64, "f128": 113}


def _precision(type_: AnyFloat) -> int:
    """Significand bits, the hidden one too."""
    known = _PRECISION.get(type_.name)
    if known is not None:
        return known
    # Small formats say it in their name: f8E4M3FN has 3 bits behind the hidden one.
    digits = type_.name.partition("M")[2]
    return int(digits[0]) + 1 if digits[:1].isdigit() else 1


def _all_digits(type_: AnyFloat) -> int:
    return 2 + _precision(type_) * _LN10_OVER_LN2[1] // _LN10_OVER_LN2[0]


def _decimal(negative: bool, significand: int, exponent: int, digits: int, precision: int) -> _Decimal:
    """`significand` × 2^`exponent` in at most `digits` decimal digits; 0: as many as distinguish all values.

    LLVM first drops binary digits, truncating, and only then rounds half up in decimal: the last digit shows it.
    """
    bits, ratio = _LN10_OVER_LN2
    digits = digits or 2 + precision * ratio // bits
    if exponent >= 0:
        significand, exponent = significand << exponent, 0
    else:
        significand *= 5**-exponent
    needed = (digits * bits + ratio - 1) // ratio
    if significand.bit_length() > needed:
        dropped = (significand.bit_length() - needed) * ratio // bits
        significand //= 10**dropped
        exponent += dropped
    text, exponent = _strip_zeros(str(significand), exponent)
    if len(text) > digits:
        exponent += len(text) - digits
        text, exponent = _strip_zeros(str(int(text[:digits]) + (text[digits] >= "5")), exponent)
    return _Decimal(negative, text, exponent)


def _strip_zeros(digits: str, exponent: int) -> tuple[str, int]:
    stripped = digits.rstrip("0")
    return stripped, exponent + len(digits) - len(stripped)


def _scientific(number: _Decimal) -> str:
    fraction = number.digits[1:].ljust(_SHORT_DIGITS, "0")
    sign = "-" if number.negative else ""
    return f"{sign}{number.digits[0]}.{fraction}e{number.magnitude:+03d}"


_MAX_PADDING = 3
"""Zeros that may be added before the scientific form is used. LLVM: APFloat::toString's FormatMaxPadding."""


def _shortest(number: _Decimal, digits: int) -> str:
    sign = "-" if number.negative else ""
    text, exponent = number.digits, number.exponent
    if exponent >= 0:
        scientific = exponent > _MAX_PADDING or len(text) + exponent > digits
    else:
        scientific = number.magnitude < -_MAX_PADDING
    if scientific:
        return f"{sign}{text[0]}.{text[1:] or '0'}E{number.magnitude:+d}"
    if exponent >= 0:
        return sign + text + "0" * exponent
    point = exponent + len(text)
    whole, fraction = (text[:point], text[point:]) if point > 0 else ("0", "0" * -point + text)
    return f"{sign}{whole}.{fraction}"
