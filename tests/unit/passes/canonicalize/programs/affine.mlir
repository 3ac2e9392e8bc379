// maps of maps are one map, over symbols where values do not change in loops
util.func public @f(%a: index, %b: index, %c: index) -> index {
  %0 = affine.apply affine_map<(d0)[s0] -> (d0 * 4 + s0)>(%a)[%b]
  scf.for %i = %a to %b step %c {
    %1 = affine.apply affine_map<(d0, d1) -> (d1 floordiv 2 + d0 - d1)>(%i, %0)
    "x.use"(%1) : (index) -> ()
  }
  %c8 = arith.constant 8 : index
  %2 = affine.apply affine_map<(d0)[s0] -> (d0 mod s0 + s0)>(%0)[%c8]
  util.return %2 : index
}

// -----
// a variable alone, a constant, and a division by zero
util.func public @f(%a: index) -> (index, index, index, index) {
  %c0 = arith.constant 0 : index
  %c7 = arith.constant 7 : index
  %0 = affine.apply affine_map<(d0, d1) -> (d1)>(%c7, %a)
  %1 = affine.apply affine_map<(d0)[s0] -> (d0 ceildiv 4 + s0 mod 4 - (d0 floordiv 3) * 2)>(%c7)[%c7]
  %2 = affine.apply affine_map<(d0)[s0] -> (d0 floordiv s0)>(%c7)[%c0]
  %3 = affine.min affine_map<(d0)[s0] -> (d0 mod s0)>(%c7)[%c0]
  util.return %0, %1, %2, %3 : index, index, index, index
}

// -----
// the least and the greatest of several
util.func public @f(%a: index, %b: index) -> (index, index, index, index) {
  %c7 = arith.constant 7 : index
  %0 = affine.min affine_map<(d0)[s0] -> (64, d0 - s0, -d0 + 250, 64)>(%a)[%b]
  %1 = affine.min affine_map<(d0, d1) -> (d0 * 2, d1)>(%b, %0)
  %2 = affine.max affine_map<(d0) -> (d0, d0 * 2, 3)>(%c7)
  %3 = affine.max affine_map<(d0) -> (d0 + 1, d0 + 1)>(%a)
  util.return %0, %1, %2, %3 : index, index, index, index
}

// -----
// divisions whose dividend is known well enough
util.func public @f(%a: index, %b: index) -> (index, index, index, index) {
  %0 = affine.apply affine_map<()[s0] -> ((s0 mod 4) floordiv 4)>()[%a]
  %1 = affine.apply affine_map<()[s0] -> ((s0 * 4 + 3) floordiv 8)>()[%a]
  %2 = affine.apply affine_map<()[s0, s1] -> (s0 + s1 - (s1 floordiv 16) * 16)>()[%a, %b]
  %3 = affine.apply affine_map<()[s0] -> ((s0 mod 4) mod 8)>()[%a]
  util.return %0, %1, %2, %3 : index, index, index, index
}

// -----
// a long chain of divisions
util.func public @f(%a: index) -> index {
  %1 = affine.apply affine_map<(d0) -> (d0 floordiv 3 + 1)>(%a)
  %2 = affine.apply affine_map<(d0) -> (d0 floordiv 3 + 1)>(%1)
  %3 = affine.apply affine_map<(d0) -> (d0 floordiv 3 + 1)>(%2)
  %4 = affine.apply affine_map<(d0) -> (d0 floordiv 3 + 1)>(%3)
  %5 = affine.apply affine_map<(d0) -> (d0 floordiv 3 + 1)>(%4)
  %6 = affine.apply affine_map<(d0) -> (d0 floordiv 3 + 1)>(%5)
  %7 = affine.apply affine_map<(d0) -> (d0 floordiv 3 + 1)>(%6)
  %8 = affine.apply affine_map<(d0) -> (d0 floordiv 3 + 1)>(%7)
  %9 = affine.apply affine_map<(d0) -> (d0 floordiv 3 + 1)>(%8)
  %10 = affine.apply affine_map<(d0) -> (d0 floordiv 3 + 1)>(%9)
  %11 = affine.apply affine_map<(d0) -> (d0 floordiv 3 + 1)>(%10)
  %12 = affine.apply affine_map<(d0) -> (d0 floordiv 3 + 1)>(%11)
  %13 = affine.apply affine_map<(d0) -> (d0 floordiv 3 + 1)>(%12)
  %14 = affine.apply affine_map<(d0) -> (d0 floordiv 3 + 1)>(%13)
  %15 = affine.apply affine_map<(d0) -> (d0 floordiv 3 + 1)>(%14)
  %16 = affine.apply affine_map<(d0) -> (d0 floordiv 3 + 1)>(%15)
  %17 = affine.apply affine_map<(d0) -> (d0 floordiv 3 + 1)>(%16)
  %18 = affine.apply affine_map<(d0) -> (d0 floordiv 3 + 1)>(%17)
  %19 = affine.apply affine_map<(d0) -> (d0 floordiv 3 + 1)>(%18)
  %20 = affine.apply affine_map<(d0) -> (d0 floordiv 3 + 1)>(%19)
  %21 = affine.apply affine_map<(d0) -> (d0 floordiv 3 + 1)>(%20)
  %22 = affine.apply affine_map<(d0) -> (d0 floordiv 3 + 1)>(%21)
  %23 = affine.apply affine_map<(d0) -> (d0 floordiv 3 + 1)>(%22)
  %24 = affine.apply affine_map<(d0) -> (d0 floordiv 3 + 1)>(%23)
  util.return %24 : index
}

