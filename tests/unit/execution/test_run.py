"""Whole programs: the schedule changes nothing, errors are clear."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from iree_explorer import samples
from iree_explorer.errors import ExecutionError, InputError
from iree_explorer.execution import Program, debug, run, signature
from iree_explorer.execution.asynchronous.run import Run
from iree_explorer.execution.module.scope import HostScope
from iree_explorer.frontends import load
from iree_explorer.passes.schedule import Schedule, schedule
from iree_explorer.syntax import Module, parse
from tests.unit.execution.programs import program


@settings(max_examples=30)
@given(st.integers(0, 10**6), st.sampled_from([1, 2, 4]), st.none() | st.integers(0, 99))
def test_scheduled_programs_compute_the_same(number: int, workers: int, seed: int | None) -> None:
    module = parse(program(number))
    scheduled = schedule(module, execution="fewest-handovers", concurrency="balanced")
    assert_computes_the_same(module, scheduled, workers, seed)


@settings(max_examples=30)
@example(683, 2, None)
@given(st.integers(0, 10**6), st.sampled_from([1, 2, 4]), st.none() | st.integers(0, 99))
def test_what_the_reference_schedules_computes_the_same_where_its_rules_hold(
    number: int, workers: int, seed: int | None
) -> None:
    """Of some programs IREE's rules make wrong ones (`docs/iree-findings.md`); each of them has a hazard that is found."""
    module = parse(program(number))
    scheduled = schedule(module)
    try:
        run(scheduled, check_hazards=True)
    except ExecutionError as error:
        assert "of the same resource" in str(error) or "overwritten" in str(error)  # noqa: PT017  (no error: the other way)
        return
    assert_computes_the_same(module, scheduled, workers, seed)


def assert_computes_the_same(module: Module, scheduled: Schedule, workers: int, seed: int | None) -> None:
    want = run(module).outputs
    got = run(scheduled, workers=workers, seed=seed).outputs
    assert len(got) == len(want) > 0
    for a, b in zip(got, want, strict=True):
        np.testing.assert_array_equal(a, b)


def test_the_clock_starts_when_all_is_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    def noting(name: str, method: Callable[..., Any]) -> Callable[..., Any]:
        def note(*arguments: Any) -> Any:
            done.append(name)
            return method(*arguments)

        return note

    monkeypatch.setattr(HostScope, "code", noting("compiled", HostScope.code))
    monkeypatch.setattr(Run, "start_clock", noting("clock", Run.start_clock))
    run(schedule(load(samples.transformer)), "main", np.ones((16, 32), np.float32))
    assert "compiled" in done
    assert done[-1] == "clock"


SQUARE = """module {
  util.global private mutable @count = 0 : i32
  stream.executable private @ex {
    stream.executable.export public @square
    builtin.module {
      func.func @square(%in: !stream.binding, %n: index, %out: !stream.binding) {
        %c0 = arith.constant 0 : index
        %0 = stream.binding.subspan %in[%c0] : !stream.binding -> !iree_tensor_ext.dispatch.tensor<readonly:tensor<?xf32>>{%n}
        %1 = stream.binding.subspan %out[%c0] : !stream.binding -> !iree_tensor_ext.dispatch.tensor<writeonly:tensor<?xf32>>{%n}
        %2 = iree_tensor_ext.dispatch.tensor.load %0, offsets = [0], sizes = [%n], strides = [1] : !iree_tensor_ext.dispatch.tensor<readonly:tensor<?xf32>>{%n} -> tensor<?xf32>
        %3 = arith.mulf %2, %2 : tensor<?xf32>
        iree_tensor_ext.dispatch.tensor.store %3, %1, offsets = [0], sizes = [%n], strides = [1] : tensor<?xf32> -> !iree_tensor_ext.dispatch.tensor<writeonly:tensor<?xf32>>{%n}
        return
      }
    }
  }
  util.func public @main(%arg0: !hal.buffer_view, %arg1: i32) -> (!hal.buffer_view, i32) attributes {iree.reflection = {iree.abi.declaration = "sync func @main(%input0: tensor<?xf32>, %input1: i32) -> (%output0: tensor<?xf32>, %output1: i32)"}} {
    %c0 = arith.constant 0 : index
    %c4 = arith.constant 4 : index
    %c1_i32 = arith.constant 1 : i32
    %n = hal.buffer_view.dim<%arg0 : !hal.buffer_view>[0] : index
    %size = arith.muli %n, %c4 : index
    %0 = stream.tensor.import %arg0 : !hal.buffer_view -> tensor<?xf32>{%n} in !stream.resource<external>{%size}
    %1 = stream.async.dispatch @ex::@square(%0[%c0 to %size for %size], %n) : (!stream.resource<external>{%size}, index) -> !stream.resource<external>{%size}
    %2 = stream.tensor.export %1 : tensor<?xf32>{%n} in !stream.resource<external>{%size} -> !hal.buffer_view
    %old = util.global.load @count : i32
    %new = arith.addi %old, %arg1 : i32
    util.global.store %new, @count : i32
    util.return %2, %new : !hal.buffer_view, i32
  }
  util.func private @_hidden() {
    util.return
  }
}
"""


