// sums, quotients and shifts of constants of several elements
util.func public @f(%v: vector<4xi8>, %t: tensor<2xi32>) -> (vector<4xi8>, vector<4xi8>, tensor<2xi32>, vector<4xi8>, vector<4xi8>, tensor<2xi32>, tensor<0xi32>) {
  %some = arith.constant dense<[1, -1, 127, 5]> : vector<4xi8>
  %all = arith.constant dense<3> : vector<4xi8>
  %zero = arith.constant dense<0> : tensor<2xi32>
  %large = arith.constant dense<[4, 1, 9, 2]> : vector<4xi8>
  %last = arith.constant dense<[4, 1, 2, 9]> : vector<4xi8>
  %none = arith.constant dense<> : tensor<0xi32>
  %0 = arith.addi %some, %all : vector<4xi8>
  %1 = arith.divsi %some, %all : vector<4xi8>
  %2 = arith.addi %t, %zero : tensor<2xi32>
  %3 = arith.shrui %some, %large : vector<4xi8>
  %4 = arith.shli %some, %last : vector<4xi8>
  %5 = arith.xori %t, %t : tensor<2xi32>
  %6 = arith.muli %none, %none : tensor<0xi32>
  util.return %0, %1, %2, %3, %4, %5, %6 : vector<4xi8>, vector<4xi8>, tensor<2xi32>, vector<4xi8>, vector<4xi8>, tensor<2xi32>, tensor<0xi32>
}
// -----
// constants of several elements one after the other stay two; a dynamic shape has no constants
util.func public @f(%v: vector<4xi8>, %t: tensor<?xi32>) -> (vector<4xi8>, vector<4xi8>, tensor<?xi32>, tensor<?xi1>) {
  %some = arith.constant dense<5> : vector<4xi8>
  %all = arith.constant dense<3> : vector<4xi8>
  %0 = arith.addi %v, %all : vector<4xi8>
  %1 = arith.addi %0, %some : vector<4xi8>
  %2 = arith.ori %v, %all : vector<4xi8>
  %3 = arith.ori %2, %some : vector<4xi8>
  %4 = arith.subi %t, %t : tensor<?xi32>
  %5 = arith.cmpi eq, %t, %t : tensor<?xi32>
  util.return %1, %3, %4, %5 : vector<4xi8>, vector<4xi8>, tensor<?xi32>, tensor<?xi1>
}
// -----
// comparisons of, and choices among, several elements
util.func public @f(%v: vector<4xi8>, %p: tensor<2xi1>, %t: tensor<2xi32>) -> (vector<4xi1>, vector<4xi1>, tensor<2xi1>, vector<4xi8>, tensor<2xi32>) {
  %some = arith.constant dense<[1, -1, 127, 5]> : vector<4xi8>
  %all = arith.constant dense<3> : vector<4xi8>
  %true = arith.constant dense<true> : tensor<2xi1>
  %zero = arith.constant dense<0> : tensor<2xi32>
  %0 = arith.cmpi ult, %some, %all : vector<4xi8>
  %1 = arith.cmpi sge, %v, %v : vector<4xi8>
  %2 = arith.cmpi eq, %p, %true : tensor<2xi1>
  %3 = arith.select %0, %some, %all : vector<4xi1>, vector<4xi8>
  %4 = arith.select %true, %t, %zero : tensor<2xi1>, tensor<2xi32>
  util.return %0, %1, %2, %3, %4 : vector<4xi1>, vector<4xi1>, tensor<2xi1>, vector<4xi8>, tensor<2xi32>
}
// -----
// casts of several elements
util.func public @f() -> (vector<2xi16>, vector<2xi16>, vector<2xi4>, vector<2xindex>, vector<2xf32>, vector<2xi8>, vector<2xf16>, vector<2xi32>) {
  %some = arith.constant dense<[1, -1]> : vector<2xi8>
  %floats = arith.constant dense<[1.5, -2.0]> : vector<2xf32>
  %0 = arith.extsi %some : vector<2xi8> to vector<2xi16>
  %1 = arith.extui %some : vector<2xi8> to vector<2xi16>
  %2 = arith.trunci %some : vector<2xi8> to vector<2xi4>
  %3 = arith.index_cast %some : vector<2xi8> to vector<2xindex>
  %4 = arith.sitofp %some : vector<2xi8> to vector<2xf32>
  %5 = arith.fptosi %floats : vector<2xf32> to vector<2xi8>
  %6 = arith.truncf %floats : vector<2xf32> to vector<2xf16>
  %7 = arith.bitcast %floats : vector<2xf32> to vector<2xi32>
  util.return %0, %1, %2, %3, %4, %5, %6, %7 : vector<2xi16>, vector<2xi16>, vector<2xi4>, vector<2xindex>, vector<2xf32>, vector<2xi8>, vector<2xf16>, vector<2xi32>
}
// -----
// floats of several elements
util.func public @f(%t: tensor<2xf32>) -> (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) {
  %some = arith.constant dense<[1.5, -2.0]> : tensor<2xf32>
  %one = arith.constant dense<1.0> : tensor<2xf32>
  %minus = arith.constant dense<-0.0> : tensor<2xf32>
  %0 = arith.addf %some, %one : tensor<2xf32>
  %1 = arith.mulf %t, %one : tensor<2xf32>
  %2 = arith.negf %some : tensor<2xf32>
  %3 = arith.maximumf %some, %one : tensor<2xf32>
  %4 = arith.subf %minus, %t : tensor<2xf32>
  util.return %0, %1, %2, %3, %4 : tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>
}
// -----
// sums and products with a second result, of several elements
util.func public @f(%t: tensor<2xi32>, %v: vector<2xi8>) -> (tensor<2xi32>, tensor<2xi1>, tensor<2xi32>, vector<2xi8>, vector<2xi8>, vector<2xi8>) {
  %some = arith.constant dense<[1, -1]> : tensor<2xi32>
  %all = arith.constant dense<2> : tensor<2xi32>
  %one = arith.constant dense<1> : vector<2xi8>
  %zero = arith.constant dense<0> : vector<2xi8>
  %sum, %over = arith.addui_extended %some, %all : tensor<2xi32>, tensor<2xi1>
  %low, %high = arith.mului_extended %some, %all : tensor<2xi32>
  %low_0, %high_1 = arith.mulsi_extended %v, %one : vector<2xi8>
  %low_2, %high_3 = arith.mulsi_extended %v, %zero : vector<2xi8>
  util.return %sum, %over, %high, %low_0, %high_1, %high_3 : tensor<2xi32>, tensor<2xi1>, tensor<2xi32>, vector<2xi8>, vector<2xi8>, vector<2xi8>
}
