from tests.unit.dialects.texts import assert_round_trips, error_of

BODY = """\
%0 = complex.re %arg0 : complex<f32>
%1 = complex.im %arg0 : complex<f32>
%2 = complex.conj %arg0 : complex<f32>
%3 = complex.add %arg0, %arg0 fastmath<fast> : complex<f32>
%4 = complex.create %0, %1 : complex<f32>
%cst = complex.constant [1.000000e+00 : f32, 2.000000e+00 : f32] : complex<f32>
%5 = complex.abs %arg0 : complex<f32>
%6 = complex.bitcast %arg0 : complex<f32> to i64
%7 = complex.powi %arg0, %arg1 : complex<f32>, i32
%cst_0 = arith.constant dense<(1.000000e+00,2.000000e+00)> : tensor<4xcomplex<f32>>"""


def test_ops_print_back() -> None:
    assert_round_trips(BODY, "complex<f32>; i32")


def test_wrong_types_are_refused() -> None:
    assert "must be complex type, but got 'f32'" in error_of("%0 = complex.powi %arg0, %arg1 : f32, i32", "f32; i32")
