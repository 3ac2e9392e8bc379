"""Sets of partition ordinals while partitioning: fast where nearly all low ordinals are members, as they mostly are.

A set is a pair `(floor, bits)`: all ordinals below `floor`, and `floor + i` for each bit `i` of `bits`. An op near the
start of a block depends on nearly every partition below it, so `bits` stays short however many partitions there are.
"""

from __future__ import annotations

from typing import TypeAlias

OrdinalSet: TypeAlias = tuple[int, int]


def union(a: OrdinalSet, b: OrdinalSet) -> OrdinalSet:
    """All members of both."""
    if not b[1] and b[0] <= a[0]:
        return a
    if a[0] < b[0]:
        a, b = b, a
    return a[0], a[1] | b[1] >> a[0] - b[0]


def added(a: OrdinalSet, ordinal: int) -> OrdinalSet:
    """The set with one more member."""
    floor, bits = a
    return a if ordinal < floor else (floor, bits | 1 << ordinal - floor)


def without(a: OrdinalSet, ordinal: int) -> OrdinalSet:
    """The set less one member."""
    floor, bits = a
    if ordinal < floor:
        return ordinal, (bits << floor - ordinal | (1 << floor - ordinal) - 1) & ~1
    return floor, bits & ~(1 << ordinal - floor)


def tidied(a: OrdinalSet) -> OrdinalSet:
    """The same set with the highest floor that it can have."""
    floor, bits = a
    if not bits & 1:
        return a
    ones = (~bits & bits + 1).bit_length() - 1
    return floor + ones, bits >> ones


def top_of(a: OrdinalSet) -> int:
    """The highest member; -1: there is none."""
    return a[0] - 1 + a[1].bit_length() if a[1] else a[0] - 1


def contains(a: OrdinalSet, ordinal: int) -> bool:
    """Whether the ordinal is a member."""
    return ordinal < a[0] or bool(a[1] >> ordinal - a[0] & 1)


def above(a: OrdinalSet, base: int) -> int:
    """The members from `base` on as plain bits: bit `i` is ordinal `base + i`."""
    floor, bits = a
    return bits >> base - floor if base >= floor else bits << floor - base | (1 << floor - base) - 1
