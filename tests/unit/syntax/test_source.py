from hypothesis import given
from hypothesis import strategies as st

from iree_explorer.errors import Location
from iree_explorer.syntax import Source


@given(st.text(alphabet="ab\n", max_size=60), st.data())
def test_a_location_counts_the_lines_before_and_the_bytes_of_its_own(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    before = text[:offset]
    expected = Location("f", before.count("\n") + 1, len(before) - before.rfind("\n"))
    assert Source("f", text).location(offset) == expected


def test_columns_are_bytes() -> None:
    assert Source("f", "é x").location(2) == Location("f", 1, 4)
