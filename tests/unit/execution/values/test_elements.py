"""How elements lie in bytes."""

import ml_dtypes
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iree_explorer.errors import ExecutionError
from iree_explorer.execution.values.elements import DYNAMIC, element_named, integer, pack, spell, unpack, wrap_int

INTEGERS = [
    "i1",
    "i2",
    "i4",
    "i8",
    "i16",
    "i32",
    "i64",
    "i3",
    "i17",
    "index",
    "ui2",
    "ui4",
    "ui8",
    "ui17",
    "ui64",
    "si4",
    "si8",
]
NAMES = [*INTEGERS, "f16", "bf16", "f32", "f64", "complex<f32>"]
FLOATS = ["f8E5M2", "f8E4M3FN", "f8E5M2FNUZ", "f8E4M3FNUZ", "f8E8M0FNU", "f4E2M1FN"]


@given(st.sampled_from(NAMES), st.lists(st.integers(-(2**40), 2**40), max_size=20))
def test_packing_is_undone(name: str, values: list[int]) -> None:
    element = element_named(name)
    whole = (
        [wrap_int(v, element) for v in values] if element.is_integer else [element.dtype.type(v % 100) for v in values]
    )
    array = np.array(whole, element.dtype)
    data = pack(array, element)
    assert data.size == element.byte_length(len(values))
    np.testing.assert_array_equal(unpack(data, array.shape, element), array)


@given(st.sampled_from(INTEGERS), st.integers())
def test_integers_wrap_to_their_bits_and_sign(name: str, value: int) -> None:
    element = element_named(name)
    wrapped = int(wrap_int(value, element))
    assert (value - wrapped) % (1 << element.bits) == 0
    low = 0 if name == "i1" or name.startswith("u") else -(1 << element.bits - 1)
    assert low <= wrapped < low + (1 << element.bits)
    assert element.name == name


@pytest.mark.parametrize("name", FLOATS)
def test_every_code_of_a_small_float_survives(name: str) -> None:
    element = element_named(name)
    array = np.arange(1 << element.bits, dtype=np.uint8).view(element.dtype)
    back = unpack(pack(array, element), array.shape, element)
    np.testing.assert_array_equal(back.view(np.uint8), array.view(np.uint8))


def test_sub_byte_elements_start_at_the_low_bits() -> None:
    assert pack(np.array([1, -1, 2], np.int8), element_named("i4")).tolist() == [0xF1, 0x02]
    assert pack(np.array([1, 2, -1, 0, 1], np.int8), integer(2)).tolist() == [0b00111001, 0b01]
    assert pack(np.array([0.5, -6.0], ml_dtypes.float4_e2m1fn), element_named("f4E2M1FN")).tolist() == [0xF1]


def test_i1_takes_a_byte_or_when_packed_a_bit() -> None:
    values = np.array([1, 0, 1, 1, 0, 0, 0, 0, 1], np.bool_)
    assert pack(values, integer(1)).tolist() == [1, 0, 1, 1, 0, 0, 0, 0, 1]
    packed = integer(1, packed=True)
    assert pack(values, packed).tolist() == [0b1101, 1]
    np.testing.assert_array_equal(unpack(pack(values, packed), (9,), packed), values)


def test_odd_widths_take_the_next_power_of_two() -> None:
    assert [integer(bits).storage_bits for bits in (3, 5, 9, 17, 33)] == [8, 8, 16, 32, 64]


def test_too_few_bytes_are_an_error() -> None:
    with pytest.raises(ExecutionError, match="2x3xf32 takes 24 bytes, but there are 20"):
        unpack(np.zeros(20, np.uint8), (2, 3), element_named("f32"))


def test_a_view_shares_its_bytes() -> None:
    data = np.zeros(8, np.uint8)
    unpack(data, (2,), element_named("i32"))[1] = -1
    assert data.tolist() == [0] * 4 + [255] * 4


def test_spelling() -> None:
    assert spell((4, DYNAMIC), element_named("bf16")) == "4x?xbf16"
    assert spell((), element_named("i1")) == "i1"


def test_unknown_types() -> None:
    with pytest.raises(ExecutionError, match="'f7'"):
        element_named("f7")
    with pytest.raises(ExecutionError, match="more than 64 bits"):
        integer(65)
