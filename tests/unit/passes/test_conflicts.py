"""Regions of partitioners other than the reference wait for what uses the storage that they change, and the other way round."""

import re

import pytest

from iree_explorer.errors import ExecutionError
from iree_explorer.execution import run
from iree_explorer.passes.schedule import schedule
from iree_explorer.syntax import Module, parse, print_module

R = "!stream.resource<external>"
READ_THEN_WRITTEN = f"""
util.global private @a : !hal.device
util.global private @b : !hal.device
util.func public @main(%v: i32, %w: i32) -> (!hal.buffer_view, !hal.buffer_view) {{
  %c0 = arith.constant 0 : index
  %c64 = arith.constant 64 : index
  %0 = stream.async.splat on(#hal.device.affinity<@a>) %v : i32 -> {R}{{%c64}}
  %1 = stream.async.splat on(#hal.device.affinity<@b>) %w : i32 -> {R}{{%c64}}
  %2 = stream.async.copy on(#hal.device.affinity<@b>) %0[%c0 to %c64], %1[%c0 to %c64], %c64 : {R}{{%c64}} -> %1 as {R}{{%c64}}
  %3 = stream.async.fill on(#hal.device.affinity<@a>) %w, %0[%c0 to %c64 for %c64] : i32 -> %0 as {R}{{%c64}}
  %4 = stream.tensor.export %2 : tensor<16xi32> in {R}{{%c64}} -> !hal.buffer_view
  %5 = stream.tensor.export %3 : tensor<16xi32> in {R}{{%c64}} -> !hal.buffer_view
  util.return %4, %5 : !hal.buffer_view, !hal.buffer_view
}}
"""
STORED_THEN_LOADED = f"""
util.global private mutable @state : {R}
util.func public @main(%v: i32, %w: i32) -> !hal.buffer_view {{
  %c0 = arith.constant 0 : index
  %c64 = arith.constant 64 : index
  %0 = stream.async.splat %v : i32 -> {R}{{%c64}}
  util.global.store %0, @state : {R}
  %1 = util.global.load @state : {R}
  %2 = stream.async.splat %w : i32 -> {R}{{%c64}}
  %3 = stream.async.copy %1[%c0 to %c64], %2[%c0 to %c64], %c64 : {R}{{%c64}} -> %2 as {R}{{%c64}}
  %4 = stream.tensor.export %3 : tensor<16xi32> in {R}{{%c64}} -> !hal.buffer_view
  util.return %4 : !hal.buffer_view
}}
"""
OURS = [("serial", "serial"), ("fewest-handovers", "balanced")]


def scheduled(text: str, execution: str, concurrency: str) -> Module:
    return schedule(parse(text), execution=execution, concurrency=concurrency, trace=False).module


@pytest.mark.parametrize(("execution", "concurrency"), OURS)
@pytest.mark.parametrize("seed", [None, 1, 2])
def test_a_writer_waits_for_readers_in_other_regions(execution: str, concurrency: str, seed: int | None) -> None:
    module = scheduled(READ_THEN_WRITTEN, execution, concurrency)
    read, written = run(module, "main", 7, 9, seed=seed, check_hazards=True).outputs
    assert set(read.tolist()) == {7}
    assert set(written.tolist()) == {9}


def test_without_the_wait_it_is_a_hazard() -> None:
    text = print_module(scheduled(READ_THEN_WRITTEN, "serial", "serial").op)
    writer = next(line for line in text.splitlines() if "-> %results{%c64}" in line)
    broken = text.replace(writer, re.sub(r"await\(%\w+\)", "await(%result_timepoint)", writer))
    assert broken != text
    with pytest.raises(ExecutionError, match="nothing orders it"):
        run(parse(broken), "main", 7, 9, check_hazards=True)


@pytest.mark.parametrize(("execution", "concurrency"), OURS)
def test_a_global_is_written_before_it_is_read(execution: str, concurrency: str) -> None:
    (value,) = run(scheduled(STORED_THEN_LOADED, execution, concurrency), "main", 7, 9).outputs
    assert set(value.tolist()) == {7}
