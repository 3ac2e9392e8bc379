"""Uses that are set anew come first in their value's use list, one at a time; others keep their place."""

from hypothesis import given
from hypothesis import strategies as st
from xdsl.dialects import test
from xdsl.dialects.builtin import i32
from xdsl.ir import Operation, SSAValue

from iree_explorer.ir.storage import users_of
from iree_explorer.passes.canonicalize.greedy.use_lists import UserCounts, has_uses, replace_uses, set_operands


def _values(count: int) -> tuple[SSAValue, ...]:
    return tuple(test.TestOp(result_types=[i32] * count).results)


def _user(*operands: SSAValue) -> Operation:
    return test.TestOp(operands=operands)


def test_newest_use_comes_first() -> None:
    (a,) = _values(1)
    first, second = _user(a), _user(a)
    assert list(users_of(a)) == [second, first]


def test_replaced_uses_turn_around() -> None:
    a, b = _values(2)
    users = [_user(a), _user(a), _user(b)]
    assert replace_uses([(a, b)]) == [users[1], users[0]]
    assert list(users_of(b)) == [users[0], users[1], users[2]]
    assert not list(users_of(a))


def test_spared_user_keeps_its_operand() -> None:
    a, b = _values(2)
    kept, changed = _user(a, a), _user(a)
    assert replace_uses([(a, b)], spared=kept) == [changed]
    assert tuple(kept.operands) == (a, a)
    assert tuple(changed.operands) == (b,)


def test_one_user_of_several_replaced_values() -> None:
    a, b, c, d = _values(4)
    user = _user(a, b, a)
    replace_uses([(a, c), (b, d)])
    assert tuple(user.operands) == (c, d, c)
    assert [use.index for use in c.uses] == [0, 2]


def test_name_goes_to_a_value_without_one() -> None:
    a, b, c = _values(3)
    a.name_hint, c.name_hint = "old", "own"
    replace_uses([(a, b), (a, c)])
    assert (b.name_hint, c.name_hint) == ("old", "own")


def test_set_operands_moves_only_these_uses() -> None:
    a, b, c = _values(3)
    first, second = _user(a, b), _user(a, b)
    set_operands(first, {0: c})
    assert tuple(first.operands) == (c, b)
    assert list(users_of(b)) == [second, first]
    assert list(users_of(a)) == [second]


def test_has_uses() -> None:
    op = test.TestOp(result_types=[i32, i32])
    assert not has_uses(op)
    _user(op.results[1])
    assert has_uses(op)


@given(st.lists(st.integers(1, 40), min_size=1, max_size=12), st.data())
def test_two_other_users_are_found_while_users_go(uses: list[int], data: st.DataObject) -> None:
    a, b = _values(2)
    users = [_user(*[a] * count) for count in uses]
    counts = UserCounts()
    while users:
        op = data.draw(st.sampled_from(users))
        others = {use.operation for use in a.uses} - {op}
        assert counts.has_two_other_users(a, op) == (len(others) >= 2)
        gone = data.draw(st.sampled_from(users))
        users.remove(gone)
        if data.draw(st.booleans()):
            gone.erase()
        else:
            set_operands(gone, dict.fromkeys(range(len(gone.operands)), b))
