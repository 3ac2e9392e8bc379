"""Tables: what `rows` makes of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from iree_explorer.exploration.page.columns import rows, some, table


def test_a_table_becomes_objects() -> None:
    edits = {"at": [1], "of": {"lengths": [2], "of": table(2, {"line": [4, 5]})}}
    packed = {"steps": table(3, {"kind": ["a", "b", "c"], "op": some({2: 7, 0: 5}), "edits": edits}), "rest": [1, "#"]}
    assert rows(packed) == {
        "steps": [{"kind": "a", "op": 5}, {"kind": "b", "edits": [{"line": 4}, {"line": 5}]}, {"kind": "c", "op": 7}],
        "rest": [1, "#"],
    }


_SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=4)


@given(
    st.recursive(
        _SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc"), inner), max_leaves=9
    )
)
def test_what_holds_no_table_stays(value: object) -> None:
    assert rows(value) == value
