"""The list of ops to visit: what is at rest is passed over only until something changes."""

from hypothesis import given
from hypothesis import strategies as st
from xdsl.dialects import test
from xdsl.ir import Block, Operation, Region

from iree_explorer.passes.canonicalize.greedy.rules import RuleBook
from iree_explorer.passes.canonicalize.greedy.work_list import WorkList


@given(st.lists(st.booleans(), min_size=1, max_size=8), st.data())
def test_once_something_changed_all_below_is_taken(are_restless: list[bool], data: st.DataObject) -> None:
    ops: list[Operation] = [test.TestPureOp() for _ in are_restless]
    fresh: list[Operation] = [test.TestPureOp() for _ in range(2)]
    restless = [place for place, is_restless in enumerate(are_restless) if is_restless]
    work = WorkList(Region(Block([*ops, *fresh])), RuleBook())
    work.begin([*ops], restless)
    visits = data.draw(st.integers(0, len(restless)))
    taken = work.taken()
    assert [next(taken) for _ in range(visits)] == [ops[place] for place in reversed(restless)][:visits]
    below = ops[: restless[-visits]] if visits else ops
    for op in (*below[:1], *fresh):
        work.push(op)
    assert all(map(work.is_pending, (*below, *fresh)))
    assert not any(map(work.is_pending, ops[len(below) :]))
    assert [*work.upcoming()] == [*fresh[::-1], *below[::-1]]
    assert [*taken] == [*fresh[::-1], *below[::-1]]


def test_a_list_on_which_all_ops_rest_ends_at_once() -> None:
    op = test.TestPureOp()
    work = WorkList(Region(Block([op])), RuleBook())
    work.begin([op], [])
    assert [*work.taken()] == []
    assert not work.is_pending(op)


def test_what_is_taken_off_is_not_visited() -> None:
    ops: list[Operation] = [test.TestPureOp() for _ in range(3)]
    work = WorkList(Region(Block(ops)), RuleBook())
    work.begin([*ops], range(3))
    work.remove(ops[1])
    assert [*work.taken()] == [ops[2], ops[0]]


def test_the_list_turns_around() -> None:
    ops: list[Operation] = [test.TestPureOp() for _ in range(3)]
    work = WorkList(Region(Block(ops)), RuleBook())
    work.push_siblings(ops)
    work.reverse()
    assert [*work.taken()] == ops
