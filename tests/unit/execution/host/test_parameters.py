"""Ops on parameters do what they do in IREE's runtime, and wait as they must."""

from typing import Any

import numpy as np
import pytest

from iree_explorer.errors import ExecutionError
from iree_explorer.execution import run
from iree_explorer.passes.schedule import schedule
from iree_explorer.syntax import parse

LOAD = """module {
  util.func public @main() -> !hal.buffer_view {
    %c16 = arith.constant 16 : index
    %c4 = arith.constant 4 : i64
    %key = util.buffer.constant : !util.buffer = "w"
    %0, %t = stream.async.parameter.load %key[%c4] : !stream.resource<constant>{%c16} => !stream.timepoint
    %1 = stream.timepoint.await %t => %0 : !stream.resource<constant>{%c16}
    %2 = stream.async.clone %1 : !stream.resource<constant>{%c16} -> !stream.resource<external>{%c16}
    %3 = stream.tensor.export %2 : tensor<4xf32> in !stream.resource<external>{%c16} -> !hal.buffer_view
    util.return %3 : !hal.buffer_view
  }
}
"""

ALL = """module {
  util.func public @main() -> (!hal.buffer_view, !hal.buffer_view, !hal.buffer_view) {
    %c0 = arith.constant 0 : index
    %c4 = arith.constant 4 : index
    %c8 = arith.constant 8 : index
    %c16 = arith.constant 16 : index
    %c0_i64 = arith.constant 0 : i64
    %c4_i64 = arith.constant 4 : i64
    %v = arith.constant 7 : i32
    %in = util.buffer.constant : !util.buffer = "in"
    %out = util.buffer.constant : !util.buffer = "out"
    %a = util.buffer.constant : !util.buffer = "a"
    %b = util.buffer.constant : !util.buffer = "b"
    %0 = stream.async.splat %v : i32 -> !stream.resource<transient>{%c16}
    %1, %t1 = stream.async.parameter.read %in::%a[%c4_i64] -> %0[%c4 to %c8 for %c4] : !stream.resource<transient>{%c16} => !stream.timepoint
    %2 = stream.timepoint.await %t1 => %1 : !stream.resource<transient>{%c16}
    %3 = stream.async.splat %v : i32 -> !stream.resource<transient>{%c16}
    %4, %t4 = stream.async.parameter.gather await(%t1) {
      %in::%a[%c0_i64] -> %3[%c0 to %c8 for %c8] : !stream.resource<transient>{%c16},
      %in::%b[%c4_i64] -> %3[%c8 to %c16 for %c8] : !stream.resource<transient>{%c16}
    } : !stream.resource<transient> => !stream.timepoint
    %5 = stream.timepoint.await %t4 => %4 : !stream.resource<transient>{%c16}
    %6, %t6 = stream.async.parameter.write %2[%c0 to %c8 for %c8] -> %out::%a[%c4_i64] : !stream.resource<transient>{%c16} => !stream.timepoint
    %7 = stream.timepoint.await %t6 => %6 : !stream.resource<transient>{%c16}
    %8, %t8 = stream.async.parameter.scatter await(%t6) {
      %5[%c0 to %c4 for %c4] : !stream.resource<transient>{%c16} -> %out::%b[%c0_i64],
      %5[%c8 to %c16 for %c8] : !stream.resource<transient>{%c16} -> %out::%b[%c4_i64]
    } : !stream.resource<transient> => !stream.timepoint
    %9 = stream.timepoint.await %t8 => %8 : !stream.resource<transient>{%c16}
    %l, %tl = stream.async.parameter.load await(%t6) %out::%a[%c0_i64] : !stream.resource<constant>{%c16} => !stream.timepoint
    %m = stream.timepoint.await %tl => %l : !stream.resource<constant>{%c16}
    %10 = stream.async.clone %7 : !stream.resource<transient>{%c16} -> !stream.resource<external>{%c16}
    %11 = stream.async.clone %9 : !stream.resource<transient>{%c16} -> !stream.resource<external>{%c16}
    %12 = stream.async.clone %m : !stream.resource<constant>{%c16} -> !stream.resource<external>{%c16}
    %13 = stream.tensor.export %10 : tensor<4xi32> in !stream.resource<external>{%c16} -> !hal.buffer_view
    %14 = stream.tensor.export %11 : tensor<4xi32> in !stream.resource<external>{%c16} -> !hal.buffer_view
    %15 = stream.tensor.export %12 : tensor<4xi32> in !stream.resource<external>{%c16} -> !hal.buffer_view
    util.return %13, %14, %15 : !hal.buffer_view, !hal.buffer_view, !hal.buffer_view
  }
}
"""