def test_signatures_and_calls() -> None:
    module = parse(SQUARE)
    found = signature(module, "main")
    assert [str(item) for item in (*found.inputs, *found.outputs)] == ["?xf32", "i32", "?xf32", "i32"]
    assert repr(found) == "<Signature (?xf32, i32) -> (?xf32, i32)>"
    assert repr(found.inputs[0]) == "<ValueType ?xf32>"
    result = run(module, "main", np.array([1, -3], np.float32), 5)
    np.testing.assert_array_equal(result.outputs[0], [1, 9])
    assert result.outputs[1] == 5
    assert [span.name for span in result.timeline.spans] == ["dispatch @square"]


def test_a_function_is_called_by_its_name_with_or_without_the_sign_of_a_symbol() -> None:
    module = parse(SQUARE)
    assert signature(module, "@main") == signature(module, "main")
    assert run(module, "@main", "1xf32=3", 5).outputs[0].tolist() == [9]
    with debug(module, "@main", "1xf32=3", 5) as session:
        assert session.finish().outputs[0].tolist() == [9]
    calls: tuple[Any, ...] = (run, debug)
    for call in calls:
        with pytest.raises(
            InputError, match="a function is called by its name, which comes before the inputs; ndarray is none"
        ):
            call(module, np.zeros(2, np.float32), 5)


def test_a_program_keeps_its_globals_between_calls() -> None:
    kept = Program(parse(SQUARE).op)
    assert [run(kept, "main", "1xf32=2", 1).outputs[1] for _ in range(3)] == [1, 2, 3]
    assert run(parse(SQUARE), "main", "1xf32=2", 1).outputs[1] == 1


def test_inputs_are_not_changed() -> None:
    given_array = np.array([2, 3], np.float32)
    run(schedule(parse(SQUARE)), "main", given_array, 0)
    np.testing.assert_array_equal(given_array, [2, 3])


def test_arrays_of_the_other_byte_order_are_taken() -> None:
    (squares, _) = run(parse(SQUARE), "main", np.array([3, -4], ">f4"), 0).outputs
    np.testing.assert_array_equal(squares, [9, 16])


def test_whatever_load_takes_runs() -> None:
    np.testing.assert_array_equal(run(SQUARE, "main", "1xf32=3", 0).outputs[0], [9])
    np.testing.assert_array_equal(run(schedule(SQUARE), "main", "1xf32=3", 0).outputs[0], [9])


def test_wrong_calls() -> None:
    module = parse(SQUARE)
    with pytest.raises(InputError, match="no function 'other'; public functions: main"):
        run(module, "other")
    with pytest.raises(InputError, match=r"@main takes 2 inputs \(\?xf32, i32\), 1 is given"):
        run(module, "main", np.zeros(2, np.float32))
    with pytest.raises(InputError, match=r"input 0 of @main must be .xf32, not 2xf64"):
        run(module, "main", np.zeros(2), 1)
    with pytest.raises(InputError, match="backend='gpu'"):
        run(module, "main", backend="gpu")


def test_an_unknown_op_is_named_with_its_place() -> None:
    text = SQUARE.replace("arith.mulf %2, %2 : tensor<?xf32>", "tensor.bogus %2 : tensor<?xf32>")
    text = text.replace(
        "%3 = tensor.bogus %2 : tensor<?xf32>", '%3 = "mine.square"(%2) : (tensor<?xf32>) -> tensor<?xf32>'
    )
    module = parse(text, "x.mlir", allow_unregistered=True)
    with pytest.raises(ExecutionError, match=r"x\.mlir:11:\d+: .*not supported by the numpy backend"):
        run(module, "main", "1xf32=2", 1)


