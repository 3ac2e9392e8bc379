"builtin.module"() ({
  "util.func"() <{function_type = (f32, !stream.timepoint) -> (), sym_name = "f", sym_visibility = "public"}> ({
  ^bb0(%arg0: f32, %arg1: !stream.timepoint):
    %0 = "tensor.generate"() ({
    ^bb0(%arg2: index):
      "tensor.yield"(%arg0) : (f32) -> ()
    }) : () -> tensor<4xf32>
    "util.return"() : () -> ()
  }) : () -> ()
}) : () -> ()
