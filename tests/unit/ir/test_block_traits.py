"""What an op's blocks must be."""

import pytest
from xdsl.dialects.builtin import i1
from xdsl.dialects.test import TestOp as AnyOp
from xdsl.ir import Block, Region
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.scf.terminators import YieldOp
from iree_explorer.ir.block_traits import NoRegionArguments, SingleBlock, SingleBlockImplicitTerminator


def test_one_block_that_is_not_empty_or_none() -> None:
    SingleBlock().verify(AnyOp.create(regions=[Region(), Region(Block([AnyOp.create()]))]))
    with pytest.raises(VerifyException, match="expects region #1 to have 0 or 1 blocks"):
        SingleBlock().verify(AnyOp.create(regions=[Region(), Region([Block(), Block()])]))
    with pytest.raises(VerifyException, match="expects a non-empty block"):
        SingleBlock().verify(AnyOp.create(regions=[Region(Block())]))


def test_what_a_block_ends_in() -> None:
    trait = SingleBlockImplicitTerminator(YieldOp)
    trait.verify_terminators(AnyOp.create(regions=[Region(), Region(Block([YieldOp.create()]))]))
    other = AnyOp.create(regions=[Region(Block([AnyOp.create()]))])
    with pytest.raises(VerifyException, match=r"expects regions to end with 'scf.yield', found 'test.op'"):
        trait.verify_terminators(other)


@pytest.mark.parametrize(("regions", "which"), [(1, "region"), (2, "region #0")])
def test_no_arguments(regions: int, which: str) -> None:
    op = AnyOp.create(regions=[Region(Block(arg_types=[i1])), *[Region()] * (regions - 1)])
    with pytest.raises(VerifyException, match=f"^{which} should have no arguments"):
        NoRegionArguments().verify(op)
