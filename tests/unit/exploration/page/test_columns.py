"""Tables: what `rows` makes of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from iree_explorer.exploration.page.columns import Later, Made, rows, some, table


def test_a_table_becomes_objects() -> None:
    edits = {"at": [1], "of": {"lengths": [2], "of": table(2, {"line": [4, 5]})}}
    packed = {"steps": table(3, {"kind": ["a", "b", "c"], "op": some({2: 7, 0: 5}), "edits": edits}), "rest": [1, "#"]}
    assert rows(packed) == {
        "steps": [{"kind": "a", "op": 5}, {"kind": "b", "edits": [{"line": 4}, {"line": 5}]}, {"kind": "c", "op": 7}],
        "rest": [1, "#"],
    }


def test_a_column_may_come_later() -> None:
    packed = table(2, {"kind": ["a", "b"], "op": {"later": 1}})
    assert rows(packed) == [{"kind": "a"}, {"kind": "b"}]
    assert rows(packed, [[], some({1: 7})]) == [{"kind": "a"}, {"kind": "b", "op": 7}]


def test_an_object_may_come_later() -> None:
    packed = {"ops": {"later": 1}, "rest": 2}
    assert rows(packed) == {"ops": {}, "rest": 2}
    assert rows(packed, [[], {"7": {"name": "a"}}]) == {"ops": {"7": {"name": "a"}}, "rest": 2}


def test_what_is_made_when_it_is_written_is_not_kept() -> None:
    made: list[int] = []

    def make() -> list[int]:
        made.append(len(made))
        return [4, 5]

    packed = {"ops": Made(lambda: table(2, {"op": Later(make)}))}
    assert not made
    assert rows(packed) == rows(packed) == {"ops": [{"op": 4}, {"op": 5}]}
    assert made == [0, 1]


_SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=4)


@given(
    st.recursive(
        _SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc"), inner), max_leaves=9
    )
)
def test_what_holds_no_table_stays(value: object) -> None:
    assert rows(value) == value
