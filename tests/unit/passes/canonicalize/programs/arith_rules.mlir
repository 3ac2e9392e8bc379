// sums and differences with constants
func.func @f(%a: i32, %b: i32) -> (i32, i32, i32, i32, i32, i32, i32, i32) {
  %c1 = arith.constant 1 : i32
  %c5 = arith.constant 5 : i32
  %0 = arith.subi %a, %c1 : i32
  %1 = arith.addi %0, %c5 : i32
  %2 = arith.subi %c1, %a : i32
  %3 = arith.addi %2, %c5 : i32
  %4 = arith.addi %b, %c1 : i32
  %5 = arith.subi %4, %c5 : i32
  %6 = arith.subi %c5, %4 : i32
  %7 = arith.subi %b, %c1 : i32
  %8 = arith.subi %7, %c5 : i32
  %9 = arith.subi %c1, %b : i32
  %10 = arith.subi %9, %c5 : i32
  %11 = arith.subi %c5, %7 : i32
  %12 = arith.subi %a, %b : i32
  %13 = arith.subi %12, %a : i32
  return %1, %3, %5, %6, %8, %10, %11, %13 : i32, i32, i32, i32, i32, i32, i32, i32
}
// -----
// sums with negated products
func.func @f(%a: i32, %b: i32) -> (i32, i32) {
  %m1 = arith.constant -1 : i32
  %0 = arith.muli %a, %m1 : i32
  %1 = arith.addi %b, %0 : i32
  %2 = arith.muli %b, %m1 : i32
  %3 = arith.addi %2, %a : i32
  return %1, %3 : i32, i32
}
// -----
// bitwise operations on two constants, one after the other
func.func @f(%a: i32) -> (i32, i32, i32) {
  %c3 = arith.constant 3 : i32
  %c6 = arith.constant 6 : i32
  %0 = arith.andi %a, %c3 : i32
  %1 = arith.andi %0, %c6 : i32
  %2 = arith.ori %a, %c3 : i32
  %3 = arith.ori %2, %c6 : i32
  %4 = arith.xori %a, %c3 : i32
  %5 = arith.xori %4, %c6 : i32
  return %1, %3, %5 : i32, i32, i32
}
// -----
// bitwise operations on extended values
func.func @f(%a: i8, %b: i8) -> (i32, i32, i32, i32, i32) {
  %0 = arith.extsi %a : i8 to i32
  %1 = arith.extsi %b : i8 to i32
  %2 = arith.extui %a : i8 to i32
  %3 = arith.extui %b : i8 to i32
  %4 = arith.andi %0, %1 : i32
  %5 = arith.andi %2, %3 : i32
  %6 = arith.ori %0, %1 : i32
  %7 = arith.xori %0, %1 : i32
  %8 = arith.xori %2, %3 : i32
  return %4, %5, %6, %7, %8 : i32, i32, i32, i32, i32
}
// -----
// comparisons of extended values, and the opposite of one
func.func @f(%a: i8, %b: i8, %c: i32) -> (i1, i1, i1) {
  %0 = arith.extsi %a : i8 to i32
  %1 = arith.extsi %b : i8 to i32
  %2 = arith.extui %a : i8 to i32
  %3 = arith.extui %b : i8 to i32
  %4 = arith.cmpi eq, %0, %1 : i32
  %5 = arith.cmpi ne, %2, %3 : i32
  %6 = arith.cmpi slt, %c, %0 : i32
  %true = arith.constant true
  %7 = arith.xori %6, %true : i1
  return %4, %5, %7 : i1, i1, i1
}
// -----
// choices by one condition
func.func @f(%c: i1, %a: f32, %b: f32, %d: f32) -> (f32, f32) {
  %0 = arith.select %c, %a, %b : f32
  %1 = arith.select %c, %d, %0 : f32
  %2 = arith.select %c, %0, %d : f32
  return %1, %2 : f32, f32
}
// -----
// casts of casts
func.func @f(%a: i8, %b: i16, %c: index, %f: f32) -> (i32, index, index, index, f32, f32, i32, f32) {
  %0 = arith.extui %a : i8 to i16
  %1 = arith.extsi %0 : i16 to i32
  %2 = arith.extsi %a : i8 to i32
  %3 = arith.index_cast %2 : i32 to index
  %4 = arith.extui %a : i8 to i32
  %5 = arith.index_castui %4 : i32 to index
  %6 = arith.index_castui %c : index to i64
  %7 = arith.index_castui %6 : i64 to index
  %8 = arith.sitofp %a : i8 to f64
  %9 = arith.truncf %8 : f64 to f32
  %10 = arith.uitofp %a : i8 to f64
  %11 = arith.truncf %10 : f64 to f32
  %12 = arith.extui %b : i16 to i64
  %13 = arith.trunci %12 : i64 to i32
  %14 = arith.bitcast %f : f32 to i32
  %15 = arith.bitcast %14 : i32 to f32
  return %1, %3, %5, %7, %9, %11, %13, %15 : i32, index, index, index, f32, f32, i32, f32
}
// -----
// negated floats
func.func @f(%a: f32, %b: f32) -> (f32, f32, f32) {
  %0 = arith.negf %a : f32
  %1 = arith.negf %b : f32
  %2 = arith.addf %b, %0 : f32
  %3 = arith.divf %0, %1 : f32
  %4 = arith.mulf %0, %1 : f32
  return %2, %3, %4 : f32, f32, f32
}
// -----
// casts of constants
func.func @f() -> (i32, i32, f64, f16, i8, i8, f32, f32, index, index, f32, i32) {
  %c5 = arith.constant -5 : i8
  %c7 = arith.constant 7 : i16
  %f = arith.constant 2.5 : f32
  %0 = arith.extui %c5 : i8 to i32
  %1 = arith.extsi %c5 : i8 to i32
  %2 = arith.extf %f : f32 to f64
  %3 = arith.truncf %f : f32 to f16
  %4 = arith.fptosi %f : f32 to i8
  %5 = arith.fptoui %f : f32 to i8
  %6 = arith.sitofp %c5 : i8 to f32
  %7 = arith.uitofp %c5 : i8 to f32
  %8 = arith.index_cast %c5 : i8 to index
  %9 = arith.index_castui %c5 : i8 to index
  %10 = arith.constant 1065353216 : i32
  %11 = arith.bitcast %10 : i32 to f32
  %12 = arith.bitcast %f : f32 to i32
  return %0, %1, %2, %3, %4, %5, %6, %7, %8, %9, %11, %12 : i32, i32, f64, f16, i8, i8, f32, f32, index, index, f32, i32
}
// -----
// arithmetic on constants
func.func @f() -> (i32, i32, i32, i32, i32, i32, i32, i32, f32, f32, f32, f32, f32, f32, i1) {
  %a = arith.constant -7 : i32
  %b = arith.constant 2 : i32
  %x = arith.constant -7.5 : f32
  %y = arith.constant 2.0 : f32
  %0 = arith.subi %a, %b : i32
  %1 = arith.xori %a, %b : i32
  %2 = arith.divui %a, %b : i32
  %3 = arith.ceildivui %a, %b : i32
  %4 = arith.floordivsi %a, %b : i32
  %5 = arith.remsi %a, %b : i32
  %6 = arith.maxsi %a, %b : i32
  %7 = arith.minsi %a, %b : i32
  %8 = arith.negf %x : f32
  %9 = arith.remf %x, %y : f32
  %10 = arith.maximumf %x, %y : f32
  %11 = arith.minimumf %x, %y : f32
  %12 = arith.maxnumf %x, %y : f32
  %13 = arith.minnumf %x, %y : f32
  %14 = arith.cmpf olt, %x, %y : f32
  return %0, %1, %2, %3, %4, %5, %6, %7, %8, %9, %10, %11, %12, %13, %14 : i32, i32, i32, i32, i32, i32, i32, i32, f32, f32, f32, f32, f32, f32, i1
}
