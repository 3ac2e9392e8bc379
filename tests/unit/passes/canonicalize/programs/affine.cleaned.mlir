#map = affine_map<(d0)[s0, s1] -> (d0 - s0 - s1 * 2 + s0 floordiv 2)>
#map1 = affine_map<()[s0, s1] -> ((s0 + s1 * 4) mod 8 + 8)>
module {
  util.func public @f(%arg0: index, %arg1: index, %arg2: index) -> index {
    scf.for %arg3 = %arg0 to %arg1 step %arg2 {
      %1 = affine.apply #map(%arg3)[%arg1, %arg0]
      "x.use"(%1) : (index) -> ()
    }
    %0 = affine.apply #map1()[%arg1, %arg0]
    util.return %0 : index
  }
}


// -----
module {
  util.func public @f(%arg0: index) -> (index, index, index, index) {
    %c1 = arith.constant 1 : index
    %0 = ub.poison : index
    util.return %arg0, %c1, %0, %0 : index, index, index, index
  }
}


// -----
#map = affine_map<()[s0, s1] -> (-s0 + s1, -s1 + 250, 64)>
#map1 = affine_map<()[s0, s1] -> (-s0 + s1, -s1 + 250, 64, s0 * 2)>
#map2 = affine_map<()[s0] -> (s0 + 1)>
module {
  util.func public @f(%arg0: index, %arg1: index) -> (index, index, index, index) {
    %c14 = arith.constant 14 : index
    %0 = affine.min #map()[%arg1, %arg0]
    %1 = affine.min #map1()[%arg1, %arg0]
    %2 = affine.apply #map2()[%arg0]
    util.return %0, %1, %c14, %2 : index, index, index, index
  }
}


// -----
#map = affine_map<()[s0] -> (s0 floordiv 2)>
#map1 = affine_map<()[s0, s1] -> (s0 + s1 mod 16)>
#map2 = affine_map<()[s0] -> (s0 mod 4)>
module {
  util.func public @f(%arg0: index, %arg1: index) -> (index, index, index, index) {
    %c0 = arith.constant 0 : index
    %0 = affine.apply #map()[%arg0]
    %1 = affine.apply #map1()[%arg0, %arg1]
    %2 = affine.apply #map2()[%arg0]
    util.return %c0, %0, %1, %2 : index, index, index, index
  }
}


// -----
#map = affine_map<()[s0] -> ((((((((((((((((((((((((s0 floordiv 3 + 1) floordiv 3 + 1) floordiv 3 + 1) floordiv 3 + 1) floordiv 3 + 1) floordiv 3 + 1) floordiv 3 + 1) floordiv 3 + 1) floordiv 3 + 1) floordiv 3 + 1) floordiv 3 + 1) floordiv 3 + 1) floordiv 3 + 1) floordiv 3 + 1) floordiv 3 + 1) floordiv 3 + 1) floordiv 3 + 1) floordiv 3 + 1) floordiv 3 + 1) floordiv 3 + 1) floordiv 3 + 1) floordiv 3 + 1) floordiv 3 + 1) floordiv 3 + 1)>
module {
  util.func public @f(%arg0: index) -> index {
    %0 = affine.apply #map()[%arg0]
    util.return %0 : index
  }
}


// -----
#map = affine_map<()[s0] -> (s0 - 9223372036854775806)>
#map1 = affine_map<()[s0] -> (s0 * 9223372036854775805)>
#map2 = affine_map<()[s0] -> (s0 * (9223372036854775807 + 2))>
#map3 = affine_map<()[s0] -> (s0 * (9223372036854775807 * 2))>
#map4 = affine_map<()[s0] -> (s0 * -9223372036854775806)>
module {
  util.func public @f(%arg0: index, %arg1: index) -> (index, index, index, index, index, index) {
    %c-9223372036854775805 = arith.constant -9223372036854775805 : index
    %0 = affine.apply #map()[%arg0]
    %1 = affine.apply #map1()[%arg0]
    %2 = affine.apply #map2()[%arg0]
    %3 = affine.apply #map3()[%arg0]
    %4 = affine.apply #map4()[%arg0]
    util.return %0, %1, %2, %3, %4, %c-9223372036854775805 : index, index, index, index, index, index
  }
}


// -----
#map = affine_map<(d0)[s0, s1] -> (d0 + (s1 * (s0 + s1 * 2)) * 2 - 28)>
#map1 = affine_map<(d0)[s0, s1] -> (d0 + d0 floordiv 4 + d0 * s1 + s0 * s1 + s1 + (d0 + 1) mod s0)>
#map2 = affine_map<(d0) -> (d0 * 2 + 1)>
#map3 = affine_map<(d0)[s0] -> ((d0 * (s0 ceildiv 2)) ceildiv s0)>
#map4 = affine_map<(d0)[s0] -> (d0 + 1, d0 ceildiv s0)>
module {
  util.func public @f(%arg0: index, %arg1: index, %arg2: index, %arg3: index) {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    scf.for %arg4 = %c0 to %arg0 step %c1 {
      %0 = affine.apply #map(%arg4)[%arg1, %arg2]
      %1 = affine.apply #map1(%arg4)[%arg1, %arg2]
      %2 = affine.apply #map2(%arg4)
      %3 = affine.apply #map3(%arg4)[%arg1]
      %4 = affine.min #map4(%arg4)[%arg1]
      "test.use"(%0, %1, %2, %3, %4) : (index, index, index, index, index) -> ()
    }
    util.return
  }
}


// -----
#map = affine_map<() -> (7, 1 floordiv 0, 9)>
#map1 = affine_map<()[s0] -> (8, s0 + 2, 1 floordiv 0, 10)>
#map2 = affine_map<()[s0] -> (s0 + 3 floordiv 0)>
module {
  util.func public @f(%arg0: index) -> (index, index, index, index, index) {
    %0 = ub.poison : index
    %1 = affine.min #map()
    %2 = affine.max #map1()[%arg0]
    %3 = affine.apply #map2()[%arg0]
    util.return %1, %2, %0, %3, %0 : index, index, index, index, index
  }
}


// -----
#map = affine_map<()[s0, s1] -> (s0 * 9223372036854775807 + s1 + s0 * 3)>
#map1 = affine_map<()[s0, s1] -> ((s0 * 4611686018427387904 + s1) * 4)>
#map2 = affine_map<()[s0, s1] -> (s0 * s1 + s0 * (9223372036854775807 + 2) + s0)>
module {
  util.func public @f(%arg0: index, %arg1: index) -> (index, index, index) {
    %0 = affine.apply #map()[%arg0, %arg1]
    %1 = affine.apply #map1()[%arg0, %arg1]
    %2 = affine.apply #map2()[%arg1, %arg0]
    util.return %0, %1, %2 : index, index, index
  }
}

