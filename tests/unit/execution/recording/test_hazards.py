"""Planted hazards are found every time."""

import pytest

from iree_explorer.errors import ExecutionError
from iree_explorer.execution import run
from iree_explorer.execution.run import program_of
from iree_explorer.passes.schedule import schedule
from iree_explorer.syntax import parse


def wave(first: str, second: str) -> str:
    """A wave of two fills of one resource, by byte ranges."""
    fills = "\n".join(
        f"        %f{i} = stream.async.fill %v, %w[%c{r[0]} to %c{r[1]} for %c{r[1] - r[0]}] : i8 -> %w as !stream.resource<transient>{{%c8}}"
        for i, r in enumerate((tuple(map(int, first.split("-"))), tuple(map(int, second.split("-")))))
    )
    constants = "\n".join(f"    %c{n} = arith.constant {n} : index" for n in range(9))
    return f"""module {{
  util.func public @main() -> !hal.buffer_view {{
{constants}
    %v = arith.constant 7 : i8
    %r, %t = stream.async.execute with() -> !stream.resource<transient>{{%c8}} {{
      %s = stream.async.splat %v : i8 -> !stream.resource<transient>{{%c8}}
      %u:2 = stream.async.concurrent with(%s as %w: !stream.resource<transient>{{%c8}}) -> (%s as !stream.resource<transient>{{%c8}}, %s as !stream.resource<transient>{{%c8}}) {{
{fills}
        stream.yield %f0, %f1 : !stream.resource<transient>{{%c8}}, !stream.resource<transient>{{%c8}}
      }}
      stream.yield %u#1 : !stream.resource<transient>{{%c8}}
    }} => !stream.timepoint
    %a = stream.timepoint.await %t => %r : !stream.resource<transient>{{%c8}}
    %e = stream.tensor.export %a : tensor<8xi8> in !stream.resource<transient>{{%c8}} -> !hal.buffer_view
    util.return %e : !hal.buffer_view
  }}
}}
"""


@pytest.mark.parametrize("workers", [1, 2])
def test_two_writes_of_a_wave_that_overlap(workers: int) -> None:
    with pytest.raises(
        ExecutionError, match=r"%\d = fill writes bytes \[\d to \d\], and nothing orders it .* of the same resource"
    ):
        run(parse(wave("0-5", "4-8")), workers=workers, check_hazards=True)
    unread = wave("0-4", "4-8").replace("@main() -> !hal.buffer_view", "@main()")
    unread = unread.replace("util.return %e : !hal.buffer_view", "util.return")
    run(parse(unread), workers=workers, check_hazards=True)


def test_of_two_values_in_one_storage_a_reader_wants_one() -> None:
    with pytest.raises(
        ExecutionError, match=r"the caller .* reads bytes \[0 to 4\], which .* has overwritten in place"
    ):
        run(parse(wave("0-4", "4-8")), check_hazards=True)


TWO_REGIONS = """module {
  util.func public @main() -> !hal.buffer_view {
    %c8 = arith.constant 8 : index
    %v = arith.constant 7 : i8
    %r, %t = stream.async.execute with() -> !stream.resource<transient>{%c8} {
      %s = stream.async.splat %v : i8 -> !stream.resource<transient>{%c8}
      stream.yield %s : !stream.resource<transient>{%c8}
    } => !stream.timepoint
    %r2, %t2 = stream.async.execute await(%t) => with(%r as %x: !stream.resource<transient>{%c8}) -> !stream.resource<transient>{%c8} {
      %s = stream.async.clone %x : !stream.resource<transient>{%c8} -> !stream.resource<transient>{%c8}
      stream.yield %s : !stream.resource<transient>{%c8}
    } => !stream.timepoint
    %j = stream.timepoint.join max(%t, %t2) => !stream.timepoint
    %a = stream.timepoint.await %j => %r2 : !stream.resource<transient>{%c8}
    %e = stream.tensor.export %a : tensor<8xi8> in !stream.resource<transient>{%c8} -> !hal.buffer_view
    util.return %e : !hal.buffer_view
  }
}
"""


@pytest.mark.parametrize("seed", [None, 0, 1, 2, 3])
def test_a_dropped_await(seed: int | None) -> None:
    run(parse(TWO_REGIONS), seed=seed, check_hazards=True)
    with pytest.raises(ExecutionError, match=r"nothing orders it|before the timepoint of its producer"):
        run(parse(TWO_REGIONS.replace("await(%t) => with", "with")), seed=seed, check_hazards=True)


def test_regions_await_each_other_in_the_timeline() -> None:
    timeline = run(parse(TWO_REGIONS)).timeline
    assert timeline.edges == ((0, 1),)
    first, second = timeline.spans
    assert (first.region, second.region) == (0, 1)
    assert first.end <= second.start
    assert timeline.peak_bytes == 16


