"""What may be a symbol of an affine map: all that does not change while the loops around it run."""

from xdsl.dialects.builtin import StringAttr

from iree_explorer.passes.canonicalize.affine.symbols import is_symbol
from iree_explorer.syntax import parse

PROGRAM = """
    util.func private @outside() -> index
    util.func @f(%argument: index, %number: i32) {
      %top = util.call @outside() {v = "top"} : () -> index
      %c0 = arith.constant {v = "constant at the top"} 0 : index
      %c1 = arith.constant 1 : index
      scf.for %counter = %c0 to %argument step %c1 {
        %constant = arith.constant {v = "constant in a loop"} 7 : index
        %narrow = arith.constant {v = "constant of another type"} 7 : i32
        %pure = arith.addi %argument, %constant {v = "of symbols"} : index
        %of_counter = arith.addi %argument, %counter {v = "of a counter"} : index
        %impure = util.call @outside() {v = "of a call in a loop"} : () -> index
        %of_impure = arith.addi %impure, %constant {v = "of what is no symbol"} : index
        scf.for %inner = %c0 to %pure step %c1 {
          %deep = arith.muli %pure, %top {v = "of symbols in two loops"} : index
          %deeper = arith.muli %pure, %inner {v = "of an inner counter"} : index
        }
      } {v = "loop"}
      util.return
    }
"""


def test_values_that_do_not_change_in_loops() -> None:
    found = {
        name.data
        for op in parse(PROGRAM).op.walk()
        if isinstance(name := op.attributes.get("v"), StringAttr) and any(map(is_symbol, op.results))
    }
    assert found == {"top", "constant at the top", "constant in a loop", "of symbols", "of symbols in two loops"}


def test_arguments() -> None:
    function = parse(PROGRAM).op.body.block.last_op
    assert function is not None
    [loop] = [op for op in function.walk() if op.attributes.get("v") == StringAttr("loop")]
    assert [is_symbol(argument) for argument in function.regions[0].block.args] == [True, False]
    assert not is_symbol(loop.regions[0].block.args[0])
