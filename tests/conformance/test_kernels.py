"""Every op and type against IREE's own runtime, from source programs."""

from pathlib import Path
from typing import Final

import numpy as np
import pytest

import iree_explorer as ie
from iree_explorer.execution.run import program_of, signature
from iree_explorer.execution.values.made_up import made_up
from tests.conformance.agreement import disagreements
from tests.conformance.arithmetic import TOLERANCES, float_calls, integer_calls, scale_calls, small_float_calls
from tests.conformance.structured_ops import named_op_calls

MODELS: Final = Path(__file__).with_name("models")
TOLERANCE: Final = 1e-3


@pytest.mark.parametrize("type_", ["i1", "i4", "i8", "i32", "i64"])
def test_integer_arithmetic(type_: str) -> None:
    assert disagreements([*integer_calls(type_)]) == []


@pytest.mark.parametrize("type_", sorted(TOLERANCES))
def test_float_arithmetic(type_: str) -> None:
    assert disagreements([*float_calls(type_)]) == []


@pytest.mark.parametrize("type_", ["f8E4M3FN", "f8E5M2", "f8E4M3FNUZ", "f8E5M2FNUZ"])
def test_arithmetic_of_small_floats(type_: str) -> None:
    assert disagreements([*small_float_calls(type_)]) == []


def test_scales() -> None:
    assert disagreements([*scale_calls()]) == []


@pytest.mark.parametrize("type_", ["f32", "i8"])
def test_named_ops(type_: str) -> None:
    assert disagreements([*named_op_calls(type_)]) == []


@pytest.mark.parametrize("name", sorted(path.stem for path in MODELS.glob("*.mlir")))
def test_models(name: str) -> None:
    """Programs as front ends make them, on random numbers; dynamic dimensions are 5."""
    module = ie.load(MODELS / f"{name}.mlir")
    scheduled = ie.schedule(module, trace=False)
    generator = np.random.default_rng(7)
    for function in program_of(module).functions():
        inputs = [made_up(type_, generator, dynamic=5) for type_ in signature(module, function).inputs]
        have, want = (ie.run(scheduled, function, *inputs, backend=backend).outputs for backend in ("numpy", "iree"))
        for a, b in zip(have, want, strict=True):
            assert a.dtype == b.dtype, function
            tolerance = 0 if b.dtype.kind in "biu" else TOLERANCE
            np.testing.assert_allclose(a, b, rtol=tolerance, atol=tolerance, err_msg=function)
