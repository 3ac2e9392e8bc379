// Control flow in bodies: each element goes its own way.

func.func @division_if_not_by_0(%a: tensor<8xi32>, %b: tensor<8xi32>, %t: tensor<8xf32>) -> tensor<8xi32> {
  %e = tensor.empty() : tensor<8xi32>
  %0 = linalg.generic {indexing_maps = [affine_map<(i)->(i)>, affine_map<(i)->(i)>, affine_map<(i)->(i)>], iterator_types = ["parallel"]} ins(%a, %b : tensor<8xi32>, tensor<8xi32>) outs(%e : tensor<8xi32>) {
  ^bb0(%x: i32, %y: i32, %o: i32):
   %z = arith.constant 0 : i32
   %c = arith.cmpi ne, %y, %z : i32
   %r = scf.if %c -> i32 {
    %d = arith.divsi %x, %y : i32
    scf.yield %d : i32
   } else { scf.yield %z : i32 }
   linalg.yield %r : i32
  } -> tensor<8xi32>
  return %0 : tensor<8xi32>
}

func.func @element_if_inside(%a: tensor<8xi32>, %b: tensor<8xi32>, %t: tensor<8xf32>) -> tensor<8xf32> {
  %e = tensor.empty() : tensor<8xf32>
  %0 = linalg.generic {indexing_maps = [affine_map<(i)->(i)>, affine_map<(i)->(i)>, affine_map<(i)->(i)>], iterator_types = ["parallel"]} ins(%a, %b : tensor<8xi32>, tensor<8xi32>) outs(%e : tensor<8xf32>) {
  ^bb0(%x: i32, %y: i32, %o: f32):
   %z = arith.constant 0 : i32
   %k = arith.constant 8 : i32
   %f = arith.constant -1.0 : f32
   %c1 = arith.cmpi sge, %x, %z : i32
   %c2 = arith.cmpi slt, %x, %k : i32
   %c = arith.andi %c1, %c2 : i1
   %r = scf.if %c -> f32 {
    %i = arith.index_cast %x : i32 to index
    %d = tensor.extract %t[%i] : tensor<8xf32>
    scf.yield %d : f32
   } else { scf.yield %f : f32 }
   linalg.yield %r : f32
  } -> tensor<8xf32>
  return %0 : tensor<8xf32>
}

func.func @steps_of_collatz(%a: tensor<8xi32>, %b: tensor<8xi32>, %t: tensor<8xf32>) -> tensor<8xi32> {
  %e = tensor.empty() : tensor<8xi32>
  %0 = linalg.generic {indexing_maps = [affine_map<(i)->(i)>, affine_map<(i)->(i)>, affine_map<(i)->(i)>], iterator_types = ["parallel"]} ins(%a, %b : tensor<8xi32>, tensor<8xi32>) outs(%e : tensor<8xi32>) {
  ^bb0(%x: i32, %y: i32, %o: i32):
   %z = arith.constant 0 : i32
   %one = arith.constant 1 : i32
   %two = arith.constant 2 : i32
   %three = arith.constant 3 : i32
   %w:2 = scf.while (%v = %x, %n = %z) : (i32, i32) -> (i32, i32) {
    %c = arith.cmpi sgt, %v, %one : i32
    scf.condition(%c) %v, %n : i32, i32
   } do {
   ^bb0(%v: i32, %n: i32):
    %odd = arith.andi %v, %one : i32
    %is = arith.cmpi eq, %odd, %one : i32
    %h = arith.divsi %v, %two : i32
    %t3 = arith.muli %v, %three : i32
    %t1 = arith.addi %t3, %one : i32
    %nv = arith.select %is, %t1, %h : i32
    %nn = arith.addi %n, %one : i32
    scf.yield %nv, %nn : i32, i32
   }
   linalg.yield %w#1 : i32
  } -> tensor<8xi32>
  return %0 : tensor<8xi32>
}

func.func @loop_of_own_length(%a: tensor<8xi32>, %b: tensor<8xi32>, %t: tensor<8xf32>) -> tensor<8xi32> {
  %e = tensor.empty() : tensor<8xi32>
  %0 = linalg.generic {indexing_maps = [affine_map<(i)->(i)>, affine_map<(i)->(i)>, affine_map<(i)->(i)>], iterator_types = ["parallel"]} ins(%a, %b : tensor<8xi32>, tensor<8xi32>) outs(%e : tensor<8xi32>) {
  ^bb0(%x: i32, %y: i32, %o: i32):
   %c0 = arith.constant 0 : index
   %c1 = arith.constant 1 : index
   %n = arith.index_cast %x : i32 to index
   %w = scf.for %i = %c0 to %n step %c1 iter_args(%s = %y) -> (i32) {
    %ii = arith.index_cast %i : index to i32
    %p = arith.muli %ii, %s : i32
    %q = arith.addi %p, %ii : i32
    scf.yield %q : i32
   }
   linalg.yield %w : i32
  } -> tensor<8xi32>
  return %0 : tensor<8xi32>
}

func.func @switch_of_own_case(%a: tensor<8xi32>, %b: tensor<8xi32>, %t: tensor<8xf32>) -> tensor<8xi32> {
  %e = tensor.empty() : tensor<8xi32>
  %0 = linalg.generic {indexing_maps = [affine_map<(i)->(i)>, affine_map<(i)->(i)>, affine_map<(i)->(i)>], iterator_types = ["parallel"]} ins(%a, %b : tensor<8xi32>, tensor<8xi32>) outs(%e : tensor<8xi32>) {
  ^bb0(%x: i32, %y: i32, %o: i32):
   %n = arith.index_cast %x : i32 to index
   %w = scf.index_switch %n -> i32
   case 2 { scf.yield %y : i32 }
   case 5 { %q = arith.muli %y, %y : i32
    scf.yield %q : i32 }
   default { scf.yield %x : i32 }
   linalg.yield %w : i32
  } -> tensor<8xi32>
  return %0 : tensor<8xi32>
}

func.func @loop_in_branch(%a: tensor<8xi32>, %b: tensor<8xi32>, %t: tensor<8xf32>) -> tensor<8xi32> {
  %e = tensor.empty() : tensor<8xi32>
  %0 = linalg.generic {indexing_maps = [affine_map<(i)->(i)>, affine_map<(i)->(i)>, affine_map<(i)->(i)>], iterator_types = ["parallel"]} ins(%a, %b : tensor<8xi32>, tensor<8xi32>) outs(%e : tensor<8xi32>) {
  ^bb0(%x: i32, %y: i32, %o: i32):
   %z = arith.constant 0 : i32
   %c = arith.cmpi ne, %y, %z : i32
   %c0 = arith.constant 0 : index
   %c1 = arith.constant 1 : index
   %n = arith.index_cast %x : i32 to index
   %r = scf.if %c -> i32 {
    %w = scf.for %i = %c0 to %n step %c1 iter_args(%s = %y) -> (i32) {
     %d = arith.remsi %s, %y : i32
     %ii = arith.index_cast %i : index to i32
     %q = arith.addi %d, %ii : i32
     scf.yield %q : i32
    }
    scf.yield %w : i32
   } else { scf.yield %x : i32 }
   linalg.yield %r : i32
  } -> tensor<8xi32>
  return %0 : tensor<8xi32>
}
