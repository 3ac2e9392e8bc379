#map = affine_map<()[s0] -> (s0 * 2)>
module {
  func.func @f(%arg0: tensor<2x?x34x16xf32>, %arg1: index) -> tensor<2x64x144xf32> {
    %cst = arith.constant 0.000000e+00 : f32
    %c2 = arith.constant 2 : index
    %0 = tensor.empty() : tensor<2x64x144xf32>
    %1 = affine.apply #map()[%arg1]
    %2 = iree_linalg_ext.im2col strides = [1, 1] dilations = [1, 1] kernel_size = [%c2, 3] offsets = [0, %arg1, 0] output_sizes = [[2], [%arg1, 32], [3, 3, 16]] batch_pos = [0] m_pos = [1, 2] k_pos = [3] input_k_perm = [0, 1, 2] output_perm = [0, 1, 2] input_pad_low = [0, %1, 2, 0] input_pad_high = [0, 2, 3, 0] pad_value(%cst : f32) ins(%arg0 : tensor<2x?x34x16xf32>) outs(%0 : tensor<2x64x144xf32>) -> tensor<2x64x144xf32>
    return %2 : tensor<2x64x144xf32>
  }
}


// -----
#map = affine_map<()[s0] -> (s0 * 2 + 1)>
#map1 = affine_map<()[s0] -> (s0 + 1)>
module {
  func.func @f(%arg0: tensor<2x34x34x16xf32>, %arg1: index, %arg2: index) -> tensor<2x?x146xf32> {
    %cst = arith.constant 0.000000e+00 : f32
    %0 = affine.apply #map()[%arg1]
    %1 = tensor.empty(%0) : tensor<2x?x146xf32>
    %2 = affine.apply #map1()[%arg1]
    %3 = affine.apply #map1()[%arg2]
    %4 = iree_linalg_ext.im2col strides = [1, 1] dilations = [1, 1] kernel_size = [3, 3] offsets = [0, 0, 0] output_sizes = [[2], [32, 32], [3, 3, 16]] batch_pos = [0] m_pos = [1, 2] k_pos = [3] input_k_perm = [0, 1, 2] output_perm = [0, 1, 2] output_pad_low = [0, %2, 0] output_pad_high = [0, %3, 5] pad_value(%cst : f32) ins(%arg0 : tensor<2x34x34x16xf32>) outs(%1 : tensor<2x?x146xf32>) -> tensor<2x?x146xf32>
    return %4 : tensor<2x?x146xf32>
  }
}


// -----
module {
  func.func @f(%arg0: tensor<2x34x34x16xf32>, %arg1: f32) -> (tensor<2x1026x144xf32>, tensor<2x1024x144xf32>) {
    %cst = arith.constant 1.000000e+00 : f32
    %padded = tensor.pad %arg0 low[0, 1, 1, 0] high[0, 1, 1, 0] {
    ^bb0(%arg2: index, %arg3: index, %arg4: index, %arg5: index):
      tensor.yield %arg1 : f32
    } : tensor<2x34x34x16xf32> to tensor<2x36x36x16xf32>
    %0 = tensor.empty() : tensor<2x1024x144xf32>
    %1 = iree_linalg_ext.im2col strides = [1, 1] dilations = [1, 1] kernel_size = [3, 3] offsets = [0, 0, 0] output_sizes = [[2], [32, 32], [3, 3, 16]] batch_pos = [0] m_pos = [1, 2] k_pos = [3] input_k_perm = [0, 1, 2] output_perm = [0, 1, 2] pad_value(%cst : f32) ins(%padded : tensor<2x36x36x16xf32>) outs(%0 : tensor<2x1024x144xf32>) -> tensor<2x1024x144xf32>
    %padded_0 = tensor.pad %1 low[0, 1, 0] high[0, 1, 0] {
    ^bb0(%arg2: index, %arg3: index, %arg4: index):
      tensor.yield %cst : f32
    } : tensor<2x1024x144xf32> to tensor<2x1026x144xf32>
    return %padded_0, %1 : tensor<2x1026x144xf32>, tensor<2x1024x144xf32>
  }
}

