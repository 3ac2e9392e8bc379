// divisions and shifts whose result is plain
func.func @f(%x: i32, %y: i32) -> (i32, i32, i32, i32, i32, i32) {
  %c0 = arith.constant 0 : i32
  %cm1 = arith.constant -1 : i32
  %0 = arith.divsi %x, %x : i32
  %1 = arith.remui %c0, %x : i32
  %2 = arith.shrsi %cm1, %y : i32
  %3 = arith.shrui %x, %x : i32
  %4 = arith.shli %c0, %y : i32
  %5 = arith.divsi %y, %c0 : i32
  return %0, %1, %2, %3, %4, %5 : i32, i32, i32, i32, i32, i32
}

// -----
// bits: constants in a row, absorbed operands, narrow operands
func.func @f(%x: i32, %y: i32, %a: i8, %b: i8) -> (i32, i32, i32, i32) {
  %c3 = arith.constant 3 : i32
  %c5 = arith.constant 5 : i32
  %0 = arith.xori %x, %c3 : i32
  %1 = arith.xori %0, %c5 : i32
  %2 = arith.andi %x, %y : i32
  %3 = arith.andi %2, %x : i32
  %4 = arith.extui %a : i8 to i32
  %5 = arith.extui %b : i8 to i32
  %6 = arith.ori %4, %5 : i32
  %7 = arith.ori %x, %y : i32
  %8 = arith.ori %y, %7 : i32
  return %1, %3, %6, %8 : i32, i32, i32, i32
}

// -----
// the smaller and the larger
func.func @f(%x: index, %y: index) -> (index, index, index) {
  %0 = arith.cmpi slt, %x, %y : index
  %1 = arith.select %0, %x, %y : index
  %2 = arith.cmpi ugt, %x, %y : index
  %3 = arith.select %2, %y, %x : index
  %4 = arith.cmpi eq, %x, %y : index
  %5 = arith.select %4, %x, %y : index
  return %1, %3, %5 : index, index, index
}

// -----
// floats: nothing added, signs, no number
func.func @f(%x: f32, %y: f32) -> (f32, f32, f32, f32, f32) {
  %z = arith.constant 0.0 : f32
  %nz = arith.constant -0.0 : f32
  %inf = arith.constant 0x7F800000 : f32
  %0 = arith.addf %x, %nz : f32
  %1 = arith.addf %x, %z : f32
  %2 = arith.negf %y : f32
  %3 = arith.addf %2, %x : f32
  %4 = arith.subf %nz, %x : f32
  %5 = arith.divf %inf, %inf : f32
  return %0, %1, %3, %4, %5 : f32, f32, f32, f32, f32
}

// -----
// casts there and back, with and without loss
func.func @f(%x: index, %a: i32) -> (index, index, i32, i8, i64) {
  %0 = arith.index_cast %x : index to i32
  %1 = arith.index_cast %0 : i32 to index
  %2 = arith.index_cast %x : index to i64
  %3 = arith.index_cast %2 : i64 to index
  %4 = arith.index_cast %a : i32 to index
  %5 = arith.index_cast %4 : index to i32
  %6 = arith.extsi %a : i32 to i64
  %7 = arith.trunci %6 : i64 to i8
  %8 = arith.extsi %6 : i64 to i128
  %9 = arith.trunci %8 : i128 to i64
  return %1, %3, %5, %7, %9 : index, index, i32, i8, i64
}
