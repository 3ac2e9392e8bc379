module {
  util.func private @f(%arg0: tensor<i32>, %arg1: !stream.resource<*>, %arg2: index) -> (tensor<i32>, !stream.resource<*>, !stream.resource<*>) {
    %0 = flow.tensor.slice %arg0[ for ] : tensor<i32> -> tensor<i32>
    %1 = stream.tensor.slice %arg1[ for ] : tensor<i32> in !stream.resource<*>{%arg2} -> tensor<i32> in !stream.resource<*>{%arg2}
    %2 = stream.tensor.update %arg1, %arg1[] : tensor<i32> in !stream.resource<*>{%arg2} -> tensor<i32> in %arg1 as !stream.resource<*>{%arg2}
    util.return %0, %1, %2 : tensor<i32>, !stream.resource<*>, !stream.resource<*>
  }
}
