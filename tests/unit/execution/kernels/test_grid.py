"""Kernels that do the work of one workgroup each."""

import numpy as np
import pytest

import iree_explorer as ie
from iree_explorer.errors import ExecutionError

PROGRAM = """module {
  stream.executable private @ex {
    stream.executable.export public @k workgroups(%w: index) -> (index, index, index) {
      %c4 = arith.constant 4 : index
      %c2 = arith.constant 2 : index
      %c1 = arith.constant 1 : index
      %x = arith.ceildivui %w, %c4 : index
      stream.return %x, %c2, %c1 : index, index, index
    }
    builtin.module {
      func.func @k(%out: !stream.binding) {
        %c0 = arith.constant 0 : index
        %c4 = arith.constant 4 : index
        %b = stream.binding.subspan %out[%c0] : !stream.binding -> !iree_tensor_ext.dispatch.tensor<readwrite:tensor<2x12xi32>>
        %x = stream.dispatch.workgroup.id[0] : index
        %y = stream.dispatch.workgroup.id[1] : index
        %n = stream.dispatch.workgroup.count[0] : index
        %s = stream.dispatch.workgroup.size[0] : index
        %row = arith.muli %y, %n : index
        %number = arith.addi %row, %x : index
        %more = arith.addi %number, %s : index
        %value = arith.index_cast %more : index to i32
        %e = tensor.empty() : tensor<1x4xi32>
        %t = linalg.fill ins(%value : i32) outs(%e : tensor<1x4xi32>) -> tensor<1x4xi32>
        %at = arith.muli %x, %c4 : index
        iree_tensor_ext.dispatch.tensor.store %t, %b, offsets = [%y, %at], sizes = [1, 4], strides = [1, 1] : tensor<1x4xi32> -> !iree_tensor_ext.dispatch.tensor<readwrite:tensor<2x12xi32>>
        return
      }
    }
  }
  util.func public @main() -> !hal.buffer_view {
    %c96 = arith.constant 96 : index
    %c11 = arith.constant 11 : index
    %r = stream.async.dispatch @ex::@k[%c11]() : () -> !stream.resource<external>{%c96}
    %v = stream.tensor.export %r : tensor<2x12xi32> in !stream.resource<external>{%c96} -> !hal.buffer_view
    util.return %v : !hal.buffer_view
  }
}
"""


def test_every_workgroup_runs_once() -> None:
    (found,) = ie.run(ie.schedule(ie.load(PROGRAM))).outputs
    want = np.repeat(np.arange(1, 7, dtype=np.int32).reshape(2, 3), 4, axis=1)
    np.testing.assert_array_equal(found, want)


def test_a_grid_that_is_not_told_is_an_error() -> None:
    start, end = PROGRAM.index(" workgroups("), PROGRAM.index("    builtin.module")
    text = (PROGRAM[:start] + "\n" + PROGRAM[end:]).replace("@k[%c11]()", "@k()")
    with pytest.raises(ExecutionError, match="does not say how many"):
        ie.run(ie.load(text))
