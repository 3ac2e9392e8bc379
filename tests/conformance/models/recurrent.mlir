// Loops and branches around whole-tensor ops.

func.func @lstm(%xs: tensor<5x4x6xf32>, %w: tensor<14x32xf32>, %b: tensor<32xf32>) -> (tensor<4x8xf32>, tensor<5x4x8xf32>) {
  %z = stablehlo.constant dense<0> : tensor<i32>
  %one = stablehlo.constant dense<1> : tensor<i32>
  %n = stablehlo.constant dense<5> : tensor<i32>
  %h0 = stablehlo.constant dense<0.0> : tensor<4x8xf32>
  %ys0 = stablehlo.constant dense<0.0> : tensor<5x4x8xf32>
  %r:4 = stablehlo.while(%i = %z, %h = %h0, %c = %h0, %ys = %ys0) : tensor<i32>, tensor<4x8xf32>, tensor<4x8xf32>, tensor<5x4x8xf32>
  cond {
   %lt = stablehlo.compare LT, %i, %n : (tensor<i32>, tensor<i32>) -> tensor<i1>
   stablehlo.return %lt : tensor<i1>
  } do {
   %x1 = stablehlo.dynamic_slice %xs, %i, %z, %z, sizes = [1, 4, 6] : (tensor<5x4x6xf32>, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<1x4x6xf32>
   %x = stablehlo.reshape %x1 : (tensor<1x4x6xf32>) -> tensor<4x6xf32>
   %xh = stablehlo.concatenate %x, %h, dim = 1 : (tensor<4x6xf32>, tensor<4x8xf32>) -> tensor<4x14xf32>
   %g0 = stablehlo.dot_general %xh, %w, contracting_dims = [1] x [0] : (tensor<4x14xf32>, tensor<14x32xf32>) -> tensor<4x32xf32>
   %bb = stablehlo.broadcast_in_dim %b, dims = [1] : (tensor<32xf32>) -> tensor<4x32xf32>
   %g = stablehlo.add %g0, %bb : tensor<4x32xf32>
   %gi = stablehlo.slice %g [0:4, 0:8] : (tensor<4x32xf32>) -> tensor<4x8xf32>
   %gf = stablehlo.slice %g [0:4, 8:16] : (tensor<4x32xf32>) -> tensor<4x8xf32>
   %gg = stablehlo.slice %g [0:4, 16:24] : (tensor<4x32xf32>) -> tensor<4x8xf32>
   %go = stablehlo.slice %g [0:4, 24:32] : (tensor<4x32xf32>) -> tensor<4x8xf32>
   %si = stablehlo.logistic %gi : tensor<4x8xf32>
   %sf = stablehlo.logistic %gf : tensor<4x8xf32>
   %tg = stablehlo.tanh %gg : tensor<4x8xf32>
   %so = stablehlo.logistic %go : tensor<4x8xf32>
   %fc = stablehlo.multiply %sf, %c : tensor<4x8xf32>
   %ig = stablehlo.multiply %si, %tg : tensor<4x8xf32>
   %cn = stablehlo.add %fc, %ig : tensor<4x8xf32>
   %tc = stablehlo.tanh %cn : tensor<4x8xf32>
   %hn = stablehlo.multiply %so, %tc : tensor<4x8xf32>
   %hr = stablehlo.reshape %hn : (tensor<4x8xf32>) -> tensor<1x4x8xf32>
   %ysn = stablehlo.dynamic_update_slice %ys, %hr, %i, %z, %z : (tensor<5x4x8xf32>, tensor<1x4x8xf32>, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<5x4x8xf32>
   %i1 = stablehlo.add %i, %one : tensor<i32>
   stablehlo.return %i1, %hn, %cn, %ysn : tensor<i32>, tensor<4x8xf32>, tensor<4x8xf32>, tensor<5x4x8xf32>
  }
  return %r#1, %r#3 : tensor<4x8xf32>, tensor<5x4x8xf32>
}

func.func @cases(%i: tensor<i32>, %p: tensor<i1>, %x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %0 = "stablehlo.case"(%i) ({
   %a = stablehlo.add %x, %x : tensor<4xf32>
   stablehlo.return %a : tensor<4xf32>
  }, {
   %a = stablehlo.exponential %x : tensor<4xf32>
   stablehlo.return %a : tensor<4xf32>
  }, {
   %a = stablehlo.negate %x : tensor<4xf32>
   stablehlo.return %a : tensor<4xf32>
  }) : (tensor<i32>) -> tensor<4xf32>
  %1 = "stablehlo.if"(%p) ({
   stablehlo.return %0 : tensor<4xf32>
  }, {
   %a = stablehlo.multiply %x, %0 : tensor<4xf32>
   stablehlo.return %a : tensor<4xf32>
  }) : (tensor<i1>) -> tensor<4xf32>
  return %0, %1 : tensor<4xf32>, tensor<4xf32>
}
