"""What is said first of an op that breaks several of the rules of its definition."""

import pytest
from xdsl.dialects.builtin import IndexType, StringAttr, i32
from xdsl.dialects.test import TestOp as AnyOp
from xdsl.ir import Block, Region
from xdsl.irdl import IRDLOperation
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.scf.branches import IfOp
from iree_explorer.dialects.stream.async_ops import AsyncSliceOp
from iree_explorer.ir.invariants import verify_invariants


def refusal(op: IRDLOperation) -> str:
    with pytest.raises(VerifyException) as caught:
        verify_invariants(op, type(op).get_irdl_definition())
    return str(caught.value)


def test_counts_come_first_regions_then_results_then_operands() -> None:
    assert refusal(AsyncSliceOp.create(regions=[Region()])) == "requires zero regions"
    assert refusal(AsyncSliceOp.create()) == "requires one result"
    assert refusal(AsyncSliceOp.create(result_types=[i32])) == "expected 5 operands, but found 0"


def test_types_are_told_by_their_number_and_before_those_that_should_be_the_same() -> None:
    values = AnyOp.create(result_types=[i32, IndexType()]).results
    wrong_source = AsyncSliceOp.create(operands=[values[0], *[values[1]] * 4], result_types=[i32])
    assert refusal(wrong_source).startswith("operand #0 must be resource or external resource")
    assert refusal(wrong_source).endswith("but got 'i32'")


def test_blocks_come_before_types() -> None:
    condition = AnyOp.create(result_types=[i32]).results[0]
    two = Region([Block(), Block()])
    assert refusal(IfOp.create(operands=[condition], regions=[two, Region()])) == (
        "expects region #0 to have 0 or 1 blocks"
    )
    with_argument = Region(Block([AnyOp.create()], arg_types=[i32]))
    assert refusal(IfOp.create(operands=[condition], regions=[with_argument, Region()])) == (
        "region #0 should have no arguments"
    )
    assert refusal(IfOp.create(operands=[condition], regions=[Region(), Region()])) == (
        "operand #0 must be 1-bit signless integer, but got 'i32'"
    )


def test_an_attribute_of_another_kind_is_told_by_what_it_must_be() -> None:
    index = AnyOp.create(result_types=[IndexType()]).results[0]
    op = AsyncSliceOp.create(
        operands=[index] * 5, result_types=[IndexType()], properties={"affinity": StringAttr("here")}
    )
    assert refusal(op) == "attribute 'affinity' failed to satisfy constraint: an affinity"
