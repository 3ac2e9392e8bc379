import pytest

from iree_explorer.dialects import scf
from iree_explorer.ir.interfaces.effects import is_memory_effect_free, is_speculatable
from iree_explorer.syntax import parse
from tests.unit.dialects.texts import assert_round_trips, error_of, function, reprinted

ARGUMENTS = "index; i1; i32; tensor<4xf32>"

BRANCHES = """\
%0 = scf.if %arg1 -> (i32) {
  scf.yield %arg2 : i32
} else {
  scf.yield %arg2 : i32
}
scf.if %arg1 {
  %7 = arith.addi %arg2, %arg2 : i32
} {x}
scf.if %arg1 {
} else {
}
%1:2 = scf.if %arg1 -> (i32, i32) {
  scf.yield %arg2, %arg2 : i32, i32
} else {
  scf.yield %arg2, %arg2 : i32, i32
} {y}
%2 = scf.index_switch %arg0 -> i32 \n\
case 2 {
  scf.yield %arg2 : i32
}
case 5 {
  scf.yield %arg2 : i32
}
default {
  scf.yield %arg2 : i32
}
scf.index_switch %arg0 {q} \n\
default {
}
%3:2 = scf.index_switch %arg0 -> i32, i32 \n\
default {
  scf.yield %arg2, %arg2 : i32, i32
}
scf.index_switch %arg0 \n\
case 1 {
  scf.yield
}
default {
  scf.yield {r}
}
%4 = scf.execute_region -> i32 {
  scf.yield %arg2 : i32
}
%5:2 = scf.execute_region -> (i32, i32) no_inline {
  scf.yield %arg2, %arg2 : i32, i32
}
%6 = arith.addi %0, %2 : i32"""

LOOPS = """\
scf.for %arg4 = %arg0 to %arg0 step %arg0 {
  %4 = arith.addi %arg2, %arg2 : i32
}
scf.for %arg4 = %arg0 to %arg0 step %arg0 {
} {foo}
%0 = scf.for %arg4 = %arg2 to %arg2 step %arg2 iter_args(%arg5 = %arg2) -> (i32)  : i32 {
  scf.yield %arg5 : i32
} {a = 1 : i32}
scf.for unsigned %arg4 = %arg2 to %arg2 step %arg2  : i32 {
}
%1:2 = scf.while (%arg4 = %arg2, %arg5 = %arg0) : (i32, index) -> (i32, index) {
  scf.condition(%arg1) %arg4, %arg5 : i32, index
} do {
^bb0(%arg4: i32, %arg5: index):
  scf.yield %arg4, %arg5 : i32, index
} attributes {w}
scf.while : () -> () {
  scf.condition(%arg1)
} do {
  scf.yield
}
%2 = scf.forall (%arg4, %arg5) in (%arg0, 4) shared_outs(%arg6 = %arg3) -> (tensor<4xf32>) {
  %extracted_slice = tensor.extract_slice %arg6[%arg4] [1] [1] : tensor<4xf32> to tensor<1xf32>
  scf.forall.in_parallel {
    tensor.parallel_insert_slice %extracted_slice into %arg6[%arg4] [1] [1] : tensor<1xf32> into tensor<4xf32>
  }
} {zz, mapping = [#iree_linalg_ext.split_reduction_mapping<0>]}
scf.forall (%arg4) = (0) to (%arg0) step (%arg0) {
}
scf.parallel (%arg4, %arg5) = (%arg0, %arg0) to (%arg0, %arg0) step (%arg0, %arg0) {
  scf.reduce \n\
}
%3 = scf.parallel (%arg4) = (%arg0) to (%arg0) step (%arg0) init (%arg2) -> i32 {
  scf.reduce(%arg2 : i32) {
  ^bb0(%arg5: i32, %arg6: i32):
    scf.reduce.return %arg5 : i32
  }
} {x}"""


def test_branches_print_back() -> None:
    assert_round_trips(BRANCHES, ARGUMENTS)


def test_loops_print_back() -> None:
    assert_round_trips(LOOPS, ARGUMENTS)


