import pytest
from xdsl.traits import Pure

from iree_explorer.dialects import math
from tests.unit.dialects.texts import assert_round_trips, error_of

UNARY = sorted(op.name for op in math.Math.operations if issubclass(op, math.FloatUnaryOp))


@pytest.mark.parametrize("name", UNARY)
def test_unary_functions(name: str) -> None:
    assert_round_trips(
        f"%0 = {name} %arg0 : f32\n%1 = {name} %arg1 fastmath<fast> : tensor<4xf16>", "f32; tensor<4xf16>"
    )


def test_the_other_functions() -> None:
    assert_round_trips(
        "%0 = math.isnan %arg0 : f32\n%1 = math.isinf %arg1 : tensor<4xf32>\n"
        "%2 = math.clampf %arg0 to [%arg0, %arg0] fastmath<fast> : f32\n%sin, %cos = math.sincos %arg0 : f32\n"
        "%3 = math.fpowi %arg0, %arg2 : f32, i32\n%4 = math.ctlz %arg2 : i32\n%5 = math.fma %arg0, %arg0, %arg0 : f32\n"
        "%6 = math.ipowi %arg2, %arg2 : i32\n%7 = math.powf %arg1, %arg1 : tensor<4xf32>\n%8 = math.absi %arg2 : i32",
        "f32; tensor<4xf32>; i32",
    )


def test_a_question_about_a_tensor_is_answered_by_a_tensor() -> None:
    assert_round_trips(
        "%0 = math.isfinite %arg0 : tensor<2x?xf32>\n%1 = arith.andi %0, %0 : tensor<2x?xi1>", "tensor<2x?xf32>"
    )


def test_wrong_types_are_refused() -> None:
    assert "must be floating-point-like, but got 'i32'" in error_of("%0 = math.exp %arg0 : i32", "i32")
    assert "must be signless" in error_of("%0 = math.ctlz %arg0 : f32", "f32")


def test_all_functions_are_pure() -> None:
    assert all(op.has_trait(Pure) for op in math.Math.operations)
