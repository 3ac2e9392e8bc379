"""Literals against numpy's own bytes."""

import numpy as np
import pytest

from iree_explorer.errors import ExecutionError
from tests.unit.execution.kernel_calls import call


def constant(type_: str, data: bytes | None) -> np.ndarray:
    """What a program computes that returns a resource of these bytes."""
    text = (
        f"func.func @f() -> {type_} {{\n  %c = arith.constant dense_resource<w> : {type_}\n  return %c : {type_}\n}}\n"
    )
    if data is not None:
        text += f'{{-# dialect_resources: {{builtin: {{w: "0x08000000{data.hex()}"}}}} #-}}'
    return call(text)[0]


@pytest.mark.parametrize(
    ("type_", "dtype"), [("i8", np.int8), ("i64", np.int64), ("f16", np.float16), ("f32", np.float32), ("i1", np.bool_)]
)
def test_a_resource_holds_its_bytes(type_: str, dtype: type[np.generic]) -> None:
    want = np.random.default_rng(0).integers(0, 2, (3, 5)).astype(dtype)
    found = constant(f"tensor<3x5x{type_}>", want.tobytes())
    assert found.dtype == dtype
    np.testing.assert_array_equal(found, want)


@pytest.mark.parametrize(
    ("type_", "data", "message"),
    [
        ("tensor<3xi32>", bytes(8), r"the data of w has 8 bytes, tensor<3xi32> takes 12"),
        ("tensor<3xi32>", None, "the data of w is not in the module"),
        ("tensor<4xi4>", bytes(4), "a resource of i4 elements is not supported"),
    ],
)
def test_what_does_not_fit_is_refused(type_: str, data: bytes | None, message: str) -> None:
    with pytest.raises(ExecutionError, match=message):
        constant(type_, data)
