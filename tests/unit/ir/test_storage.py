"""Ops that are stored by the short ways are as xDSL's own."""

from functools import partial

from xdsl.dialects.builtin import i1, i32
from xdsl.dialects.test import TestPureOp as PureOp
from xdsl.ir import Block, Operation, SSAValue, Use

from iree_explorer.ir.storage import (
    ancestor_in,
    copy_op,
    erase_arguments,
    insert_op,
    make_block,
    make_op,
    operand_uses_of,
    operands_of,
    ops_of,
    retype,
    store_operands,
    type_of,
    users_of,
    uses_of,
)
from iree_explorer.syntax import parse
from tests.conformance.generator import program


def test_a_copy_is_what_xdsl_clones() -> None:
    for seed in range(60):
        module = parse(program(seed)).op
        copy, pairs = copy_op(module)
        clone = module.clone()
        assert copy.is_structurally_equivalent(clone)
        assert _uses(copy) == _uses(clone)
        assert [old for old, _ in pairs] == list(module.walk())
        assert [new for _, new in pairs] == list(copy.walk())
        copy.verify()


def _uses(op: Operation) -> list[list[tuple[int, int]]]:
    """The uses of each value in `op`, newest first: number of the op and of the operand."""
    number = {other: index for index, other in enumerate(op.walk())}
    values: list[SSAValue] = []
    for other in number:
        values += other.results
        values += [argument for region in other.regions for block in region.blocks for argument in block.args]
    return [[(number[use.operation], use.index) for use in value.uses] for value in values]


def test_ops_are_inserted_where_they_belong() -> None:
    block, first, second, third, fourth = Block(), *(PureOp() for _ in range(4))
    insert_op(block, second, None)
    insert_op(block, fourth, second)
    insert_op(block, first, None)
    insert_op(block, third, second)
    wanted = [first, second, third, fourth]
    assert ops_of(block) == list(block.ops) == wanted
    assert list(reversed(wanted)) == list(block.ops.__reversed__())
    assert all(op.parent is block for op in wanted)
    block.erase_op(fourth)
    assert block.last_op is third


def test_arguments_are_as_in_xdsl_and_keep_their_numbers_when_others_go() -> None:
    block, wanted = make_block([i32, i1, i32]), Block(arg_types=[i32, i1, i32])
    assert [(a.type, a.index, a.block, str(a.location)) for a in block.args] == [
        (a.type, a.index, block, str(a.location)) for a in wanted.args
    ]
    first, _, last = block.args
    erase_arguments(block, {1})
    assert block.args == (first, last)
    assert [argument.index for argument in block.args] == [0, 1]


def test_what_is_stored_is_what_xdsl_tells() -> None:
    for op in parse(program(3)).op.walk():
        assert operands_of(op) == tuple(op.operands)
        assert list(map(type_of, op.results)) == [result.type for result in op.results]
        for number, (operand, use) in enumerate(zip(operands_of(op), operand_uses_of(op), strict=True)):
            assert use in list(operand.uses)
            assert (use.operation, use.index) == (op, number)


def test_the_op_of_a_block_that_has_another_inside_is_the_one_xdsl_finds() -> None:
    ops = [*parse(program(3)).op.walk()]
    blocks = [block for op in ops for region in op.regions for block in region.blocks]
    assert len(blocks) > 3
    for block in blocks:
        assert [*map(partial(ancestor_in, block), ops)] == [*map(block.find_ancestor_op_in_block, ops)]


def test_a_value_takes_another_type_in_place() -> None:
    op = PureOp(result_types=[i32])
    user = PureOp(operands=[op.results[0]])
    retype(op.results[0], i1)
    assert (op.results[0].type, user.operands[0].type) == (i1, i1)


def test_operands_are_stored_with_uses_that_are_in_place() -> None:
    a, b = PureOp(result_types=[i32] * 2).results
    op = PureOp(operands=[a])
    use = operand_uses_of(op)[0]
    a.remove_use(use)
    b.add_use(use)
    store_operands(op, [b])
    assert (list(op.operands), operand_uses_of(op)) == ([b], (use,))
    added = Use(op, 1)
    a.add_use(added)
    store_operands(op, [b, a], (use, added))
    op.operands[1] = b  # xDSL takes the use out of the list of `a`.
    assert (list(op.operands), list(a.uses)) == ([b, b], [])


def test_xdsl_replaces_and_drops_uses_that_are_made_here() -> None:
    a, b = PureOp(result_types=[i32] * 2).results
    users = [make_op(PureOp, [a, a], (), {}) for _ in range(3)]
    users[1].operands[0] = b
    assert [(use.operation, use.index) for use in a.uses] == [
        (users[2], 1), (users[2], 0), (users[1], 1), (users[0], 1), (users[0], 0)
    ]  # fmt: skip
    assert [(use.operation, use.index) for use in b.uses] == [(users[1], 0)]
    users[2].drop_all_references()
    assert users_of(a) == [users[1], users[0], users[0]]
    a.replace_all_uses_with(b)
    assert not a.uses
    assert set(users_of(b)) == {*users[:2]}
    assert b.uses.get_length() == 4


def test_uses_are_xdsls_and_may_go_while_they_are_looked_at() -> None:
    maker = PureOp(result_types=[i32, i32])
    old, new = maker.results
    users = [PureOp(operands=[old, old]), PureOp(operands=[old])]
    assert list(uses_of(old)) == list(old.uses)
    assert list(users_of(old)) == [users[1], users[0], users[0]]
    for use in uses_of(old):
        old.remove_use(use)
        new.add_use(use)
    assert not list(uses_of(old))
    assert list(users_of(new)) == [users[0], users[0], users[1]]
