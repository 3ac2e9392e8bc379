"""Which ops conflict, by the bytes they touch."""

import pytest

from bench.programs import dispatches
from iree_explorer.analysis.hazards import Conflict, HazardAnalysis
from iree_explorer.syntax import parse
from tests.conformance.generator import program

R = "!stream.resource<*>"


def conflict_of(first: str, second: str) -> Conflict | None:
    text = f"""util.func public @main(%arg: {R}, %other: {R}, %x: i32) -> ({R}, {R}) {{
  %c0 = arith.constant 0 : index
  %c64 = arith.constant 64 : index
  %c128 = arith.constant 128 : index
  %c192 = arith.constant 192 : index
  %a = {first}
  %b = {second}
  util.return %a, %b : {R}, {R}
}}
"""
    block = next(iter(parse(text).op.ops)).regions[0].blocks[0]
    producer, consumer = [op for op in block.ops if op.name.startswith("stream.")]
    return HazardAnalysis().conflict_between(producer, consumer)


def fill(target: str, part: str) -> str:
    return f"stream.async.fill %x, {target}[{part}] : i32 -> {target} as {R}{{%c192}}"


def slice_(source: str, part: str) -> str:
    return f"stream.async.slice {source}[{part}] : {R}{{%c192}} -> {R}{{%c64}}"


@pytest.mark.parametrize(
    ("first", "second", "conflict"),
    [
        (fill("%arg", "%c0 to %c64 for %c64"), fill("%arg", "%c0 to %c64 for %c64"), True),
        (fill("%arg", "%c0 to %c64 for %c64"), fill("%arg", "%c64 to %c128 for %c64"), False),
        (fill("%arg", "%c0 to %c64 for %c64"), fill("%other", "%c0 to %c64 for %c64"), False),
        (slice_("%arg", "%c0 to %c64"), fill("%arg", "%c0 to %c64 for %c64"), True),
        (slice_("%arg", "%c0 to %c64"), slice_("%arg", "%c0 to %c64"), False),
        (fill("%arg", "%c0 to %c64 for %c64"), slice_("%a", "%c64 to %c128"), False),
        (fill("%arg", "%c0 to %c64 for %c64"), slice_("%a", "%c0 to %c64"), True),
        # Ranges that are apart but do not touch are not told apart, as IREE does not.
        (fill("%arg", "%c0 to %c64 for %c64"), fill("%arg", "%c128 to %c192 for %c64"), True),
    ],
)
def test_two_ops_conflict_where_one_writes_bytes_the_other_touches(first: str, second: str, conflict: bool) -> None:
    assert (conflict_of(first, second) is not None) == conflict


_ENDS_WHERE_ANOTHER_STARTS = f"""
stream.executable private @ex {{
  stream.executable.export public @one
}}
util.func public @main(%arg0: {R}) -> {R} {{
  %c0 = arith.constant 0 : index
  %c64 = arith.constant 64 : index
  %c128 = arith.constant 128 : index
  %0 = stream.async.dispatch @ex::@one(%arg0[%c0 to %c128 for %c128]) : ({R}{{%c128}}) -> {R}{{%c64}}
  %1 = stream.async.dispatch @ex::@one(%0[%c64 to %c128 for %c64]) : ({R}{{%c128}}) -> {R}{{%c64}}
  util.return %1 : {R}
}}
"""


def test_an_op_and_its_user_conflict_where_the_ranges_say_so() -> None:
    found: set[bool] = set()
    for text in (dispatches(50), _ENDS_WHERE_ANOTHER_STARTS, *map(program, range(40))):
        hazards = HazardAnalysis()
        for op in parse(text).op.walk():
            for user in {use.operation for result in op.results for use in result.uses}:
                has_hazard = hazards.has_hazard_with_user(op, user)
                assert has_hazard == (HazardAnalysis().conflict_between(op, user) is not None)
                found.add(has_hazard)
    assert found == {False, True}


@pytest.mark.parametrize(("awaited", "used"), [("%a", "%a"), ("%arg", None)])
def test_an_op_that_does_not_tell_what_it_touches_conflicts_over_what_it_uses(awaited: str, used: str | None) -> None:
    later = f"stream.timepoint.await sync %t => {awaited} : {R}{{%c192}}"
    text = f"""util.func public @main(%arg: {R}, %x: i32, %t: !stream.timepoint) -> {R} {{
  %c0 = arith.constant 0 : index
  %c64 = arith.constant 64 : index
  %c192 = arith.constant 192 : index
  %a = {fill("%arg", "%c0 to %c64 for %c64")}
  %b = {later}
  util.return %b : {R}
}}
"""
    block = next(iter(parse(text).op.ops)).regions[0].blocks[0]
    producer, consumer = [op for op in block.ops if op.name.startswith("stream.")]
    hazards = HazardAnalysis()
    assert hazards.ranges_of(consumer) is None
    found = hazards.conflict_between(producer, consumer)
    assert hazards.has_hazard_with_user(producer, consumer) == (found is not None)
    assert (found and (found.producer, found.consumer, found.resource)) == (
        None if used is None else (producer, consumer, producer.results[0])
    )
