module {
  func.func @dim(%arg0: tensor<?x8xf32>, %arg1: index) -> (index, tensor<?x8xf32>) {
    %c0 = arith.constant 0 : index
    %0 = scf.forall (%arg2) in (%arg1) shared_outs(%arg3 = %arg0) -> (tensor<?x8xf32>) {
      %extracted_slice = tensor.extract_slice %arg0[%arg2, 0] [1, 8] [1, 1] : tensor<?x8xf32> to tensor<1x8xf32>
      scf.forall.in_parallel {
        tensor.parallel_insert_slice %extracted_slice into %arg3[%arg2, 0] [1, 8] [1, 1] : tensor<1x8xf32> into tensor<?x8xf32>
      }
    }
    %dim = tensor.dim %arg0, %c0 : tensor<?x8xf32>
    return %dim, %0 : index, tensor<?x8xf32>
  }
}


// -----
module {
  func.func @const(%arg0: tensor<?x8xf32>) -> tensor<?x8xf32> {
    %0 = scf.forall (%arg1) = (0) to (9) step (2) shared_outs(%arg2 = %arg0) -> (tensor<?x8xf32>) {
      %extracted_slice = tensor.extract_slice %arg0[%arg1, 0] [1, 8] [1, 1] : tensor<?x8xf32> to tensor<1x8xf32>
      scf.forall.in_parallel {
        tensor.parallel_insert_slice %extracted_slice into %arg2[%arg1, 0] [1, 8] [1, 1] : tensor<1x8xf32> into tensor<?x8xf32>
      }
    }
    return %0 : tensor<?x8xf32>
  }
}


// -----
module {
  func.func @single(%arg0: tensor<?x8xf32>, %arg1: index) -> tensor<?x8xf32> {
    %0 = scf.forall (%arg2) in (%arg1) shared_outs(%arg3 = %arg0) -> (tensor<?x8xf32>) {
      %extracted_slice = tensor.extract_slice %arg0[%arg2, 0] [1, 8] [1, 1] : tensor<?x8xf32> to tensor<1x8xf32>
      scf.forall.in_parallel {
        tensor.parallel_insert_slice %extracted_slice into %arg3[%arg2, 0] [1, 8] [1, 1] : tensor<1x8xf32> into tensor<?x8xf32>
      }
    }
    return %0 : tensor<?x8xf32>
  }
}


// -----
module {
  func.func @single_all(%arg0: tensor<?x8xf32>, %arg1: index) -> tensor<?x8xf32> {
    return %arg0 : tensor<?x8xf32>
  }
}


// -----
module {
  func.func @zero(%arg0: tensor<?x8xf32>, %arg1: index) -> tensor<?x8xf32> {
    return %arg0 : tensor<?x8xf32>
  }
}


