// what is read is padded by itself, also where it has been before
func.func @f(%a: tensor<2x?x34x16xf32>, %n: index) -> tensor<2x64x144xf32> {
  %zero = arith.constant 0.0 : f32
  %same = arith.constant 0.0 : f32
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %inner = tensor.pad %a low[0, %n, %c1, 0] high[0, 1, 2, 0] {
  ^bb0(%i: index, %j: index, %k: index, %l: index):
    tensor.yield %zero : f32
  } : tensor<2x?x34x16xf32> to tensor<2x?x?x16xf32>
  %empty = tensor.empty() : tensor<2x64x144xf32>
  %0 = iree_linalg_ext.im2col strides = [1, 1] dilations = [1, 1] kernel_size = [%c2, 3] offsets = [0, %n, 0] output_sizes = [[%c2], [%n, 32], [3, 3, 16]] batch_pos = [0] m_pos = [1, 2] k_pos = [3] input_k_perm = [0, 1, 2] output_perm = [0, 1, 2] input_pad_low = [0, %n, 1, 0] input_pad_high = [0, 1, %c1, 0] pad_value(%same : f32) ins(%inner : tensor<2x?x?x16xf32>) outs(%empty : tensor<2x64x144xf32>) -> tensor<2x64x144xf32>
  return %0 : tensor<2x64x144xf32>
}

// -----
// what is made is padded by itself, also where it has been before
func.func @f(%a: tensor<2x34x34x16xf32>, %n: index, %m: index) -> tensor<2x?x146xf32> {
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty(%n) : tensor<2x?x144xf32>
  %0 = iree_linalg_ext.im2col strides = [1, 1] dilations = [1, 1] kernel_size = [3, 3] offsets = [0, 0, 0] output_sizes = [[2], [32, 32], [3, 3, 16]] batch_pos = [0] m_pos = [1, 2] k_pos = [3] input_k_perm = [0, 1, 2] output_perm = [0, 1, 2] output_pad_low = [0, 1, 0] output_pad_high = [0, %m, 3] pad_value(%zero : f32) ins(%a : tensor<2x34x34x16xf32>) outs(%empty : tensor<2x?x144xf32>) -> tensor<2x?x144xf32>
  %1 = tensor.pad %0 low[0, %n, 0] high[0, 1, 2] {
  ^bb0(%i: index, %j: index, %k: index):
    tensor.yield %zero : f32
  } : tensor<2x?x144xf32> to tensor<2x?x146xf32>
  return %1 : tensor<2x?x146xf32>
}

// -----
// paddings of other values, of computed ones and of what others use stay
func.func @f(%a: tensor<2x34x34x16xf32>, %v: f32) -> (tensor<2x1026x144xf32>, tensor<2x1024x144xf32>) {
  %zero = arith.constant 0.0 : f32
  %one = arith.constant 1.0 : f32
  %pad = tensor.pad %a low[0, 1, 1, 0] high[0, 1, 1, 0] {
  ^bb0(%i: index, %j: index, %k: index, %l: index):
    tensor.yield %v : f32
  } : tensor<2x34x34x16xf32> to tensor<2x36x36x16xf32>
  %empty = tensor.empty() : tensor<2x1024x144xf32>
  %0 = iree_linalg_ext.im2col strides = [1, 1] dilations = [1, 1] kernel_size = [3, 3] offsets = [0, 0, 0] output_sizes = [[2], [32, 32], [3, 3, 16]] batch_pos = [0] m_pos = [1, 2] k_pos = [3] input_k_perm = [0, 1, 2] output_perm = [0, 1, 2] pad_value(%one : f32) ins(%pad : tensor<2x36x36x16xf32>) outs(%empty : tensor<2x1024x144xf32>) -> tensor<2x1024x144xf32>
  %1 = tensor.pad %0 low[0, 1, 0] high[0, 1, 0] {
  ^bb0(%i: index, %j: index, %k: index):
    tensor.yield %one : f32
  } : tensor<2x1024x144xf32> to tensor<2x1026x144xf32>
  return %1, %0 : tensor<2x1026x144xf32>, tensor<2x1024x144xf32>
}
