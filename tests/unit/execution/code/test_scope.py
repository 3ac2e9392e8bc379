"""Compiling IR to steps over frames."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from xdsl.ir import Operation

from iree_explorer.errors import ExecutionError
from iree_explorer.execution.code.scope import Scope, Table, returns, single_block
from iree_explorer.execution.code.steps import RUN, Code, Step, bind
from iree_explorer.execution.interrupts import CancelledRunError
from iree_explorer.execution.kernels.arith import ARITH
from iree_explorer.execution.kernels.cf import CF
from iree_explorer.syntax import parse

SWAP = """func.func @f(%a: i32, %b: i32, %n: i32) -> (i32, i32) {
  %zero = arith.constant 0 : i32
  %one = arith.constant 1 : i32
  cf.br ^loop(%a, %b, %n : i32, i32, i32)
^loop(%x: i32, %y: i32, %left: i32):
  %done = arith.cmpi eq, %left, %zero : i32
  %less = arith.subi %left, %one : i32
  cf.cond_br %done, ^end, ^loop(%y, %x, %less : i32, i32, i32)
^end:
  return %x, %y : i32, i32
}"""


def table() -> Table[Scope]:
    made: Table[Scope] = Table(ARITH, CF)
    made.leaves("func.return")(returns)
    return made


def function(text: str) -> Operation:
    return next(op for op in parse(text, "f.mlir").op.walk() if op.name == "func.func")


def compiled(text: str, known: Table[Scope] | None = None) -> Code:
    return Scope(known or table()).code(function(text).regions[0])


@pytest.mark.parametrize(("turns", "result"), [(0, [1, 2]), (1, [2, 1]), (2, [1, 2]), (3, [2, 1])])
def test_arguments_of_a_block_are_all_read_before_any_is_written(turns: int, result: list[int]) -> None:
    assert compiled(SWAP)([np.int32(1), np.int32(2), np.int32(turns)]) == result


def test_two_runs_of_one_code_do_not_meet() -> None:
    code = compiled(SWAP)
    first, second = code.frame(), code.frame()
    assert code([np.int32(1), np.int32(2), np.int32(1)], first) == [2, 1]
    assert code([np.int32(5), np.int32(6), np.int32(0)], second) == [5, 6]
    assert first[0] == [2, 1]


def test_a_run_that_was_stopped_ends_in_a_loop() -> None:
    class Stopped:
        is_stopped = True

    code = compiled(SWAP)
    frame = code.frame()
    frame[RUN] = Stopped()
    with pytest.raises(CancelledRunError):
        code([np.int32(1), np.int32(2), np.int32(1 << 30)], frame)


def test_an_op_that_nobody_knows_is_told_with_its_results_and_operands() -> None:
    text = "func.func @f(%a: f32) -> f32 {\n  %0 = math.exp %a : f32\n  return %0 : f32\n}"
    with pytest.raises(ExecutionError, match=r"%0 = math\.exp: 'math\.exp' is not supported .* \(of %arg0\)"):
        compiled(text)


def test_an_op_of_another_stage_of_the_pipeline_is_told_with_the_way_to_this_one() -> None:
    text = """func.func @f(%v: f32, %size: index) {
  %0 = stream.tensor.splat %v : f32 -> tensor<4xf32> in !stream.resource<external>{%size}
  return
}"""
    with pytest.raises(ExecutionError, match=r"is not supported .*: iree-opt --iree-stream-encode-host-tensors makes"):
        compiled(text)


def test_a_terminator_that_nobody_knows_is_told() -> None:
    with pytest.raises(ExecutionError, match=r"'func\.return' is not supported"):
        compiled("func.func @f() {\n  return\n}", Table(ARITH))


def test_what_python_raises_is_told_of_the_op() -> None:
    known = table()

    @known.computes("math.exp")
    def _(_: Operation) -> Any:
        def fail(_: Any) -> Any:
            raise ValueError("no such number")

        return fail

    code = compiled("func.func @f(%a: f32) -> f32 {\n  %0 = math.exp %a : f32\n  return %0 : f32\n}", known)
    with pytest.raises(ExecutionError, match=r"%0 = math\.exp: no such number"):
        code([np.float32(1)])


def _by_name(_: Operation, __: Scope) -> None:
    """Makes steps of ops of one name."""


def _recognised(_: Operation, __: Scope) -> None:
    """Makes steps of ops that are known by more."""


def test_ops_known_by_name_come_before_those_known_by_more() -> None:
    known: Table[Scope] = Table()
    known.recognises(lambda op: _by_name if op.name == "never" else None)
    known.recognises(lambda _: _recognised)
    op = next(op for op in function(SWAP).walk() if op.name == "arith.subi")
    assert known.lowering_of(op) is _recognised
    assert Table(known).lowering_of(op) is _recognised
    known.lowers("arith.subi")(_by_name)
    assert known.lowering_of(op) is _by_name


@pytest.mark.parametrize("count", range(6))
def test_a_step_binds_any_number_of_operands(count: int) -> None:
    frame: list[Any] = [*range(10), None]
    step: Step = bind(lambda *values: list(values), list(range(count)), 10)
    step(frame)
    assert frame[10] == list(range(count))


def test_values_get_slots_behind_those_that_are_no_values() -> None:
    scope = Scope(table())
    arguments = function(SWAP).regions[0].blocks[0].args
    assert scope.slots_of(arguments) == (2, 3, 4)
    assert scope.slots_of(reversed(arguments)) == (4, 3, 2)
    assert scope.new_slot() == 5
    assert scope.layout().size == 6


def test_a_region_of_several_blocks_is_no_body() -> None:
    with pytest.raises(ExecutionError, match="a region of one block, found 3"):
        single_block(function(SWAP).regions[0])
