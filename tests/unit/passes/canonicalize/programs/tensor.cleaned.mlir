module {
  util.func public @f(%arg0: tensor<4x?xf32>, %arg1: index, %arg2: index) -> (index, index, index, index, index) {
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %c4 = arith.constant 4 : index
    %dim = tensor.dim %arg0, %c1 : tensor<4x?xf32>
    util.return %c2, %c4, %arg2, %arg1, %dim : index, index, index, index, index
  }
}


// -----
module {
  util.func public @f(%arg0: tensor<4x?xf32>, %arg1: tensor<?xf32>) -> (tensor<4x?xf32>, tensor<?x?xf32>, tensor<?xf32>) {
    %cast = tensor.cast %arg0 : tensor<4x?xf32> to tensor<?x?xf32>
    %cast_0 = tensor.cast %arg1 : tensor<?xf32> to tensor<8xf32>
    %cast_1 = tensor.cast %cast_0 : tensor<8xf32> to tensor<?xf32>
    util.return %arg0, %cast, %cast_1 : tensor<4x?xf32>, tensor<?x?xf32>, tensor<?xf32>
  }
}


// -----
module {
  util.func public @f(%arg0: f32, %arg1: f32, %arg2: index) -> (f32, i32, i32, i1, f32) {
    %c4_i32 = arith.constant 4 : i32
    %c7_i32 = arith.constant 7 : i32
    %false = arith.constant false
    %splat = tensor.splat %arg0 : tensor<8xf32>
    %extracted = tensor.extract %splat[%arg2] : tensor<8xf32>
    util.return %arg1, %c4_i32, %c7_i32, %false, %extracted : f32, i32, i32, i1, f32
  }
}


// -----
#encoding = #iree_encoding.testing<>
module {
  util.func public @a(%arg0: index, %arg1: index, %arg2: tensor<?xi1, #encoding>, %arg3: tensor<?xi1, #encoding>) -> tensor<?xi1, #encoding> {
    %inserted_slice = tensor.insert_slice %arg2 into %arg3[%arg1] [%arg0] [1] : tensor<?xi1, #encoding> into tensor<?xi1, #encoding>
    util.return %inserted_slice : tensor<?xi1, #encoding>
  }
  util.func public @a2(%arg0: index, %arg1: tensor<?xi1, #encoding>, %arg2: tensor<?xi1, #encoding>) -> tensor<?xi1, #encoding> {
    %cast = tensor.cast %arg1 : tensor<?xi1, #encoding> to tensor<4xi1, #encoding>
    %inserted_slice = tensor.insert_slice %cast into %arg2[%arg0] [4] [1] : tensor<4xi1, #encoding> into tensor<?xi1, #encoding>
    util.return %inserted_slice : tensor<?xi1, #encoding>
  }
  util.func public @b(%arg0: index, %arg1: tensor<?xi1, #encoding>) -> tensor<?xi1, #encoding> {
    %extracted_slice = tensor.extract_slice %arg1[%arg0] [4] [1] : tensor<?xi1, #encoding> to tensor<4xi1, #encoding>
    %cast = tensor.cast %extracted_slice : tensor<4xi1, #encoding> to tensor<?xi1, #encoding>
    util.return %cast : tensor<?xi1, #encoding>
  }
  util.func public @c() -> tensor<?xi1, #encoding> {
    %0 = tensor.empty() : tensor<4xi1, #encoding>
    %cast = tensor.cast %0 : tensor<4xi1, #encoding> to tensor<?xi1, #encoding>
    util.return %cast : tensor<?xi1, #encoding>
  }
  util.func public @d(%arg0: tensor<?xi1, #encoding>) -> tensor<?xi1, #encoding> {
    %false = arith.constant false
    %c4 = arith.constant 4 : index
    %padded = tensor.pad %arg0 low[%c4] high[%c4] {
    ^bb0(%arg1: index):
      tensor.yield %false : i1
    } : tensor<?xi1, #encoding> to tensor<?xi1, #encoding>
    util.return %padded : tensor<?xi1, #encoding>
  }
  util.func public @f(%arg0: tensor<4xi1, #encoding>) -> tensor<?xi1, #encoding> {
    %c1 = arith.constant 1 : index
    %false = arith.constant false
    %inserted = tensor.insert %false into %arg0[%c1] : tensor<4xi1, #encoding>
    %cast = tensor.cast %inserted : tensor<4xi1, #encoding> to tensor<?xi1, #encoding>
    util.return %cast : tensor<?xi1, #encoding>
  }
  util.func public @g(%arg0: tensor<4xi1, #encoding>, %arg1: index) -> tensor<?xi1, #encoding> {
    %extracted_slice = tensor.extract_slice %arg0[1] [%arg1] [1] : tensor<4xi1, #encoding> to tensor<?xi1, #encoding>
    util.return %extracted_slice : tensor<?xi1, #encoding>
  }
  util.func public @h(%arg0: tensor<2xi1, #encoding>, %arg1: tensor<4xi1, #encoding>) -> tensor<?xi1, #encoding> {
    %inserted_slice = tensor.insert_slice %arg0 into %arg1[1] [2] [1] : tensor<2xi1, #encoding> into tensor<4xi1, #encoding>
    %cast = tensor.cast %inserted_slice : tensor<4xi1, #encoding> to tensor<?xi1, #encoding>
    util.return %cast : tensor<?xi1, #encoding>
  }
  util.func public @q(%arg0: tensor<4x8xi1, #encoding>, %arg1: index) -> tensor<?x?xi1, #encoding> {
    %false = arith.constant false
    %padded = tensor.pad %arg0 low[%arg1, 1] high[%arg1, 1] {
    ^bb0(%arg2: index, %arg3: index):
      tensor.yield %false : i1
    } : tensor<4x8xi1, #encoding> to tensor<?x10xi1, #encoding>
    %cast = tensor.cast %padded : tensor<?x10xi1, #encoding> to tensor<?x?xi1, #encoding>
    util.return %cast : tensor<?x?xi1, #encoding>
  }
}

