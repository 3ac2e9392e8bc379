"""The real compiler and runtime behind the same interface."""

import sys

import numpy as np
import pytest

from iree_explorer import samples
from iree_explorer.errors import ExecutionError, InputError
from iree_explorer.execution import check, run
from iree_explorer.execution.check import CheckResult
from iree_explorer.execution.iree import compile as iree_compile
from iree_explorer.frontends import load
from iree_explorer.passes.schedule import schedule
from iree_explorer.syntax import parse
from tests.unit.execution.programs import program

BEHIND = {2, 10, 18}
"""What IREE makes wrong behind the schedule: it shares one resource, or a wave hands one on (docs/iree-findings.md)."""


@pytest.mark.parametrize("number", sorted({*range(20)} - BEHIND))
def test_programs_compute_what_they_compute_on_numpy(number: int) -> None:
    module = schedule(parse(program(number)), execution="fewest-handovers", concurrency="balanced").module
    for value, want in zip(run(module, backend="iree").outputs, run(module).outputs, strict=True):
        np.testing.assert_array_equal(value, want)


PLAIN = """module {
  util.func public @main(%a: !hal.buffer_view, %x: i32, %y: f32) -> (!hal.buffer_view, i32, f32) {
    %c4 = arith.constant 4 : index
    %one = arith.constant 1 : i32
    %n = hal.buffer_view.dim<%a : !hal.buffer_view>[0] : index
    %size = arith.muli %n, %c4 : index
    %0 = stream.tensor.import %a : !hal.buffer_view -> tensor<?xf32>{%n} in !stream.resource<external>{%size}
    %1 = stream.async.clone %0 : !stream.resource<external>{%size} -> !stream.resource<external>{%size}
    %2 = stream.tensor.export %1 : tensor<?xf32>{%n} in !stream.resource<external>{%size} -> !hal.buffer_view
    %3 = arith.addi %x, %one : i32
    %4 = arith.addf %y, %y : f32
    util.return %2, %3, %4 : !hal.buffer_view, i32, f32
  }
}
"""


def test_scalars_dynamic_shapes_and_programs_that_are_not_scheduled() -> None:
    x = np.arange(5, dtype=np.float32)
    result = run(parse(PLAIN), "main", x, 2, 0.25, backend="iree", workers=1)
    np.testing.assert_array_equal(result.outputs[0], x)
    assert repr(result.outputs[1:]) == repr((np.int32(3), np.float32(0.5)))
    assert result.timeline.spans == ()


def test_two_devices_are_two_devices() -> None:
    module = load(samples.two_devices)
    x = np.linspace(-1, 1, 1024, dtype=np.float32)
    want, have = (run(module, "main", x, backend=backend).outputs[0] for backend in ("numpy", "iree"))
    np.testing.assert_allclose(have, want, rtol=1e-5)


CHECKS = """module {
  util.func public @good() {
    %c1 = arith.constant 1 : i32
    check.expect_true(%c1) : i32
    util.return
  }
  util.func public @bad() {
    %c0 = arith.constant 0 : i32
    check.expect_true(%c0) : i32
    check.expect_false(%c0) : i32
    util.return
  }
}
"""


@pytest.mark.parametrize("backend", ["numpy", "iree"])
def test_checks_are_counted_and_told(backend: str) -> None:
    assert check(parse(CHECKS), backend=backend) == [
        CheckResult("good", passed=True, error="", checks=1),
        CheckResult("bad", passed=False, error="check.expect_true: expected true", checks=2),
    ]


def test_what_only_numpy_does_is_refused() -> None:
    module = parse(CHECKS)
    with pytest.raises(InputError, match="only for the numpy backend"):
        run(module, "good", backend="iree", seed=1)
    with pytest.raises(InputError, match="only for the numpy backend"):
        check(module, backend="iree", check_hazards=True)
    with pytest.raises(InputError, match="numpy and iree"):
        run(module, "good", backend="gpu")


def test_missing_tools_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: str) -> None:
        return None

    iree_compile.compile_text.cache_clear()
    monkeypatch.setattr(iree_compile, "tool", missing)
    with pytest.raises(InputError, match=r"needs iree-opt, which is not installed: pip install iree-base-compiler"):
        run(parse(CHECKS), "good", backend="iree")


def test_a_missing_runtime_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "iree.runtime", None)
    with pytest.raises(InputError, match=r"needs iree\.runtime, which is not installed"):
        run(parse(CHECKS), "good", backend="iree")


def test_a_program_that_the_compiler_refuses_is_an_error() -> None:
    text = "module {\n  util.func private @far()\n  util.func public @main() {\n    util.call @far() : () -> ()\n    util.return\n  }\n}\n"
    with pytest.raises(ExecutionError, match=r"@far|runtime|refuses"):
        run(parse(text), backend="iree")
