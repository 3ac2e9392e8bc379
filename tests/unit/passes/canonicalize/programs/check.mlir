// expected constants become constants
util.func public @expected(%a: tensor<2x2xi32>, %b: tensor<2xf32>, %d: !hal.device) {
  check.expect_eq_const(%a, dense<1> : tensor<2x2xi32>) : tensor<2x2xi32>
  check.expect_almost_eq_const(%b, dense<1.0> : tensor<2xf32>) : tensor<2xf32>
  check.expect_almost_eq_const(%b, dense<1.0> : tensor<2xf32>, atol 1.0e-2, rtol 1.0e-3) : tensor<2xf32>
  check.expect_eq_const<%d>(%a, dense<1> : tensor<2x2xi32>) : tensor<2x2xi32>
  util.return
}
