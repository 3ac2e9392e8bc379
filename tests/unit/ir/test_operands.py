from hypothesis import given
from hypothesis import strategies as st
from xdsl.dialects import test
from xdsl.dialects.builtin import i32
from xdsl.irdl import IRDLOperation

from iree_explorer.ir.operands import assign_operands, operand_groups, segment_sizes, set_last_operand, splice_operands
from tests.unit.dialects.bodies import Body

GROUPS = ["resource_operands", "resource_operand_sizes", "result_sizes", "await_timepoint"]


def execute(resources: int, awaits: bool) -> tuple[Body, IRDLOperation]:
    captures = ", ".join(f"%r as %c{index}: !stream.resource<*>{{%x}}" for index in range(resources))
    timepoint = "await(%tp) => " if awaits else ""
    program = Body(f"%0 = stream.async.execute {timepoint}with({captures}) {{\n  stream.yield\n}} => !stream.timepoint")
    op = program.ops[0]
    assert isinstance(op, IRDLOperation)
    return program, op


@given(st.integers(0, 3), st.booleans())
def test_groups(resources: int, awaits: bool) -> None:
    _, op = execute(resources, awaits)
    groups = operand_groups(op)
    assert list(groups) == GROUPS
    assert [count for _, count in groups.values()] == [resources, resources, 0, int(awaits)]
    assert [start for start, _ in groups.values()] == [0, resources, 2 * resources, 2 * resources]
    assert segment_sizes(op) == (resources, resources, 0, int(awaits))


@given(st.integers(0, 3), st.booleans(), st.sampled_from(GROUPS[1:3]), st.lists(st.sampled_from("xyz"), max_size=4))
def test_one_group_changes(resources: int, awaits: bool, name: str, names: list[str]) -> None:
    program, op = execute(resources, awaits)
    before = {group: list(op.operands[start : start + count]) for group, (start, count) in operand_groups(op).items()}
    values = [program.arguments[chosen] for chosen in names]
    assign_operands(op, name, values)
    after = {group: list(op.operands[start : start + count]) for group, (start, count) in operand_groups(op).items()}
    assert after == before | {name: values}
    assert segment_sizes(op) == tuple(len(group) for group in after.values())
    for value in program.arguments.values():
        uses = {(use.operation, use.index) for use in value.uses}
        assert {index for user, index in uses if user is op} == {
            i for i, used in enumerate(op.operands) if used is value
        }


def test_the_use_list_keeps_its_order() -> None:
    program, op = execute(2, awaits=False)
    x, y = program.values("x y")
    assign_operands(op, "resource_operand_sizes", (x, y))
    assert [use.index for use in x.uses if use.operation is op] == [2]
    assert [use.index for use in y.uses] == [3]


@given(st.integers(0, 3))
def test_the_last_group_gets_an_operand_as_by_assignment(resources: int) -> None:
    def uses(body: Body) -> dict[str, list[tuple[str, int]]]:
        return {name: [(u.operation.name, u.index) for u in value.uses] for name, value in body.arguments.items()}

    program, op = execute(resources, awaits=False)
    (timepoint,) = program.values("tp")
    set_last_operand(op, timepoint, {})
    other, wanted = execute(resources, awaits=False)
    assign_operands(wanted, "await_timepoint", [*other.values("tp")])
    assert segment_sizes(op) == segment_sizes(wanted)
    assert uses(program) == uses(other)


def test_splice_changes_the_number_of_operands() -> None:
    a, b, c, d = test.TestOp(result_types=[i32] * 4).results
    op, other = test.TestOp(operands=[a, b, c]), test.TestOp(operands=[c])
    splice_operands(op, 1, 1, [d, d])
    assert tuple(op.operands) == (a, d, d, c)
    assert [(use.operation, use.index) for use in c.uses] == [(op, 3), (other, 0)]
    assert [use.index for use in d.uses] == [2, 1]
    splice_operands(op, 0, 3, [])
    assert tuple(op.operands) == (c,)


def test_uses_are_inserted_anew_only_where_an_op_has_no_room_for_more_operands() -> None:
    a, b = test.TestOp(result_types=[i32] * 2).results
    op, other = test.TestOp(operands=[a, b]), test.TestOp(operands=[a])
    splice_operands(op, 1, 1, [])
    splice_operands(op, 1, 0, [b])
    assert [use.operation for use in a.uses] == [other, op], "there was room for two"
    splice_operands(op, 2, 0, [b])
    assert [use.operation for use in a.uses] == [op, other]
    last = test.TestOp(operands=[a])
    splice_operands(op, 3, 0, [b] * 5)
    assert [use.operation for use in a.uses] == [last, op, other], "there is room for eight now"
    splice_operands(op, 8, 0, [b])
    assert [use.operation for use in a.uses] == [op, last, other]