def test_an_error_inside_a_region_reaches_the_caller() -> None:
    scheduled = schedule(
        parse(SQUARE.replace("sizes = [%n], strides = [1] : !iree", "sizes = [%n], strides = [2] : !iree"))
    )
    with pytest.raises(ExecutionError, match=r"dispatch @square: .*tensor\.load: slice .* leaves dimension 0"):
        run(scheduled, "main", "2xf32=2", 1)


def test_a_reader_that_remains_sees_the_old_bytes() -> None:
    text = """module {
  util.func public @main() -> (!hal.buffer_view, !hal.buffer_view) {
    %c0 = arith.constant 0 : index
    %c4 = arith.constant 4 : index
    %one = arith.constant 1 : i8
    %two = arith.constant 2 : i8
    %0 = stream.async.splat %one : i8 -> !stream.resource<transient>{%c4}
    %1 = stream.async.fill %two, %0[%c0 to %c4 for %c4] : i8 -> %0 as !stream.resource<transient>{%c4}
    %2 = stream.async.clone %0 : !stream.resource<transient>{%c4} -> !stream.resource<transient>{%c4}
    %3 = stream.tensor.export %1 : tensor<4xi8> in !stream.resource<transient>{%c4} -> !hal.buffer_view
    %4 = stream.tensor.export %2 : tensor<4xi8> in !stream.resource<transient>{%c4} -> !hal.buffer_view
    util.return %3, %4 : !hal.buffer_view, !hal.buffer_view
  }
}
"""
    changed, kept = run(parse(text)).outputs
    assert (changed.tolist(), kept.tolist()) == ([2] * 4, [1] * 4)


LOOP = """module {
  util.func public @main(%arg0: i32) -> i32 {
    %c0 = arith.constant 0 : i32
    %c1 = arith.constant 1 : i32
    cf.br ^bb1(%arg0, %c0 : i32, i32)
  ^bb1(%left: i32, %sum: i32):
    %more = arith.cmpi sgt, %left, %c0 : i32
    cf.cond_br %more, ^bb2, ^bb3
  ^bb2:
    %next = arith.subi %left, %c1 : i32
    %total = arith.addi %sum, %left : i32
    cf.br ^bb1(%next, %total : i32, i32)
  ^bb3:
    %pick = arith.remsi %sum, %arg0 : i32
    util.return %sum : i32
  }
}
"""


def test_control_flow_on_the_host() -> None:
    assert run(parse(LOOP), "main", 10).outputs == (55,)
    with pytest.raises(ExecutionError, match=r"arith\.remsi: integer division by zero"):
        run(parse(LOOP), "main", 0)


NUMBERS = """module {
  util.global private mutable @unset : i64
  util.func public @main(%i: index, %a: index, %b: index) -> (index, index, index, index, index, i64) {
    %0 = util.switch index from [%a, %b] at %i else %i : index
    %1 = util.range.min %a, %b, %i : index
    %2 = util.range.max %a, %b, %i : index
    %min, %max = util.range.extents [%a for %i], [%b for %a] : index
    %3 = util.global.load @unset : i64
    util.return %0, %1, %2, %min, %max, %3 : index, index, index, index, index, i64
  }
}
"""


def test_numbers_on_the_host() -> None:
    module = parse(NUMBERS)
    assert run(module, "main", 1, 40, 30).outputs == (30, 1, 40, 30, 70, 0)
    assert run(module, "main", 5, 40, 30).outputs == (5, 5, 40, 30, 70, 0)


AWAITING = """util.func public @f(%ready: !stream.timepoint, %data: !stream.resource<external>, %size: index)
    -> (!stream.resource<external>, !stream.timepoint) {
  %0 = stream.timepoint.await %ready => %data : !stream.resource<external>{%size}
  util.return %0, %ready : !stream.resource<external>, !stream.timepoint
}"""


def test_timepoints_are_made_by_the_run_and_awaited() -> None:
    assert str(signature(AWAITING, "f")) == "(!stream.resource<external>, index) -> (!stream.resource<external>)"
    [output] = run(AWAITING, "f", np.arange(4, dtype=np.int8), 4).outputs
    assert output.tolist() == [0, 1, 2, 3]
    session = debug(AWAITING, "f", np.arange(4, dtype=np.int8), 4)
    assert [value.tolist() for value in session.finish().outputs] == [[0, 1, 2, 3]]


def test_what_only_a_program_can_make_is_no_input() -> None:
    text = "util.func public @f(%device: !hal.device) {\n  util.return\n}"
    with pytest.raises(InputError, match=r"^input 0 of @f is of type !hal\.device, which only a program can make$"):
        run(text, "f", 1)
