// a result has the dimensions of its shared output
func.func @dim(%t: tensor<?x8xf32>, %n: index) -> (index, tensor<?x8xf32>) {
  %c0 = arith.constant 0 : index
  %0 = scf.forall (%i) in (%n) shared_outs(%o = %t) -> (tensor<?x8xf32>) {
    %e = tensor.extract_slice %t[%i, 0] [1, 8] [1, 1] : tensor<?x8xf32> to tensor<1x8xf32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %e into %o[%i, 0] [1, 8] [1, 1] : tensor<1x8xf32> into tensor<?x8xf32>
    }
  }
  %d = tensor.dim %0, %c0 : tensor<?x8xf32>
  return %d, %0 : index, tensor<?x8xf32>
}

// -----
// constant bounds and places are taken in
func.func @const(%t: tensor<?x8xf32>) -> (tensor<?x8xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c9 = arith.constant 9 : index
  %0 = scf.forall (%i) = (%c0) to (%c9) step (%c2) shared_outs(%o = %t) -> (tensor<?x8xf32>) {
    %e = tensor.extract_slice %t[%i, 0] [%c1, 8] [1, 1] : tensor<?x8xf32> to tensor<?x8xf32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %e into %o[%i, %c0] [%c1, 8] [1, %c1] : tensor<?x8xf32> into tensor<?x8xf32>
    }
  }
  return %0 : tensor<?x8xf32>
}

// -----
// counters of one value are dropped
func.func @single(%t: tensor<?x8xf32>, %n: index) -> (tensor<?x8xf32>) {
  %0 = scf.forall (%i, %j) in (%n, 1) shared_outs(%o = %t) -> (tensor<?x8xf32>) {
    %e = tensor.extract_slice %t[%i, %j] [1, 8] [1, 1] : tensor<?x8xf32> to tensor<1x8xf32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %e into %o[%i, %j] [1, 8] [1, 1] : tensor<1x8xf32> into tensor<?x8xf32>
    }
  }
  return %0 : tensor<?x8xf32>
}

// -----
// what runs once is put in its place
func.func @single_all(%t: tensor<?x8xf32>, %n: index) -> (tensor<?x8xf32>) {
  %0 = scf.forall (%i, %j) = (3, 0) to (5, 8) step (2, 8) shared_outs(%o = %t) -> (tensor<?x8xf32>) {
    %e = tensor.extract_slice %t[%i, %j] [1, 8] [1, 1] : tensor<?x8xf32> to tensor<1x8xf32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %e into %o[%i, %j] [1, 8] [1, 1] : tensor<1x8xf32> into tensor<?x8xf32>
    }
  }
  return %0 : tensor<?x8xf32>
}

// -----
// what never runs is not there
func.func @zero(%t: tensor<?x8xf32>, %n: index) -> (tensor<?x8xf32>) {
  %0 = scf.forall (%i, %j) in (%n, 0) shared_outs(%o = %t) -> (tensor<?x8xf32>) {
    %e = tensor.extract_slice %t[%i, %j] [1, 8] [1, 1] : tensor<?x8xf32> to tensor<1x8xf32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %e into %o[%i, %j] [1, 8] [1, 1] : tensor<1x8xf32> into tensor<?x8xf32>
    }
  }
  return %0 : tensor<?x8xf32>
}

// -----
// counters that are mapped stay, their only value is used
func.func @mapped(%t: tensor<?x8xf32>, %n: index) -> (tensor<?x8xf32>) {
  %0 = scf.forall (%i, %j) in (%n, 1) shared_outs(%o = %t) -> (tensor<?x8xf32>) {
    %e = tensor.extract_slice %t[%i, %j] [1, 8] [1, 1] : tensor<?x8xf32> to tensor<1x8xf32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %e into %o[%i, %j] [1, 8] [1, 1] : tensor<1x8xf32> into tensor<?x8xf32>
    }
  } {mapping = [#iree_codegen.workgroup_mapping<y>, #iree_codegen.workgroup_mapping<x>]}
  return %0 : tensor<?x8xf32>
}

// -----
// outputs that nothing uses, or that nothing is written to, are not shared
func.func @unused(%t: tensor<?x8xf32>, %u: tensor<4xf32>, %n: index) -> (tensor<?x8xf32>, tensor<4xf32>) {
  %cst = arith.constant 0.0 : f32
  %0:3 = scf.forall (%i) in (%n) shared_outs(%o = %t, %p = %u, %q = %t) -> (tensor<?x8xf32>, tensor<4xf32>, tensor<?x8xf32>) {
    %x = tensor.extract_slice %p[0] [4] [1] : tensor<4xf32> to tensor<4xf32>
    %e = tensor.extract_slice %q[%i, 0] [1, 8] [1, 1] : tensor<?x8xf32> to tensor<1x8xf32>
    %f = linalg.fill ins(%cst : f32) outs(%x : tensor<4xf32>) -> tensor<4xf32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %e into %o[%i, 0] [1, 8] [1, 1] : tensor<1x8xf32> into tensor<?x8xf32>
      tensor.parallel_insert_slice %e into %q[%i, 0] [1, 8] [1, 1] : tensor<1x8xf32> into tensor<?x8xf32>
    }
  }
  return %0#0, %0#1 : tensor<?x8xf32>, tensor<4xf32>
}

