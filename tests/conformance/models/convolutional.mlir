// Convolutions with groups, dilations and strides in the input; pooling and its gradient.

func.func @convolutions(%x: tensor<1x8x9x10xf32>, %w: tensor<12x2x3x3xf32>, %d: tensor<8x1x3x3xf32>, %t: tensor<8x8x3x3xf32>) -> (tensor<1x12x5x5xf32>, tensor<1x8x9x10xf32>, tensor<1x8x19x21xf32>) {
  %a = stablehlo.convolution(%x, %w) dim_numbers = [b, f, 0, 1]x[o, i, 0, 1]->[b, f, 0, 1], window = {stride = [2, 2], pad = [[1, 1], [1, 1]]} {feature_group_count = 4 : i64, batch_group_count = 1 : i64} : (tensor<1x8x9x10xf32>, tensor<12x2x3x3xf32>) -> tensor<1x12x5x5xf32>
  %b = stablehlo.convolution(%x, %d) dim_numbers = [b, f, 0, 1]x[o, i, 0, 1]->[b, f, 0, 1], window = {stride = [1, 1], pad = [[2, 2], [2, 2]], rhs_dilate = [2, 2]} {feature_group_count = 8 : i64, batch_group_count = 1 : i64} : (tensor<1x8x9x10xf32>, tensor<8x1x3x3xf32>) -> tensor<1x8x9x10xf32>
  %c = stablehlo.convolution(%x, %t) dim_numbers = [b, f, 0, 1]x[o, i, 0, 1]->[b, f, 0, 1], window = {stride = [1, 1], pad = [[2, 2], [2, 2]], lhs_dilate = [2, 2]} {feature_group_count = 1 : i64, batch_group_count = 1 : i64} : (tensor<1x8x9x10xf32>, tensor<8x8x3x3xf32>) -> tensor<1x8x19x21xf32>
  return %a, %b, %c : tensor<1x12x5x5xf32>, tensor<1x8x9x10xf32>, tensor<1x8x19x21xf32>
}

func.func @normalise_and_pool(%x: tensor<1x8x8x3xf32>, %s: tensor<3xf32>, %o: tensor<3xf32>, %m: tensor<3xf32>, %v: tensor<3xf32>) -> (tensor<1x4x4x3xf32>, tensor<1x7x7x3xf32>) {
  %bn = "stablehlo.batch_norm_inference"(%x, %s, %o, %m, %v) {epsilon = 1.0e-3 : f32, feature_index = 3 : i64} : (tensor<1x8x8x3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>) -> tensor<1x8x8x3xf32>
  %ninf = stablehlo.constant dense<0xFF800000> : tensor<f32>
  %z = stablehlo.constant dense<0.0> : tensor<f32>
  %a = "stablehlo.reduce_window"(%bn, %ninf) ({
  ^bb0(%p: tensor<f32>, %q: tensor<f32>):
   %w = stablehlo.maximum %p, %q : tensor<f32>
   stablehlo.return %w : tensor<f32>
  }) {window_dimensions = array<i64: 1, 3, 3, 1>, window_strides = array<i64: 1, 2, 2, 1>, padding = dense<[[0, 0], [0, 1], [0, 1], [0, 0]]> : tensor<4x2xi64>} : (tensor<1x8x8x3xf32>, tensor<f32>) -> tensor<1x4x4x3xf32>
  %b = "stablehlo.reduce_window"(%bn, %z) ({
  ^bb0(%p: tensor<f32>, %q: tensor<f32>):
   %w = stablehlo.add %p, %q : tensor<f32>
   stablehlo.return %w : tensor<f32>
  }) {window_dimensions = array<i64: 1, 2, 2, 1>, window_strides = array<i64: 1, 1, 1, 1>} : (tensor<1x8x8x3xf32>, tensor<f32>) -> tensor<1x7x7x3xf32>
  return %a, %b : tensor<1x4x4x3xf32>, tensor<1x7x7x3xf32>
}

func.func @pooling_gradient(%x: tensor<1x8x8x2xf32>, %s: tensor<1x4x4x2xf32>, %y: tensor<3x7xf32>) -> (tensor<1x8x8x2xf32>, tensor<3x7xf32>, tensor<3x7xf32>) {
  %z = stablehlo.constant dense<0.0> : tensor<f32>
  %0 = "stablehlo.select_and_scatter"(%x, %s, %z) ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
   %c = stablehlo.compare GE, %a, %b : (tensor<f32>, tensor<f32>) -> tensor<i1>
   stablehlo.return %c : tensor<i1>
  }, {
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
   %c = stablehlo.add %a, %b : tensor<f32>
   stablehlo.return %c : tensor<f32>
  }) {window_dimensions = array<i64: 1, 2, 2, 1>, window_strides = array<i64: 1, 2, 2, 1>} : (tensor<1x8x8x2xf32>, tensor<1x4x4x2xf32>, tensor<f32>) -> tensor<1x8x8x2xf32>
  %1 = "stablehlo.reduce_window"(%y, %z) ({
  ^bb0(%p: tensor<f32>, %q: tensor<f32>):
   %w = stablehlo.add %p, %q : tensor<f32>
   stablehlo.return %w : tensor<f32>
  }) {window_dimensions = array<i64: 1, 7>, window_strides = array<i64: 1, 1>, padding = dense<[[0, 0], [6, 0]]> : tensor<2x2xi64>} : (tensor<3x7xf32>, tensor<f32>) -> tensor<3x7xf32>
  %2 = stablehlo.reverse %y, dims = [1] : tensor<3x7xf32>
  return %0, %1, %2 : tensor<1x8x8x2xf32>, tensor<3x7xf32>, tensor<3x7xf32>
}