// -----
module {
  func.func @mapped(%arg0: tensor<?x8xf32>, %arg1: index) -> tensor<?x8xf32> {
    %0 = scf.forall (%arg2, %arg3) in (%arg1, 1) shared_outs(%arg4 = %arg0) -> (tensor<?x8xf32>) {
      %extracted_slice = tensor.extract_slice %arg0[%arg2, 0] [1, 8] [1, 1] : tensor<?x8xf32> to tensor<1x8xf32>
      scf.forall.in_parallel {
        tensor.parallel_insert_slice %extracted_slice into %arg4[%arg2, 0] [1, 8] [1, 1] : tensor<1x8xf32> into tensor<?x8xf32>
      }
    } {mapping = [#iree_codegen.workgroup_mapping<y>, #iree_codegen.workgroup_mapping<x>]}
    return %0 : tensor<?x8xf32>
  }
}


// -----
module {
  func.func @unused(%arg0: tensor<?x8xf32>, %arg1: tensor<4xf32>, %arg2: index) -> (tensor<?x8xf32>, tensor<4xf32>) {
    %0 = scf.forall (%arg3) in (%arg2) shared_outs(%arg4 = %arg0) -> (tensor<?x8xf32>) {
      %extracted_slice = tensor.extract_slice %arg0[%arg3, 0] [1, 8] [1, 1] : tensor<?x8xf32> to tensor<1x8xf32>
      scf.forall.in_parallel {
        tensor.parallel_insert_slice %extracted_slice into %arg4[%arg3, 0] [1, 8] [1, 1] : tensor<1x8xf32> into tensor<?x8xf32>
      }
    }
    return %0, %arg1 : tensor<?x8xf32>, tensor<4xf32>
  }
}


// -----
module {
  func.func @cast2(%arg0: tensor<16x8xf32>, %arg1: tensor<16x?xf32>, %arg2: index) -> (tensor<?x8xf32>, tensor<?x?xf32>) {
    %0:2 = scf.forall (%arg3) in (%arg2) shared_outs(%arg4 = %arg0, %arg5 = %arg1) -> (tensor<16x8xf32>, tensor<16x?xf32>) {
      %extracted_slice = tensor.extract_slice %arg4[%arg3, 0] [1, 8] [1, 1] : tensor<16x8xf32> to tensor<1x8xf32>
      %extracted_slice_1 = tensor.extract_slice %arg5[%arg3, 0] [1, %arg2] [1, 1] : tensor<16x?xf32> to tensor<1x?xf32>
      scf.forall.in_parallel {
        tensor.parallel_insert_slice %extracted_slice into %arg4[%arg3, 0] [1, 8] [1, 1] : tensor<1x8xf32> into tensor<16x8xf32>
        tensor.parallel_insert_slice %extracted_slice_1 into %arg5[%arg3, 0] [1, %arg2] [1, 1] : tensor<1x?xf32> into tensor<16x?xf32>
      }
    }
    %cast = tensor.cast %0#0 : tensor<16x8xf32> to tensor<?x8xf32>
    %cast_0 = tensor.cast %0#1 : tensor<16x?xf32> to tensor<?x?xf32>
    return %cast, %cast_0 : tensor<?x8xf32>, tensor<?x?xf32>
  }
}


// -----
module {
  func.func @no_outputs(%arg0: memref<8xf32>, %arg1: f32) {
    %c0 = arith.constant 0 : index
    scf.forall (%arg2) in (8) {
      memref.store %arg1, %arg0[%arg2] : memref<8xf32>
      memref.store %arg1, %arg0[%c0] : memref<8xf32>
    }
    memref.store %arg1, %arg0[%c0] : memref<8xf32>
    scf.forall (%arg2) in (8) {
      memref.store %arg1, %arg0[%arg2] : memref<8xf32>
      memref.store %arg1, %arg0[%c0] : memref<8xf32>
    } {foo = 1 : i32, mapping = []}
    return
  }
}


// -----
module {
  func.func @nested(%arg0: tensor<?x8xf32>, %arg1: index) -> tensor<?x8xf32> {
    %cst = arith.constant 0.000000e+00 : f32
    %0 = scf.forall (%arg2, %arg3) in (%arg1, 1) shared_outs(%arg4 = %arg0) -> (tensor<?x8xf32>) {
      %extracted_slice = tensor.extract_slice %arg0[%arg2, 0] [1, 8] [1, 1] : tensor<?x8xf32> to tensor<1x8xf32>
      %1 = linalg.fill ins(%cst : f32) outs(%extracted_slice : tensor<1x8xf32>) -> tensor<1x8xf32>
      scf.forall.in_parallel {
        tensor.parallel_insert_slice %1 into %arg4[%arg2, 0] [1, 8] [1, 1] : tensor<1x8xf32> into tensor<?x8xf32>
      }
    } {mapping = [#iree_codegen.workgroup_mapping<y>, #iree_codegen.workgroup_mapping<x>]}
    return %0 : tensor<?x8xf32>
  }
}


// -----
module {
  func.func @srccast3(%arg0: tensor<?x8xf32>, %arg1: tensor<?x?xf32>, %arg2: index) -> tensor<?x8xf32> {
    %0 = scf.forall (%arg3) in (%arg2) shared_outs(%arg4 = %arg0) -> (tensor<?x8xf32>) {
      %cast = tensor.cast %arg1 : tensor<?x?xf32> to tensor<4x?xf32>
      scf.forall.in_parallel {
        tensor.parallel_insert_slice %cast into %arg4[%arg3, 0] [4, %arg2] [1, 1] : tensor<4x?xf32> into tensor<?x8xf32>
      }
    }
    return %0 : tensor<?x8xf32>
  }
}


// -----
module {
  func.func @steps(%arg0: tensor<8x8xf32>, %arg1: tensor<1x8xf32>, %arg2: index) -> tensor<8x8xf32> {
    %c1 = arith.constant 1 : index
    %0 = scf.forall (%arg3) = (0) to (%arg2) step (%arg2) shared_outs(%arg4 = %arg0) -> (tensor<8x8xf32>) {
      %extracted_slice = tensor.extract_slice %arg0[%arg2, %c1] [1, 8] [1, 1] : tensor<8x8xf32> to tensor<1x8xf32>
      scf.forall.in_parallel {
        tensor.parallel_insert_slice %extracted_slice into %arg4[%arg2, %arg3] [1, 8] [1, 1] : tensor<1x8xf32> into tensor<8x8xf32>
      }
    }
    return %0 : tensor<8x8xf32>
  }
}


// -----
module {
  func.func @neg2(%arg0: memref<?xindex>, %arg1: index, %arg2: index) {
    %c0 = arith.constant 0 : index
    memref.store %c0, %arg0[%arg1] : memref<?xindex>
    scf.forall (%arg3) = (4) to (8) step (0) {
      memref.store %arg3, %arg0[%arg1] : memref<?xindex>
    }
    scf.forall (%arg3) = (4) to (8) step (-4) {
      memref.store %arg3, %arg0[%arg1] : memref<?xindex>
    }
    scf.forall (%arg3, %arg4) = (4, %arg1) to (2, %arg1) step (%arg1, 1) {
      memref.store %arg3, %arg0[%arg4] : memref<?xindex>
    } {mapping = [#iree_codegen.workgroup_mapping<y>, #iree_codegen.workgroup_mapping<x>]}
    return
  }
}


// -----
module {
  func.func @swapped(%arg0: tensor<16x8xf32>, %arg1: tensor<1x8xf32>, %arg2: tensor<1x8xf32>, %arg3: index) -> (tensor<?x8xf32>, tensor<?x8xf32>) {
    %0:2 = scf.forall (%arg4) in (%arg3) shared_outs(%arg5 = %arg0, %arg6 = %arg0) -> (tensor<16x8xf32>, tensor<16x8xf32>) {
      scf.forall.in_parallel {
        tensor.parallel_insert_slice %arg1 into %arg6[%arg4, 0] [1, 8] [1, 1] : tensor<1x8xf32> into tensor<16x8xf32>
        tensor.parallel_insert_slice %arg2 into %arg5[%arg4, 0] [1, 8] [1, 1] : tensor<1x8xf32> into tensor<16x8xf32>
      }
    }
    %cast = tensor.cast %0#0 : tensor<16x8xf32> to tensor<?x8xf32>
    %cast_0 = tensor.cast %0#1 : tensor<16x8xf32> to tensor<?x8xf32>
    return %cast, %cast_0 : tensor<?x8xf32>, tensor<?x8xf32>
  }
}


// -----
module {
  func.func @more(%arg0: tensor<16x8xf32>, %arg1: tensor<?x8xf32>, %arg2: tensor<1x8xf32>, %arg3: tensor<1x8xf32>, %arg4: index) -> (tensor<?x8xf32>, tensor<?x8xf32>) {
    %0:2 = scf.forall (%arg5) in (%arg4) shared_outs(%arg6 = %arg0, %arg7 = %arg1) -> (tensor<16x8xf32>, tensor<?x8xf32>) {
      scf.forall.in_parallel {
        tensor.parallel_insert_slice %arg2 into %arg6[%arg5, 0] [1, 8] [1, 1] : tensor<1x8xf32> into tensor<16x8xf32>
        tensor.parallel_insert_slice %arg3 into %arg6[%arg5, 0] [1, 8] [1, 1] : tensor<1x8xf32> into tensor<16x8xf32>
        tensor.parallel_insert_slice %arg3 into %arg7[%arg5, 0] [1, 8] [1, 1] : tensor<1x8xf32> into tensor<?x8xf32>
      }
    }
    %cast = tensor.cast %0#0 : tensor<16x8xf32> to tensor<?x8xf32>
    return %cast, %0#1 : tensor<?x8xf32>, tensor<?x8xf32>
  }
}


// -----
module {
  func.func @a(%arg0: tensor<16x8xf32>, %arg1: tensor<16x8xf32>, %arg2: tensor<1x8xf32>, %arg3: index) -> tensor<16x8xf32> {
    %0 = scf.forall (%arg4) in (%arg3) shared_outs(%arg5 = %arg0) -> (tensor<16x8xf32>) {
      scf.forall.in_parallel {
        tensor.parallel_insert_slice %arg2 into %arg5[%arg4, 0] [1, 8] [1, 1] : tensor<1x8xf32> into tensor<16x8xf32>
      }
    } {foo = 1 : i32}
    return %0 : tensor<16x8xf32>
  }
}

