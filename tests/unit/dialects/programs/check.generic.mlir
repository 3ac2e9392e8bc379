"builtin.module"() ({
  "util.func"() <{function_type = (i32, tensor<4xi32>, tensor<2xf32>, !hal.device, !hal.buffer_view) -> (), sym_name = "f", sym_visibility = "private"}> ({
  ^bb0(%arg0: i32, %arg1: tensor<4xi32>, %arg2: tensor<2xf32>, %arg3: !hal.device, %arg4: !hal.buffer_view):
    "check.expect_true"(%arg0) : (i32) -> ()
    "check.expect_false"(%arg0) {a} : (i32) -> ()
    "check.expect_all_true"(%arg3, %arg4) : (!hal.device, !hal.buffer_view) -> ()
    "check.expect_eq"(%arg1, %arg1) : (tensor<4xi32>, tensor<4xi32>) -> ()
    "check.expect_eq"(%arg3, %arg4, %arg4) : (!hal.device, !hal.buffer_view, !hal.buffer_view) -> ()
    "check.expect_eq_const"(%arg1) <{value = dense<[1, 2, 3, 4]> : tensor<4xi32>}> : (tensor<4xi32>) -> ()
    "check.expect_almost_eq"(%arg2, %arg2) <{atol = 9.99999974E-5 : f32, rtol = 0.000000e+00 : f32}> : (tensor<2xf32>, tensor<2xf32>) -> ()
    "check.expect_almost_eq"(%arg2, %arg2) <{atol = 1.000000e+00 : f32, rtol = 5.000000e-01 : f32}> : (tensor<2xf32>, tensor<2xf32>) -> ()
    "check.expect_almost_eq_const"(%arg2) <{atol = 1.000000e+00 : f32, rtol = 0.000000e+00 : f32, value = dense<0.000000e+00> : tensor<2xf32>}> : (tensor<2xf32>) -> ()
    "util.return"() : () -> ()
  }) : () -> ()
}) : () -> ()