CLONED_READER = """module {
  util.func public @main() -> (!hal.buffer_view, !hal.buffer_view, !hal.buffer_view) {
    %c0 = arith.constant 0 : index
    %c4 = arith.constant 4 : index
    %c8 = arith.constant 8 : index
    %v = arith.constant 7 : i8
    %w = arith.constant 9 : i8
    %0 = stream.async.splat %v : i8 -> !stream.resource<transient>{%c8}
    %1 = stream.async.fill %w, %0[%c0 to %c4 for %c4] : i8 -> %0 as !stream.resource<transient>{%c8}
    %2 = stream.async.clone %1 : !stream.resource<transient>{%c8} -> !stream.resource<transient>{%c8}
    %3 = stream.async.fill %v, %1[%c0 to %c4 for %c4] : i8 -> %1 as !stream.resource<transient>{%c8}
    %4 = stream.async.clone %2 : !stream.resource<transient>{%c8} -> !stream.resource<transient>{%c8}
    %5 = stream.tensor.export %2 : tensor<8xi8> in !stream.resource<transient>{%c8} -> !hal.buffer_view
    %6 = stream.tensor.export %3 : tensor<8xi8> in !stream.resource<transient>{%c8} -> !hal.buffer_view
    %7 = stream.tensor.export %4 : tensor<8xi8> in !stream.resource<transient>{%c8} -> !hal.buffer_view
    util.return %5, %6, %7 : !hal.buffer_view, !hal.buffer_view, !hal.buffer_view
  }
}
"""


def test_a_cloned_reader_behind_a_writer() -> None:
    """IREE clones a `stream.async.clone` to each of its users without a look at who changes its source meanwhile."""
    scheduled = schedule(parse(CLONED_READER))
    assert [output.tolist() for output in run(scheduled).outputs] == [[9] * 4 + [7] * 4, [7] * 8, [9] * 4 + [7] * 4]
    with pytest.raises(ExecutionError, match="nothing orders it"):
        run(scheduled, check_hazards=True)


NESTED = """util.func public @main(%v: i8, %w: i8) -> (!hal.buffer_view, !hal.buffer_view) {
  %c8 = arith.constant 8 : index
  %r:2, %t = stream.async.execute with() -> (!stream.resource<external>{%c8}, !stream.resource<external>{%c8}) {
    %s = stream.async.splat %v : i8 -> !stream.resource<external>{%c8}
    %u:2 = stream.async.concurrent with(%s as %x: !stream.resource<external>{%c8}) -> (!stream.resource<external>{%c8}, !stream.resource<external>{%c8}) {
      %a = stream.async.clone %x : !stream.resource<external>{%c8} -> !stream.resource<external>{%c8}
      %b:2 = stream.async.concurrent with(%x as %y: !stream.resource<external>{%c8}) -> (!stream.resource<external>{%c8}, !stream.resource<external>{%c8}) {
        %c = stream.async.clone %y : !stream.resource<external>{%c8} -> !stream.resource<external>{%c8}
        %d = stream.async.splat %w : i8 -> !stream.resource<external>{%c8}
        stream.yield %c, %d : !stream.resource<external>{%c8}, !stream.resource<external>{%c8}
      }
      stream.yield %a, %b#1 : !stream.resource<external>{%c8}, !stream.resource<external>{%c8}
    }
    stream.yield %u#0, %u#1 : !stream.resource<external>{%c8}, !stream.resource<external>{%c8}
  } => !stream.timepoint
  %a:2 = stream.timepoint.await %t => %r#0, %r#1 : !stream.resource<external>{%c8}, !stream.resource<external>{%c8}
  %e = stream.tensor.export %a#0 : tensor<8xi8> in !stream.resource<external>{%c8} -> !hal.buffer_view
  %f = stream.tensor.export %a#1 : tensor<8xi8> in !stream.resource<external>{%c8} -> !hal.buffer_view
  util.return %e, %f : !hal.buffer_view, !hal.buffer_view
}
"""


@pytest.mark.parametrize("workers", [1, 2])
def test_a_wave_inside_a_wave_is_part_of_it(workers: int) -> None:
    result = run(parse(NESTED), "main", 7, 9, workers=workers, check_hazards=True)
    assert [set(value.tolist()) for value in result.outputs] == [{7}, {9}]
    assert [span.wave for span in result.timeline.spans] == [-1, 1, 1, 1]


E = "!stream.resource<external>"
CHANGED_BEFORE_READ = f"""
util.func public @main(%v: i32, %w: i32) -> (!hal.buffer_view, !hal.buffer_view) {{
  %c0 = arith.constant 0 : index
  %c16 = arith.constant 16 : index
  %c32 = arith.constant 32 : index
  %r:2, %t = stream.async.execute with() -> ({E}{{%c32}}, {E}{{%c32}}) {{
    %0 = stream.async.splat %v : i32 -> {E}{{%c32}}
    %1 = stream.async.fill %w, %0[%c0 to %c16 for %c16] : i32 -> %0 as {E}{{%c32}}
    READ
    stream.yield %1, %2 : {E}{{%c32}}, {E}{{%c32}}
  }} => !stream.timepoint
  %a:2 = stream.timepoint.await %t => %r#0, %r#1 : {E}{{%c32}}, {E}{{%c32}}
  %x = stream.tensor.export %a#0 : tensor<8xi32> in {E}{{%c32}} -> !hal.buffer_view
  %y = stream.tensor.export %a#1 : tensor<8xi32> in {E}{{%c32}} -> !hal.buffer_view
  util.return %x, %y : !hal.buffer_view, !hal.buffer_view
}}
"""
"""In order, in one region; only that `%0` is no more what it was."""


