module {
  util.func public @expected(%arg0: tensor<2x2xi32>, %arg1: tensor<2xf32>, %arg2: !hal.device) {
    %cst = arith.constant dense<1.000000e+00> : tensor<2xf32>
    %cst_0 = arith.constant dense<1> : tensor<2x2xi32>
    check.expect_eq(%arg0, %cst_0) : tensor<2x2xi32>
    check.expect_almost_eq(%arg1, %cst) : tensor<2xf32>
    check.expect_almost_eq(%arg1, %cst, atol 0.00999999977, rtol 1.000000e-03) : tensor<2xf32>
    check.expect_eq<%arg2>(%arg0, %cst_0) : tensor<2x2xi32>
    util.return
  }
}

