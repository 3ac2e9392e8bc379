import pytest

from iree_explorer.errors import ExecutionError
from iree_explorer.execution import check
from iree_explorer.execution.iree.compile import compile_module
from iree_explorer.frontends import load
from iree_explorer.syntax import print_module

PROGRAM = """module {
  util.func public @close() {
    %c0 = arith.constant 0 : index
    %c4 = arith.constant 4 : index
    %one = arith.constant 1 : i32
    %0 = stream.async.splat %one : i32 -> !stream.resource<external>{%c4}
    %1 = stream.tensor.export %0 : tensor<1xf32> in !stream.resource<external>{%c4} -> !hal.buffer_view
    check.expect_almost_eq(%1, %1, rtol 0.5) : !hal.buffer_view
    util.return
  }
}
"""


def test_what_iree_prints_and_cannot_read_is_compiled() -> None:
    attributes = (
        'stream.partitioning = #stream.partitioning_config<"debug">, '
        "stream.resources = #stream.resource_config<{alias_mutable_bindings = true}>"
    )
    module = load(PROGRAM.replace("module {", f"module attributes {{{attributes}}} {{")).op
    printed = print_module(module)
    assert "atol" not in printed
    assert "<favor-debug>" in printed
    assert "alias_mutable_bindings = 1" in printed
    assert compile_module(module)


def test_what_the_runtime_cannot_load_is_a_clear_error() -> None:
    with pytest.raises(ExecutionError, match="IREE's runtime cannot load the module"):
        check(load(PROGRAM), backend="iree")  # its check names no device