def read(value: str, start: int) -> str:
    return CHANGED_BEFORE_READ.replace(
        "READ",
        f"%s = stream.async.splat %v : i32 -> {E}{{%c32}}\n    %2 = stream.async.copy {value}[%c{start} to %c{start + 16}], "
        f"%s[%c0 to %c16], %c16 : {E}{{%c32}} -> %s as {E}{{%c32}}",
    )


@pytest.mark.parametrize("workers", [1, 2])
def test_a_read_of_what_was_overwritten_in_place(workers: int) -> None:
    run(parse(read("%1", 0)), "main", 7, 9, workers=workers, check_hazards=True)
    run(parse(read("%0", 16)), "main", 7, 9, workers=workers, check_hazards=True)
    with pytest.raises(ExecutionError, match=r"copy reads bytes \[0 to 16\], which .* = fill has overwritten in place"):
        run(parse(read("%0", 0)), "main", 7, 9, workers=workers, check_hazards=True)
    read_now, changed = run(parse(read("%0", 0)), "main", 7, 9, workers=workers).outputs
    assert (read_now[0], changed[0]) == (9, 7)


def test_a_result_that_was_overwritten_in_place() -> None:
    text = CHANGED_BEFORE_READ.replace("READ", "").replace("%1, %2", "%1, %0")
    with pytest.raises(ExecutionError, match=r"the caller of @main, in result 1, reads bytes \[0 to 16\], which"):
        run(parse(text), "main", 7, 9, check_hazards=True)


def test_what_one_call_wrote_is_no_matter_to_the_next() -> None:
    text = f"""
util.global private mutable @state : {E}
util.initializer {{
  %c32 = arith.constant 32 : index
  %v = arith.constant 3 : i32
  %0 = stream.async.splat %v : i32 -> {E}{{%c32}}
  util.global.store %0, @state : {E}
  util.return
}}
util.func public @main(%v: i32) -> !hal.buffer_view {{
  %c0 = arith.constant 0 : index
  %c16 = arith.constant 16 : index
  %c32 = arith.constant 32 : index
  %0 = util.global.load @state : {E}
  %1 = stream.async.fill %v, %0[%c0 to %c16 for %c16] : i32 -> %0 as {E}{{%c32}}
  util.global.store %1, @state : {E}
  %2 = stream.async.clone %1 : {E}{{%c32}} -> {E}{{%c32}}
  %3 = stream.tensor.export %2 : tensor<8xi32> in {E}{{%c32}} -> !hal.buffer_view
  util.return %3 : !hal.buffer_view
}}
"""
    program = program_of(schedule(parse(text), execution="fewest-handovers", concurrency="balanced"))
    for value in (7, 8):
        (found,) = run(program, "main", value, check_hazards=True).outputs
        assert found.tolist() == [value] * 4 + [3] * 4


YIELDED_TWICE = f"""
util.func public @main(%v: i32, %w: i32) -> (!hal.buffer_view, !hal.buffer_view) {{
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %r:2, %t = stream.async.execute with() -> ({E}{{%c32}}, {E}{{%c32}}) {{
    %0:2 = stream.async.concurrent with() -> ({E}{{%c32}}, {E}{{%c32}}) {{
      %2 = stream.async.splat %v : i32 -> {E}{{%c32}}
      stream.yield %2, %2 : {E}{{%c32}}, {E}{{%c32}}
    }}
    %1 = stream.async.fill %w, %0#1[%c0 to %c32 for %c32] : i32 -> %0#1 as {E}{{%c32}}
    stream.yield %0#0, %1 : {E}{{%c32}}, {E}{{%c32}}
  }} => !stream.timepoint
  %a:2 = stream.timepoint.await %t => %r#0, %r#1 : {E}{{%c32}}, {E}{{%c32}}
  %x = stream.tensor.export %a#0 : tensor<8xi32> in {E}{{%c32}} -> !hal.buffer_view
  %y = stream.tensor.export %a#1 : tensor<8xi32> in {E}{{%c32}} -> !hal.buffer_view
  util.return %x, %y : !hal.buffer_view, !hal.buffer_view
}}
"""


def test_what_a_wave_yields_twice_keeps_its_value_under_the_other_name() -> None:
    outputs = run(parse(YIELDED_TWICE), "main", 7, 9).outputs
    assert [array.tolist() for array in outputs] == [[7] * 8, [9] * 8]
    with pytest.raises(ExecutionError, match=r"reads bytes \[0 to 32\], which .* = fill has overwritten in place"):
        run(parse(YIELDED_TWICE), "main", 7, 9, check_hazards=True)