def test_terminators_without_operands_may_be_left_out_or_written() -> None:
    written = "scf.if %arg0 {\n  scf.yield\n} else {\n  scf.yield\n}"
    assert reprinted(written, "i1") == "scf.if %arg0 {\n} else {\n}"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("%0 = scf.if %arg1 -> i32 { scf.yield %arg2 : i32 }", "must have an else block if defining values"),
        (
            "%0 = scf.if %arg1 -> i32 { scf.yield %arg1 : i1 } else { scf.yield %arg2 : i32 }",
            "from Operation scf.yield to Operation scf.if: successor operand type #0 'i1' should match",
        ),
        ("scf.if %arg2 { }", "expects different type than prior uses"),
        (
            "scf.for %i = %arg0 to %arg0 step %arg0 { scf.yield %arg1 : i1 }",
            "'scf.for' op different number of region iter_args and yielded values: 0 != 1",
        ),
        (
            "%0 = scf.for %i = %arg0 to %arg0 step %arg0 iter_args(%a = %arg2) -> (i32, i32) { scf.yield %a : i32 }",
            "custom op 'scf.for' mismatch in number of loop-carried values and defined values",
        ),
        (
            "%0 = scf.for %i = %arg0 to %arg0 step %arg0 iter_args(%a = %arg2) -> i32 { scf.yield %arg1 : i1 }",
            "from Operation scf.yield to Region #0: successor operand type #0 'i1' should match",
        ),
        (
            (
                "%0 = scf.while (%a = %arg2) : (i32) -> i32 { scf.condition(%arg1) %a : i32 } "
                "do { ^bb0(%b: i1): scf.yield %arg2 : i32 }"
            ),
            "from Operation scf.condition to Region #1: successor operand type #0 'i32' should match",
        ),
        (
            "scf.index_switch %arg0 case 1 { scf.yield } case 1 { scf.yield } default { scf.yield }",
            "duplicate case value",
        ),
    ],
)
def test_wrong_regions_are_refused(body: str, message: str) -> None:
    assert message in error_of(body, ARGUMENTS)


def test_bounds_that_constant_ops_give_are_known() -> None:
    box = "%c0 = arith.constant 0 : index\nscf.forall (%i, %j) = (%c0, 0) to (%arg0, 2) step (1, 1) {\n}"
    assert reprinted(box, ARGUMENTS).endswith("scf.forall (%arg4, %arg5) in (%arg0, 2) {\n}")


@pytest.mark.parametrize("terminator", ["util.unreachable", "flow.return", "iree_codegen.yield"])
def test_terminators_of_other_dialects_carry_what_arrives(terminator: str) -> None:
    error = error_of(f"%0 = scf.execute_region -> i32 {{\n{terminator}\n}}", ARGUMENTS)
    edge = f"from Operation {terminator} to Operation scf.execute_region"
    counts = "region branch point has 0 operands, but region successor needs 1 inputs"
    assert f"'scf.execute_region' op along control flow edge {edge}: {counts}" in error


def test_effects_are_those_of_the_ops_inside() -> None:
    pure = parse(function("scf.if %arg0 {\n  %0 = arith.constant 1 : i32\n}", "i1")).op
    asserting = parse(function('scf.if %arg0 {\n  cf.assert %arg0, "x"\n}', "i1")).op
    for module, expected in ((pure, True), (asserting, False)):
        op = next(op for op in module.walk() if isinstance(op, scf.IfOp))
        assert is_memory_effect_free(op) == expected


def test_a_loop_may_move_only_if_it_surely_ends() -> None:
    for step, expected in ((1, True), (0, False)):
        text = function(f"%c = arith.constant {step} : index\nscf.for %i = %arg0 to %arg0 step %c {{\n}}", "index")
        loop = next(op for op in parse(text).op.walk() if isinstance(op, scf.ForOp))
        assert is_speculatable(loop) == expected


def test_where_control_goes() -> None:
    ops = list(parse(function(LOOPS, ARGUMENTS)).op.walk())
    loop = next(op for op in ops if isinstance(op, scf.ForOp) and op.results)
    assert loop.successor_regions(None) == (loop.region, None)
    assert list(loop.entry_operands(loop.region)) == list(loop.init_args)
    assert list(loop.successor_inputs(loop.region)) == list(loop.region.block.args[1:])
    assert list(loop.successor_inputs(None)) == list(loop.results)
    while_loop = next(op for op in ops if isinstance(op, scf.WhileOp))
    assert while_loop.successor_regions(None) == (while_loop.before,)
    assert while_loop.successor_regions(while_loop.before) == (None, while_loop.after)
    assert while_loop.successor_regions(while_loop.after) == (while_loop.before,)


def test_a_parallel_loop_from_0_in_steps_of_1_is_normalized() -> None:
    loop = next(op for op in parse(function(LOOPS, ARGUMENTS)).op.walk() if isinstance(op, scf.ForallOp))
    assert loop.is_normalized
