"""The first NaN or infinity is found where it is made, and nowhere else."""

import numpy as np
import pytest

from iree_explorer.errors import ExecutionError, InputError
from iree_explorer.execution import run
from iree_explorer.passes.schedule import schedule
from iree_explorer.syntax import parse
from tests.unit.execution.chains import CHAIN, program

MIXED = np.array([[1, -4, 9], [16, -25, 36]], np.float32)


def test_the_op_that_makes_a_nan_is_named_with_value_and_index() -> None:
    with pytest.raises(ExecutionError) as caught:
        run(schedule(parse(CHAIN, "chain.mlir")), "main", MIXED, check_finite=True)
    assert str(caught.value).startswith("chain.mlir:")
    assert "makes nan of finite inputs" in str(caught.value)
    assert "[0, 1] of 2x3xf32, the first of 2" in str(caught.value)
    assert "root" in str(caught.value)


def test_unscheduled_programs_are_watched_as_well() -> None:
    with pytest.raises(ExecutionError, match=r"makes nan of finite inputs: %\w+\[0, 1\] of 2x3xf32"):
        run(parse(CHAIN), "main", MIXED, check_finite=True)


def test_finite_values_pass() -> None:
    module = schedule(parse(CHAIN))
    (output,) = run(module, "main", abs(MIXED), check_finite=True).outputs
    np.testing.assert_allclose(output, -np.sqrt(2 * abs(MIXED)))


@pytest.mark.parametrize("number", [np.nan, np.inf])
def test_what_is_given_is_not_made(number: float) -> None:
    values = abs(MIXED)
    values[1, 1] = number
    run(schedule(parse(CHAIN)), "main", values, check_finite=True)


def test_an_infinity_by_overflow() -> None:
    doubled = program(("%a", "double", "%x"), result="%a")
    with pytest.raises(ExecutionError, match=r"makes inf of finite inputs: .*\[1, 0\] of 2x1xf32"):
        run(schedule(parse(doubled)), "main", np.array([[1], [3e38]], np.float32), check_finite=True)


def test_only_numpy_can_look() -> None:
    with pytest.raises(InputError, match="only for the numpy backend"):
        run(parse(CHAIN), "main", MIXED, backend="iree", check_finite=True)