// -----
// constants of more than 64 bits
util.func public @f(%a: index, %b: index) -> (index, index, index, index, index, index) {
  %c4 = arith.constant 4 : index
  %max = arith.constant 9223372036854775807 : index
  %0 = affine.apply affine_map<(d0) -> (d0 + 9223372036854775807 + 3)>(%a)
  %1 = affine.apply affine_map<(d0) -> (d0 * 9223372036854775807 * 3)>(%a)
  %2 = affine.apply affine_map<(d0) -> (d0 * (9223372036854775807 + 2))>(%a)
  %3 = affine.apply affine_map<(d0) -> (d0 * (9223372036854775807 * 2))>(%a)
  %4 = affine.apply affine_map<(d0) -> ((d0 * 9223372036854775807) + d0 * 3)>(%a)
  %5 = affine.min affine_map<(d0)[s0] -> (d0 * s0, d0 + s0)>(%max)[%c4]
  util.return %0, %1, %2, %3, %4, %5 : index, index, index, index, index, index
}

// -----
// terms with products of symbols in their order
util.func public @f(%n: index, %a: index, %b: index, %c: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  scf.for %i = %c0 to %n step %c1 {
    %0 = affine.apply affine_map<(d0)[s0, s1] -> ((s1 * (s0 + s1 * 2) - 14) * 2 + d0)>(%i)[%a, %b]
    %1 = affine.apply affine_map<(d0)[s0, s1] -> (s1 + d0 floordiv 4 + d0 * s1 + s0 * s1 + (d0 + 1) mod s0 + d0)>(%i)[%a, %b]
    %2 = affine.apply affine_map<(d0)[s0, s1] -> ((d0 * s0) floordiv s0 + (d0 * s1) mod s1 + (d0 * s0 + s0) ceildiv s0)>(%i)[%a, %b]
    %3 = affine.apply affine_map<(d0)[s0] -> ((d0 - d0 mod s0) mod s0 + (d0 * (s0 ceildiv 2)) ceildiv s0)>(%i)[%a]
    %4 = affine.min affine_map<(d0)[s0] -> ((d0 * s0 + s0) floordiv s0, s0 mod s0 + d0 ceildiv s0)>(%i)[%a]
    "test.use"(%0, %1, %2, %3, %4) : (index, index, index, index, index) -> ()
  }
  util.return
}

// -----
// what divides by nothing is poison where all before it is known, and stays in a minimum
util.func public @f(%a: index) -> (index, index, index, index, index) {
  %c7 = arith.constant 7 : index
  %0 = affine.min affine_map<()[s0] -> (s0, 1 floordiv (s0 - 7), s0 + 2)>()[%c7]
  %1 = affine.max affine_map<()[s0, s1] -> (s0 + 1, s1 + 2, 1 floordiv (s0 - 7), s0 + 3)>()[%c7, %a]
  %2 = affine.min affine_map<()[s0] -> (s0 floordiv (s0 - 7))>()[%c7]
  %3 = affine.apply affine_map<()[s0, s1] -> (s1 + 3 floordiv (s0 - 7))>()[%c7, %a]
  %4 = affine.apply affine_map<()[s0, s1] -> (3 floordiv (s0 - 7) + s1)>()[%c7, %a]
  util.return %0, %1, %2, %3, %4 : index, index, index, index, index
}

// -----
// coefficients of more than 64 bits
util.func public @f(%a: index, %b: index) -> (index, index, index) {
  %0 = affine.apply affine_map<(d0, d1) -> (d0 * 9223372036854775807 + d1 + d0 * 3)>(%a, %b)
  %1 = affine.apply affine_map<(d0, d1) -> ((d0 * 4611686018427387904 + d1) * 4)>(%a, %b)
  %2 = affine.apply affine_map<(d0)[s0] -> (s0 * (9223372036854775807 + 2) + s0 * d0 + s0)>(%a)[%b]
  util.return %0, %1, %2 : index, index, index
}
