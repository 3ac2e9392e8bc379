import pytest

from iree_explorer.dialects.cf import BranchOp, CondBranchOp, SwitchOp
from iree_explorer.ir.interfaces.effects import is_memory_effect_free
from iree_explorer.syntax import parse, print_module
from tests.unit.dialects.texts import error_of, function

TEXT = """\
module {
  func.func @f(%arg0: i32, %arg1: i1) {
    cf.switch %arg0 : i32, [
      default: ^bb1(%arg0 : i32),
      42: ^bb2,
      -1: ^bb1(%arg0 : i32)
    ]
  ^bb1(%0: i32):  // 4 preds: ^bb0, ^bb0, ^bb2, ^bb3
    cf.assert %arg1, "no\\0Aline" {x}
    cf.cond_br %arg1 weights([1, 2]), ^bb2, ^bb3(%0 : i32)
  ^bb2:  // 2 preds: ^bb0, ^bb1
    cf.br ^bb1(%arg0 : i32) {y}
  ^bb3(%1: i32):  // pred: ^bb1
    cf.switch %arg0 : i32, [
      default: ^bb1(%1 : i32)]
  }
}
"""


def test_branches_print_back() -> None:
    assert print_module(parse(TEXT).op) == TEXT


def test_what_successors_get() -> None:
    ops = list(parse(TEXT).op.walk())
    switch = next(op for op in ops if isinstance(op, SwitchOp))
    assert [len(switch.successor_operands(index)) for index in range(3)] == [1, 0, 1]
    branch = next(op for op in ops if isinstance(op, CondBranchOp))
    assert [len(branch.successor_operands(index)) for index in range(2)] == [0, 1]
    jump = next(op for op in ops if isinstance(op, BranchOp))
    assert jump.successor_operands(0)[0].type == jump.dest.args[0].type


def test_effects() -> None:
    effects = {op.name: is_memory_effect_free(op) for op in parse(TEXT).op.walk()}
    assert effects["cf.br"]
    assert effects["cf.cond_br"]
    assert effects["cf.switch"]
    assert not effects["cf.assert"]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("cf.br ^bb1\n^bb1(%0: i32):", "branch has 0 operands for successor #0, but target block has 1"),
        (
            "cf.cond_br %arg1, ^bb1(%arg1 : i1), ^bb1(%arg0 : i32)\n^bb1(%0: i32):",
            "type mismatch for bb argument #0 of successor #0",
        ),
    ],
)
def test_wrong_branches_are_refused(body: str, message: str) -> None:
    assert message in error_of(body, "i32; i1")


def test_a_body_of_one_block_has_no_header() -> None:
    assert "^bb" not in print_module(parse(function("%0 = arith.constant 1 : i32")).op)