// -----
// outputs are shared before their casts
func.func @cast2(%t: tensor<16x8xf32>, %u: tensor<16x?xf32>, %n: index) -> (tensor<?x8xf32>, tensor<?x?xf32>) {
  %c = tensor.cast %t : tensor<16x8xf32> to tensor<?x8xf32>
  %d = tensor.cast %u : tensor<16x?xf32> to tensor<?x?xf32>
  %0:2 = scf.forall (%i) in (%n) shared_outs(%o = %c, %p = %d) -> (tensor<?x8xf32>, tensor<?x?xf32>) {
    %e = tensor.extract_slice %o[%i, 0] [1, 8] [1, 1] : tensor<?x8xf32> to tensor<1x8xf32>
    %f = tensor.extract_slice %p[%i, 0] [1, %n] [1, 1] : tensor<?x?xf32> to tensor<1x?xf32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %e into %o[%i, 0] [1, 8] [1, 1] : tensor<1x8xf32> into tensor<?x8xf32>
      tensor.parallel_insert_slice %f into %p[%i, 0] [1, %n] [1, 1] : tensor<1x?xf32> into tensor<?x?xf32>
    }
  }
  return %0#0, %0#1 : tensor<?x8xf32>, tensor<?x?xf32>
}

// -----
// loops without outputs
func.func @no_outputs(%m: memref<8xf32>, %v: f32) {
  %c1 = arith.constant 1 : index
  scf.forall (%i, %j) in (8, %c1) {
    memref.store %v, %m[%i] : memref<8xf32>
    memref.store %v, %m[%j] : memref<8xf32>
  }
  scf.forall (%j) in (%c1) {
    memref.store %v, %m[%j] : memref<8xf32>
  } {foo = 1 : i32}
  scf.forall (%i, %j) in (8, 1) {
    memref.store %v, %m[%i] : memref<8xf32>
    memref.store %v, %m[%j] : memref<8xf32>
  } {foo = 1 : i32, mapping = []}
  return
}

// -----
// loops in loops
func.func @nested(%t: tensor<?x8xf32>, %n: index) -> (tensor<?x8xf32>) {
  %cst = arith.constant 0.0 : f32
  %c1 = arith.constant 1 : index
  %0 = scf.forall (%i, %k) in (%n, %c1) shared_outs(%o = %t) -> (tensor<?x8xf32>) {
    %e = tensor.extract_slice %t[%i, 0] [1, 8] [1, 1] : tensor<?x8xf32> to tensor<1x8xf32>
    %1 = scf.forall (%j) in (%c1) shared_outs(%p = %e) -> (tensor<1x8xf32>) {
      %x = tensor.extract_slice %p[%j, %k] [1, 8] [1, 1] : tensor<1x8xf32> to tensor<1x8xf32>
      %f = linalg.fill ins(%cst : f32) outs(%x : tensor<1x8xf32>) -> tensor<1x8xf32>
      scf.forall.in_parallel {
        tensor.parallel_insert_slice %f into %p[%j, 0] [1, 8] [1, 1] : tensor<1x8xf32> into tensor<1x8xf32>
      }
    }
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %1 into %o[%i, 0] [1, 8] [1, 1] : tensor<1x8xf32> into tensor<?x8xf32>
    }
  } {mapping = [#iree_codegen.workgroup_mapping<y>, #iree_codegen.workgroup_mapping<x>]}
  return %0 : tensor<?x8xf32>
}

// -----
// what is put in is cast to the size of its place
func.func @srccast3(%t: tensor<?x8xf32>, %r: tensor<?x?xf32>, %n: index) -> (tensor<?x8xf32>) {
  %c4 = arith.constant 4 : index
  %0 = scf.forall (%i) in (%n) shared_outs(%o = %t) -> (tensor<?x8xf32>) {
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %r into %o[%i, 0] [%c4, %n] [1, 1] : tensor<?x?xf32> into tensor<?x8xf32>
    }
  }
  return %0 : tensor<?x8xf32>
}

