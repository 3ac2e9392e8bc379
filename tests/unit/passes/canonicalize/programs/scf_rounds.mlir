// rounds of loops: by steps of 0 and less, and of as much as there is
util.func @f(%a: index, %b: index) {
  %c0 = arith.constant 0 : index
  %cm = arith.constant -1 : index
  %c1 = arith.constant 1 : index
  %n = arith.addi %a, %c1 overflow<nsw> : index
  %m = arith.addi %a, %cm overflow<nsw> : index
  scf.for %i = %c1 to %c0 step %b { util.optimization_barrier %a : index }
  scf.for %i = %c0 to %c1 step %b { util.optimization_barrier %a : index }
  scf.for %i = %c0 to %c1 step %cm { util.optimization_barrier %a : index }
  scf.for %i = %c1 to %c0 step %cm { util.optimization_barrier %a : index }
  scf.for %i = %c1 to %n step %c0 { util.optimization_barrier %a : index }
  scf.for %i = %a to %m step %b { util.optimization_barrier %a : index }
  scf.for %i = %a to %m step %c0 { util.optimization_barrier %a : index }
  scf.for %i = %a to %m step %cm { util.optimization_barrier %a : index }
  scf.for %i = %a to %n step %cm { util.optimization_barrier %a : index }
  scf.for %i = %a to %n step %c1 { util.optimization_barrier %a : index }
  scf.for %i = %c0 to %a step %a { util.optimization_barrier %b : index }
  scf.for %i = %b to %a step %a { util.optimization_barrier %b : index }
  util.return
}
