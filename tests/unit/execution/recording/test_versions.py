"""Who wrote which byte last, against a list of bytes."""

from hypothesis import given
from hypothesis import strategies as st

from iree_explorer.execution.recording.versions import Versions

SIZE = 12
RANGES = st.tuples(st.integers(0, SIZE), st.integers(0, SIZE)).map(sorted).filter(lambda pair: pair[0] < pair[1])
WRITES = st.lists(RANGES, max_size=8)


def written(writes: list[list[int]], first: int) -> tuple[Versions, list[int | None]]:
    versions, plain = Versions(), [None] * SIZE
    return write(versions, list[int | None](plain), writes, first)


def write(
    versions: Versions, plain: list[int | None], writes: list[list[int]], first: int
) -> tuple[Versions, list[int | None]]:
    for number, (start, end) in enumerate(writes, first):
        versions.write(start, end, number)
        plain[start:end] = [number] * (end - start)
    return versions, plain


@given(WRITES)
def test_the_last_write_of_a_byte_counts(writes: list[list[int]]) -> None:
    versions, plain = written(writes, 0)
    assert [versions.at(byte) for byte in range(SIZE)] == plain


@given(WRITES, WRITES, WRITES, RANGES)
def test_copies_go_on_alone_and_differ_where_somebody_else_wrote(
    before: list[list[int]], here: list[list[int]], there: list[list[int]], place: list[int]
) -> None:
    versions, plain = written(before, 0)
    copy, copied = write(versions.copy(), plain.copy(), there, 200)
    versions, plain = write(versions, plain, here, 100)
    start, end = place
    parts = list(versions.differences(copy, start, end))
    found = [byte for first, last in parts for byte in range(first, last)]
    assert found == [byte for byte in range(start, end) if plain[byte] != copied[byte]]
