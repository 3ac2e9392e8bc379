"""What may be a symbol of an affine map, all that does not change while the loops around it run, and what a dimension."""

import pytest
from xdsl.dialects.builtin import StringAttr

from iree_explorer.dialects.affine.symbols import is_symbol
from iree_explorer.syntax import parse
from tests.unit.dialects.texts import error_of, function

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


def in_loop(op: str) -> str:
    """The body of a function: `op` in a loop that counts with `%i`; `%x` comes from an op that is not pure, `%z` adds to `%i`."""
    values = "%x = util.optimization_barrier %i : index\n%z = arith.addi %i, %arg1 : index"
    return f"affine.for %i = 0 to 4 {{\n{values}\n{op}\n}}"


SIZE = "%c = arith.constant 0 : index\n%0 = memref.dim %m, %c : memref<?xf32>\naffine.for %j = 0 to %0 { }"


@pytest.mark.parametrize(
    ("op", "use"),
    [
        ("%0 = affine.load %arg0[%z] : memref<?xf32>", "dimension id"),
        ("%0 = affine.load %arg0[%x] : memref<?xf32>", "dimension id"),
        ("%0 = affine.load %arg0[symbol(%i)] : memref<?xf32>", "symbol"),
        ("affine.if affine_set<(d0) : (d0 >= 0)>(%x) { }", "dimension id"),
        ("affine.if affine_set<()[s0] : (s0 >= 0)>()[%i] { }", "symbol"),
        ("affine.for %j = affine_map<(d0) -> (d0)>(%x) to 4 { }", "dimension id"),
        ("affine.for %j = 0 to %i { }", "symbol"),
        ("affine.parallel (%j) = (%x) to (4) { }", "dimension id"),
        ("affine.parallel (%j) = (0) to (symbol(%i)) { }", "symbol"),
        ("%0 = affine.min affine_map<(d0) -> (d0)>(%i)\naffine.parallel (%j) = (%0) to (4) { }", "dimension id"),
        ("%0 = affine.apply affine_map<(d0) -> (d0)>(%i)\naffine.for %j = 0 to %0 { }", "symbol"),
        ("%0 = affine.apply affine_map<(d0) -> (d0)>(%x)\n%1 = affine.load %arg0[%0] : memref<?xf32>", "dimension id"),
        (f"%m = memref.alloc(%i) : memref<?xf32>\n{SIZE}", "symbol"),
        (f"%m = memref.subview %arg0[0] [%i] [1] : memref<?xf32> to memref<?xf32>\n{SIZE}", "symbol"),
        (f"%m = util.optimization_barrier %arg0 : memref<?xf32>\n{SIZE}", "symbol"),
    ],
)
def test_what_changes_in_a_loop_is_neither(op: str, use: str) -> None:
    assert f"op operand cannot be used as a {use}" in error_of(in_loop(op), "memref<?xf32>; index")


@pytest.mark.parametrize(
    "op",
    [
        "%0 = affine.load %arg0[%i] : memref<?xf32>",
        "%0 = affine.load %arg0[symbol(%arg1)] : memref<?xf32>",
        "%0 = affine.apply affine_map<(d0) -> (d0 + 1)>(%i)\n%1 = affine.load %arg0[%0] : memref<?xf32>",
        "%0:2 = affine.delinearize_index %i into (2, 2) : index, index\n%1 = affine.load %arg0[%0#1] : memref<?xf32>",
        "%0 = affine.linearize_index [%i, %i] by (4, 4) : index\n%1 = affine.load %arg0[%0] : memref<?xf32>",
        "affine.parallel (%j) = (%i) to (4) { %1 = affine.load %arg0[%j] : memref<?xf32> }",
        "%0 = memref.dim %arg0, %x : memref<?xf32>\naffine.for %j = 0 to %0 { }",
        f"%m = memref.alloc(%arg1) : memref<?xf32>\n{SIZE}",
        f"%m = memref.subview %arg0[0] [%arg1] [1] : memref<?xf32> to memref<?xf32>\n{SIZE}",
    ],
)
def test_counters_and_what_is_made_of_them_are_dimensions_and_what_stays_is_a_symbol(op: str) -> None:
    parse(function(in_loop(op), "memref<?xf32>; index"))


def test_long_chains_of_values_that_are_named_twice_are_walked_once() -> None:
    chain = "\n".join(f"%a{i + 1} = arith.muli %a{i}, %a{i} : index" for i in range(3_000))
    body = in_loop(f"%a0 = arith.constant 1 : index\n{chain}\naffine.for %j = 0 to %a3000 {{ }}")
    parse(function(body, "memref<?xf32>; index"))
