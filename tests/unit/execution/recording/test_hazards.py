"""Planted hazards are found every time."""

import pytest

from iree_explorer.errors import ExecutionError
from iree_explorer.execution import run
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
        ExecutionError, match=r"%4 = fill writes bytes \[\d to \d\], and nothing orders it .* of the same resource"
    ):
        run(parse(wave("0-5", "4-8")), workers=workers, check_hazards=True)
    run(parse(wave("0-4", "4-8")), workers=workers, check_hazards=True)


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
