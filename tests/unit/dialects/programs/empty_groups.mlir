module {
  util.func public @f(%arg0: f32, %arg1: !stream.timepoint) {
    %generated = tensor.generate  {
    ^bb0(%arg2: index):
      tensor.yield %arg0 : f32
    } : tensor<4xf32>
    util.return
  }
}
