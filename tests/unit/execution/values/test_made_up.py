import numpy as np
import pytest

from iree_explorer.errors import InputError
from iree_explorer.execution.values.made_up import made_up
from iree_explorer.execution.values.text import parse_type, type_of_text


def made(text: str, fill: str = "random", dynamic: int = 1) -> np.ndarray:
    return made_up(parse_type(text), np.random.default_rng(0), fill, dynamic)


def test_the_same_generator_makes_the_same_numbers() -> None:
    np.testing.assert_array_equal(made("4x5xf32"), made("4x5xf32"))
    assert made("100xf64").std() > 0.5
    assert set(made("1000xi32").tolist()) == set(range(10))


@pytest.mark.parametrize(("name", "count"), [("i1", 2), ("i2", 2), ("i4", 8), ("i8", 10)])
def test_integers_of_few_bits_take_what_fits(name: str, count: int) -> None:
    assert set(made(f"1000x{name}").astype(int).tolist()) == set(range(count))


def test_iota_counts_and_begins_anew_where_no_more_fit() -> None:
    assert made("2x3xf32", "iota").tolist() == [[0, 1, 2], [3, 4, 5]]
    assert made("10xi4", "iota").tolist() == [0, 1, 2, 3, 4, 5, 6, 7, 0, 1]
    assert made("3xi1", "iota").tolist() == [False, True, False]


@pytest.mark.parametrize("name", ["i1", "i4", "i64", "f16", "bf16", "f8E4M3FN", "f64", "complex<f32>"])
@pytest.mark.parametrize("fill", ["random", "ones", "zeros", "iota"])
def test_the_type_is_the_input_s(name: str, fill: str) -> None:
    type_ = parse_type(f"2x?x{name}")
    array = made(f"2x?x{name}", fill, dynamic=3)
    assert type_.element is not None
    assert (array.shape, array.dtype) == ((2, 3), type_.element.dtype)
    if fill in ("ones", "zeros"):
        assert (array == (fill == "ones")).all()


def test_a_scalar_is_one() -> None:
    value = made_up(type_of_text("f32"), np.random.default_rng(0), "ones")
    assert (type(value), value) == (np.float32, 1)


def test_what_is_no_number_is_not_made_up() -> None:
    with pytest.raises(InputError, match=r"^no value of type !hal\.fence can be made up"):
        made_up(type_of_text("!hal.fence"), np.random.default_rng(0))
