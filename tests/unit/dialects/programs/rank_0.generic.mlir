"builtin.module"() ({
  "util.func"() <{function_type = (tensor<i32>, !stream.resource<*>, index) -> (tensor<i32>, !stream.resource<*>, !stream.resource<*>), sym_name = "f", sym_visibility = "private", tied_operands = [-1 : index, -1 : index, -1 : index]}> ({
  ^bb0(%arg0: tensor<i32>, %arg1: !stream.resource<*>, %arg2: index):
    %0 = "flow.tensor.slice"(%arg0) <{operandSegmentSizes = array<i32: 1, 0, 0, 0, 0>}> : (tensor<i32>) -> tensor<i32>
    %1 = "stream.tensor.slice"(%arg1, %arg2, %arg2) <{operandSegmentSizes = array<i32: 1, 0, 1, 0, 0, 0, 1>, result_encoding = tensor<i32>, source_encoding = tensor<i32>}> : (!stream.resource<*>, index, index) -> !stream.resource<*>
    %2 = "stream.tensor.update"(%arg1, %arg2, %arg1, %arg2) <{operandSegmentSizes = array<i32: 1, 0, 1, 0, 1, 0, 1>, target_encoding = tensor<i32>, update_encoding = tensor<i32>}> : (!stream.resource<*>, index, !stream.resource<*>, index) -> !stream.resource<*>
    "util.return"(%0, %1, %2) : (tensor<i32>, !stream.resource<*>, !stream.resource<*>) -> ()
  }) : () -> ()
}) : () -> ()