// -----
// rounds that are known of sums
func.func @steps(%t: tensor<8x8xf32>, %r: tensor<1x8xf32>, %n: index) -> (tensor<8x8xf32>) {
  %c1 = arith.constant 1 : index
  %m = arith.addi %n, %c1 overflow<nsw> : index
  %0 = scf.forall (%i, %j, %k) = (%n, 1, 0) to (%m, 8, %n) step (1, 9, %n) shared_outs(%o = %t) -> (tensor<8x8xf32>) {
    %a = tensor.extract_slice %t[%i, %j] [1, 8] [1, 1] : tensor<8x8xf32> to tensor<1x8xf32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %a into %o[%i, %k] [1, 8] [1, 1] : tensor<1x8xf32> into tensor<8x8xf32>
    }
  }
  return %0 : tensor<8x8xf32>
}

// -----
// steps of nothing and less
func.func @neg2(%m: memref<?xindex>, %n: index, %k: index) {
  scf.forall (%i) = (0) to (-1) step (-1) {
    memref.store %i, %m[%n] : memref<?xindex>
  }
  scf.forall (%i) = (4) to (8) step (0) {
    memref.store %i, %m[%n] : memref<?xindex>
  }
  scf.forall (%i) = (%n) to (%n) step (%k) {
    memref.store %i, %m[%n] : memref<?xindex>
  }
  scf.forall (%i) = (4) to (8) step (-4) {
    memref.store %i, %m[%n] : memref<?xindex>
  }
  scf.forall (%i) = (4) to (2) step (%n) {
    memref.store %i, %m[%n] : memref<?xindex>
  }
  scf.forall (%i, %j) = (4, %n) to (2, %n) step (%n, 1) {
    memref.store %i, %m[%j] : memref<?xindex>
  } {mapping = [#iree_codegen.workgroup_mapping<y>, #iree_codegen.workgroup_mapping<x>]}
  return
}

// -----
// each part goes to its own output, whatever their order
func.func @swapped(%t: tensor<16x8xf32>, %e: tensor<1x8xf32>, %g: tensor<1x8xf32>, %n: index) -> (tensor<?x8xf32>, tensor<?x8xf32>) {
  %c = tensor.cast %t : tensor<16x8xf32> to tensor<?x8xf32>
  %0:2 = scf.forall (%i) in (%n) shared_outs(%o = %c, %p = %c) -> (tensor<?x8xf32>, tensor<?x8xf32>) {
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %e into %p[%i, 0] [1, 8] [1, 1] : tensor<1x8xf32> into tensor<?x8xf32>
      tensor.parallel_insert_slice %g into %o[%i, 0] [1, 8] [1, 1] : tensor<1x8xf32> into tensor<?x8xf32>
    }
  }
  return %0#0, %0#1 : tensor<?x8xf32>, tensor<?x8xf32>
}

// -----
// two parts go to one output
func.func @more(%t: tensor<16x8xf32>, %u: tensor<?x8xf32>, %e: tensor<1x8xf32>, %g: tensor<1x8xf32>, %n: index) -> (tensor<?x8xf32>, tensor<?x8xf32>) {
  %c = tensor.cast %t : tensor<16x8xf32> to tensor<?x8xf32>
  %0:2 = scf.forall (%i) in (%n) shared_outs(%o = %c, %p = %u) -> (tensor<?x8xf32>, tensor<?x8xf32>) {
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %e into %o[%i, 0] [1, 8] [1, 1] : tensor<1x8xf32> into tensor<?x8xf32>
      tensor.parallel_insert_slice %g into %o[%i, 0] [1, 8] [1, 1] : tensor<1x8xf32> into tensor<?x8xf32>
      tensor.parallel_insert_slice %g into %p[%i, 0] [1, 8] [1, 1] : tensor<1x8xf32> into tensor<?x8xf32>
    }
  }
  return %0#0, %0#1 : tensor<?x8xf32>, tensor<?x8xf32>
}

// -----
// attributes stay where an output goes
func.func @a(%t: tensor<16x8xf32>, %u: tensor<16x8xf32>, %e: tensor<1x8xf32>, %n: index) -> (tensor<16x8xf32>) {
  %0:2 = scf.forall (%i) in (%n) shared_outs(%o = %t, %p = %u) -> (tensor<16x8xf32>, tensor<16x8xf32>) {
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %e into %o[%i, 0] [1, 8] [1, 1] : tensor<1x8xf32> into tensor<16x8xf32>
    }
  } {foo = 1 : i32}
  return %0#0 : tensor<16x8xf32>
}
