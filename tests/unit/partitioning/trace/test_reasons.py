"""Sets of ordinals, and reasons as sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iree_explorer.partitioning.trace.reasons import Access, Candidate, Ordinals, Overlap, ValueRef, Why, parts

LABELS = {1: "%1", 2: "%2", 3: "scf.for"}


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 255))
def test_ordinals_agree_with_a_set(start: int, length: int, rest: int) -> None:
    end = start + length
    ordinals = Ordinals(start, end, rest)
    expected = {*range(start, end), *(end + place for place in range(8) if rest >> place & 1)}
    assert set(ordinals) == expected
    assert list(ordinals) == sorted(expected)
    assert len(ordinals) == len(expected)
    assert all((p in ordinals) == (p in expected) for p in range(20))
    assert {p for first, last in ordinals.runs() for p in range(first, last + 1)} == expected


@given(st.integers(0, 255), st.integers(0, 9))
def test_equal_sets_are_equal(bits: int, base: int) -> None:
    ordinals = Ordinals.of_bits(bits, base)
    assert list(ordinals) == [base + place for place in range(8) if bits >> place & 1]
    assert Ordinals.of_runs(ordinals.runs()) == ordinals
    assert ordinals.runs(2) == ordinals.runs()[:2]
    assert not bits or ordinals.last == ordinals.runs()[-1][1]
    assert Ordinals.of_members(ordinals) == ordinals


def test_runs_are_as_long_as_they_can_be() -> None:
    assert Ordinals.of_bits(0b1110111, 2).runs() == [(2, 4), (6, 8)]
    assert str(Ordinals(2, 5, 0b1110)) == "2–4, 6–8"
    assert parts("wave", Ordinals(2, 5, 0b1110)) == "waves 2–4 and 6–8"
    assert parts("wave", Ordinals(4, 5)) == "wave 4"
    many = Ordinals.of_bits(0b1011_0101_0101)
    assert parts("wave", many, 3) == "waves 0, 2, 4 and 4 more"
    assert parts("wave", many, 6) == parts("wave", many) == "waves 0, 2, 4, 6, 8–9 and 11"


@given(st.lists(st.tuples(st.integers(0, 255), st.integers(0, 9)), max_size=4))
def test_a_union_has_all_members(sets: list[tuple[int, int]]) -> None:
    ordinals = [Ordinals.of_bits(bits, base) for bits, base in sets]
    assert Ordinals.union(ordinals) == Ordinals.of_members([p for each in ordinals for p in each])


@pytest.mark.parametrize(
    ("why", "sentence"),
    [
        (Why("downstream", (1,)), "too late, as %1 needs the op's result"),
        (Why("downstream", (1, 2)), "too late, as %1 and %2 need the op's result"),
        (Why("downstream"), "too late, as something earlier needs the op's result"),
        (Why("frozen", (2,)), "%2 may not be crossed"),
        (Why("affinity", words=("@a", "@b")), "the op runs on @a, the partition on @b"),
        (
            Why("order", partitions=Ordinals(4, 5)),
            "what the op feeds is in partition 4, which runs before this partition",
        ),
        (Why("cycle", partitions=Ordinals(4, 5)), "with the op it would wait for partition 4, which waits for it"),
        (Why("downstream", (1, 2), words=("inside",)), "%1 in it needs what %2 hands over"),
        (Why("downstream", (1,), words=("shared",)), "too late, as %1 uses the same storage after the op"),
        (Why("nested capture", (3,)), "scf.for captures the op's result and feeds this partition"),
        (
            Why("consumers first", partitions=Ordinals(1, 2)),
            "nothing forbids it, but partition 1 consumes the op's result",
        ),
    ],
)
def test_a_reason_is_one_clause(why: Why, sentence: str) -> None:
    assert why.sentence(LABELS) == sentence


def test_a_hazard_names_bytes_and_ops() -> None:
    overlap = Overlap(ValueRef(1), Access(1, "write", 0, 64), Access(2, "read", 32, ValueRef(3)))
    why = Why("hazard", (2,), overlaps=(overlap,))
    assert why.sentence(LABELS, "wave") == "%2 reads bytes 32 to scf.for of %1, which writes bytes 0 to 64"
    same = Overlap(ValueRef(1), Access(1, "write", 0, 64), Access(2, "read-write", 0, 64))
    assert same.text(LABELS) == "%2 reads and writes what %1 writes: bytes 0 to 64"
    second = Overlap(ValueRef(1, 1), Access(1, "write", 0, 64), Access(2, "read", 0, 64))
    assert second.text(LABELS) == "%1 writes bytes 0 to 64 of %1#1 and %2 reads bytes 0 to 64 of it"
    assert Overlap(ValueRef(9, 1)).text(LABELS) == "both use op 9#1, and the ops do not say which bytes of it"
    assert ValueRef(1, 2, is_argument=True).text(LABELS) == "argument 2 of %1"


def test_a_candidate_is_one_sentence() -> None:
    row = Candidate(Ordinals(0, 3), "refused", Why("frozen", (1,)))
    assert row.sentence(LABELS) == "partitions 0–2 refused: %1 may not be crossed"
    assert Candidate(Ordinals(3, 4), "chosen").sentence(LABELS, "wave") == "wave 3 chosen"
