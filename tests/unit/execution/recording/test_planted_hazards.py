"""Bugs planted in generated programs are found every time, whatever the order in which ready work is picked: writes of one
wave that overlap another's bytes, and an await that is dropped between two regions that share bytes.
"""

import random
import re

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from iree_explorer.errors import ExecutionError
from iree_explorer.execution import run
from iree_explorer.syntax import parse

SEEDS = st.none() | st.integers(0, 9)
WORKERS = st.sampled_from([1, 2, 4])
R = "!stream.resource<transient>{%c64}"


def constants() -> str:
    numbers = "\n".join(f"    %c{n} = arith.constant {n} : index" for n in range(0, 65, 8))
    return f"{numbers}\n    %v = arith.constant 7 : i8\n"


def wave_program(parts: list[tuple[int, int]], reads: tuple[int, int] | None) -> str:
    """A wave of fills of one resource, byte range by byte range, and a slice of it, if there is one."""
    ops = [
        f"        %f{n} = stream.async.fill %v, %w[%c{a} to %c{b} for %c{b - a}] : i8 -> %w as {R}"
        for n, (a, b) in enumerate(parts)
    ]
    yields = [f"%f{n}" for n in range(len(parts))]
    ties = [f"%s as {R}" for _ in parts]
    types = [R for _ in parts]
    if reads is not None:
        a, b = reads
        ops.append(
            f"        %q = stream.async.slice %w[%c{a} to %c{b}] : {R} -> !stream.resource<transient>{{%c{b - a}}}"
        )
        yields.append("%q")
        ties.append(f"!stream.resource<transient>{{%c{b - a}}}")
        types.append(f"!stream.resource<transient>{{%c{b - a}}}")
    count = len(yields)
    body = "\n".join(ops)
    return f"""module {{
  util.func public @main() {{
{constants()}
    %r, %t = stream.async.execute with() -> {R} {{
      %s = stream.async.splat %v : i8 -> {R}
      %u:{count} = stream.async.concurrent with(%s as %w: {R}) -> ({", ".join(ties)}) {{
{body}
        stream.yield {", ".join(yields)} : {", ".join(types)}
      }}
      stream.yield %u#{len(parts) - 1} : {R}
    }} => !stream.timepoint
    %a = stream.timepoint.await %t => %r : {R}
    util.return
  }}
}}
"""


def overlap(first: tuple[int, int], second: tuple[int, int]) -> bool:
    return first[0] < second[1] and second[0] < first[1]


RANGES = (
    st.tuples(st.integers(0, 7), st.integers(1, 8)).filter(lambda p: p[0] < p[1]).map(lambda p: (8 * p[0], 8 * p[1]))
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.filter_too_much])
@given(st.lists(RANGES, min_size=2, max_size=5), st.none() | RANGES, SEEDS, WORKERS)
def test_a_wave_is_clean_just_where_nothing_in_it_overlaps(
    parts: list[tuple[int, int]], reads: tuple[int, int] | None, seed: int | None, workers: int
) -> None:
    pairs = [(a, b) for n, a in enumerate(parts) for b in parts[:n]]
    planted = any(overlap(a, b) for a, b in pairs) or (reads is not None and any(overlap(reads, p) for p in parts))
    module = parse(wave_program(parts, reads))
    if not planted:
        run(module, seed=seed, workers=workers, check_hazards=True)
        return
    with pytest.raises(ExecutionError, match=r"bytes \[\d+ to \d+\], and nothing orders it"):
        run(module, seed=seed, workers=workers, check_hazards=True)


def chain_program(pick: random.Random, regions: int) -> tuple[str, list[int]]:
    """Regions that each read or change what one before them made, and await it; which of them await."""
    lines: list[str] = []
    waits: list[int] = []
    for n in range(regions):
        if n == 0 or pick.random() < 0.3:
            lines.append(f"    %r{n}, %t{n} = stream.async.execute with() -> {R} {{")
            lines.append(f"      %s = stream.async.splat %v : i8 -> {R}")
        else:
            source = pick.randrange(n)
            waits.append(n)
            lines.append(
                f"    %r{n}, %t{n} = stream.async.execute await(%t{source}) => with(%r{source} as %x: {R}) -> {R} {{"
            )
            lines.append(f"      %s = stream.async.clone %x : {R} -> {R}")
        lines += [f"      stream.yield %s : {R}", "    } => !stream.timepoint"]
    points = ", ".join(f"%t{n}" for n in range(regions))
    lines.append(f"    %j = stream.timepoint.join max({points}) => !stream.timepoint")
    lines.append(f"    %a = stream.timepoint.await %j => %r{regions - 1} : {R}")
    body = "\n".join(lines)
    return f"module {{\n  util.func public @main() {{\n{constants()}{body}\n    util.return\n  }}\n}}\n", waits


@settings(max_examples=60)
@given(st.integers(0, 10**6), st.integers(2, 7), SEEDS, WORKERS)
def test_a_dropped_await_is_found(number: int, regions: int, seed: int | None, workers: int) -> None:
    pick = random.Random(number)
    text, waits = chain_program(pick, regions)
    run(parse(text), seed=seed, workers=workers, check_hazards=True)
    assume(waits)
    planted = pick.choice(waits)
    broken = re.sub(rf"(%r{planted}, %t{planted} = stream\.async\.execute) await\(%t\d+\) =>", r"\1", text)
    assert broken != text
    with pytest.raises(ExecutionError, match=r"nothing orders it|before the timepoint of its producer"):
        run(parse(broken), seed=seed, workers=workers, check_hazards=True)
