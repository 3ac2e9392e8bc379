module {
  util.func public @f(%arg0: vector<4xi8>, %arg1: tensor<2xi32>) -> (vector<4xi8>, vector<4xi8>, tensor<2xi32>, vector<4xi8>, vector<4xi8>, tensor<2xi32>, tensor<0xi32>) {
    %cst = arith.constant dense<> : tensor<0xi32>
    %cst_0 = arith.constant dense<0> : tensor<2xi32>
    %cst_1 = arith.constant dense<[1, -1, 127, 5]> : vector<4xi8>
    %cst_2 = arith.constant dense<[4, 1, 2, 9]> : vector<4xi8>
    %cst_3 = arith.constant dense<[4, 2, -126, 8]> : vector<4xi8>
    %cst_4 = arith.constant dense<[0, 0, 42, 1]> : vector<4xi8>
    %cst_5 = arith.constant dense<[0, 127, 0, 1]> : vector<4xi8>
    %0 = arith.shli %cst_1, %cst_2 : vector<4xi8>
    util.return %cst_3, %cst_4, %arg1, %cst_5, %0, %cst_0, %cst : vector<4xi8>, vector<4xi8>, tensor<2xi32>, vector<4xi8>, vector<4xi8>, tensor<2xi32>, tensor<0xi32>
  }
}


// -----
module {
  util.func public @f(%arg0: vector<4xi8>, %arg1: tensor<?xi32>) -> (vector<4xi8>, vector<4xi8>, tensor<?xi32>, tensor<?xi1>) {
    %cst = arith.constant dense<5> : vector<4xi8>
    %cst_0 = arith.constant dense<3> : vector<4xi8>
    %0 = arith.addi %arg0, %cst_0 : vector<4xi8>
    %1 = arith.addi %0, %cst : vector<4xi8>
    %2 = arith.ori %arg0, %cst_0 : vector<4xi8>
    %3 = arith.ori %2, %cst : vector<4xi8>
    %4 = arith.subi %arg1, %arg1 : tensor<?xi32>
    %5 = arith.cmpi eq, %arg1, %arg1 : tensor<?xi32>
    util.return %1, %3, %4, %5 : vector<4xi8>, vector<4xi8>, tensor<?xi32>, tensor<?xi1>
  }
}


// -----
module {
  util.func public @f(%arg0: vector<4xi8>, %arg1: tensor<2xi1>, %arg2: tensor<2xi32>) -> (vector<4xi1>, vector<4xi1>, tensor<2xi1>, vector<4xi8>, tensor<2xi32>) {
    %cst = arith.constant dense<[true, false, false, false]> : vector<4xi1>
    %cst_0 = arith.constant dense<true> : vector<4xi1>
    %cst_1 = arith.constant dense<[1, 3, 3, 3]> : vector<4xi8>
    util.return %cst, %cst_0, %arg1, %cst_1, %arg2 : vector<4xi1>, vector<4xi1>, tensor<2xi1>, vector<4xi8>, tensor<2xi32>
  }
}


// -----
module {
  util.func public @f() -> (vector<2xi16>, vector<2xi16>, vector<2xi4>, vector<2xindex>, vector<2xf32>, vector<2xi8>, vector<2xf16>, vector<2xi32>) {
    %cst = arith.constant dense<[1, -1]> : vector<2xi16>
    %cst_0 = arith.constant dense<[1, 255]> : vector<2xi16>
    %cst_1 = arith.constant dense<[1, -1]> : vector<2xi4>
    %cst_2 = arith.constant dense<[1, -1]> : vector<2xindex>
    %cst_3 = arith.constant dense<[1.000000e+00, -1.000000e+00]> : vector<2xf32>
    %cst_4 = arith.constant dense<[1, -2]> : vector<2xi8>
    %cst_5 = arith.constant dense<[1.500000e+00, -2.000000e+00]> : vector<2xf16>
    %cst_6 = arith.constant dense<[1069547520, -1073741824]> : vector<2xi32>
    util.return %cst, %cst_0, %cst_1, %cst_2, %cst_3, %cst_4, %cst_5, %cst_6 : vector<2xi16>, vector<2xi16>, vector<2xi4>, vector<2xindex>, vector<2xf32>, vector<2xi8>, vector<2xf16>, vector<2xi32>
  }
}


// -----
module {
  util.func public @f(%arg0: tensor<2xf32>) -> (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) {
    %cst = arith.constant dense<[2.500000e+00, -1.000000e+00]> : tensor<2xf32>
    %cst_0 = arith.constant dense<[-1.500000e+00, 2.000000e+00]> : tensor<2xf32>
    %cst_1 = arith.constant dense<[1.500000e+00, 1.000000e+00]> : tensor<2xf32>
    %0 = arith.negf %arg0 : tensor<2xf32>
    util.return %cst, %arg0, %cst_0, %cst_1, %0 : tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>
  }
}


// -----
module {
  util.func public @f(%arg0: tensor<2xi32>, %arg1: vector<2xi8>) -> (tensor<2xi32>, tensor<2xi1>, tensor<2xi32>, vector<2xi8>, vector<2xi8>, vector<2xi8>) {
    %cst = arith.constant dense<[3, 1]> : tensor<2xi32>
    %cst_0 = arith.constant dense<[false, true]> : tensor<2xi1>
    %cst_1 = arith.constant dense<[0, 1]> : tensor<2xi32>
    %cst_2 = arith.constant dense<0> : vector<2xi8>
    %0 = arith.cmpi slt, %arg1, %cst_2 : vector<2xi8>
    %1 = arith.extsi %0 : vector<2xi1> to vector<2xi8>
    util.return %cst, %cst_0, %cst_1, %arg1, %1, %cst_2 : tensor<2xi32>, tensor<2xi1>, tensor<2xi32>, vector<2xi8>, vector<2xi8>, vector<2xi8>
  }
}