def scopes() -> dict[str, dict[str, Any]]:
    given = {"a": np.arange(4, dtype=np.int32), "b": np.arange(10, 14, dtype=np.int32)}
    return {"in": given, "out": {"a": np.full(4, -1, np.int32), "b": np.full(4, -2, np.int32)}}


@pytest.mark.parametrize("backend", ["numpy", "iree"])
def test_parameters_are_read_and_written(backend: str) -> None:
    given = scopes()
    outputs = run(schedule(parse(ALL)), backend=backend, parameters=given).outputs
    assert [value.tolist() for value in outputs] == [[7, 1, 7, 7], [0, 1, 11, 12], [-1, 7, 1, -1]]
    assert given["out"]["a"].tolist() == [-1, 7, 1, -1]
    assert given["out"]["b"].tolist() == [0, 11, 12, -2]


def test_any_order_of_work_gives_the_same_and_no_hazard() -> None:
    for module in (parse(ALL), schedule(parse(ALL))):
        for workers, seed in ((1, None), (2, 1), (8, 2)):
            outputs = run(module, workers=workers, seed=seed, parameters=scopes(), check_hazards=True).outputs
            assert outputs[2].tolist() == [-1, 7, 1, -1]


def test_a_write_that_nothing_orders_is_a_hazard() -> None:
    lines: list[str] = [*ALL.splitlines()]
    write, load = (next(line for line in lines if f"parameter.{name}" in line) for name in ("write", "load"))
    lines.remove(load)
    lines.insert(lines.index(write) + 1, load)
    text = "\n".join(lines)
    run(parse(text), parameters=scopes(), check_hazards=True)
    text = text.replace("parameter.load await(%t6)", "parameter.load")
    with pytest.raises(
        ExecutionError, match=r"parameter\.(load|write) .*and nothing orders it .*parameter\.(load|write)"
    ):
        run(parse(text), parameters=scopes(), check_hazards=True)


@pytest.mark.parametrize("backend", ["numpy", "iree"])
def test_a_parameter_is_loaded_from_an_offset(backend: str) -> None:
    # From memory at a multiple of 64, IREE's runtime loads what is at the offset rounded down to such a multiple.
    memory = np.zeros(32, np.float32)
    start = 1 if memory.ctypes.data % 64 == 0 else 0
    weights = memory[start : start + 8]
    weights[:] = np.arange(8)
    (value,) = run(schedule(parse(LOAD)), backend=backend, parameters={"": {"w": weights}}).outputs
    assert value.tolist() == [1, 2, 3, 4]


def test_what_does_not_fit_names_op_and_parameter() -> None:
    module = schedule(parse(LOAD, "x.mlir"))
    words = r"x\.mlir:6:\d+: error: %result, %result_timepoint = parameter\.load: parameter 'w' is not given; the scope without"
    with pytest.raises(ExecutionError, match=words):
        run(module)
    with pytest.raises(ExecutionError, match=r"parameter 'w' has 16 bytes, \[4 to 20\] is asked for"):
        run(module, parameters={"": {"w": np.zeros(4, np.float32)}})
    given = scopes()
    given["out"]["a"].flags.writeable = False
    with pytest.raises(ExecutionError, match=r"parameter\.write: parameter 'out::a' may only be read"):
        run(parse(ALL), parameters=given)


@pytest.mark.parametrize("backend", ["numpy", "iree"])
def test_the_timeline_shows_parameters(backend: str) -> None:
    result = run(schedule(parse(LOAD)), backend=backend, parameters={"": {"w": np.zeros(8, np.float32)}})
    names = [span.name for span in result.timeline.spans]
    assert names == (["parameter.load", "clone"] if backend == "numpy" else [])
