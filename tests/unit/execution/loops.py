"""Programs that loop for ever: on the host, in a kernel alone, in a kernel of a wave; by `scf.while` and by branches."""

HOST_WHILE = """module {
  util.func public @main() -> i32 {
    %true = arith.constant true
    %c0 = arith.constant 0 : i32
    %c1 = arith.constant 1 : i32
    %0 = scf.while (%n = %c0) : (i32) -> i32 {
      scf.condition(%true) %n : i32
    } do {
    ^bb0(%n: i32):
      %next = arith.addi %n, %c1 : i32
      scf.yield %next : i32
    }
    util.return %0 : i32
  }
}
"""

HOST_BRANCH = """module {
  util.func public @main() {
    cf.br ^bb1
  ^bb1:
    cf.br ^bb1
  }
}
"""

_KERNEL = """module {
  stream.executable private @ex {
    stream.executable.export public @forever
    builtin.module {
      func.func @forever(%out: !stream.binding) {
        %c0 = arith.constant 0 : index
        %c1 = arith.constant 1 : index
        %true = arith.constant true
        %1 = stream.binding.subspan %out[%c0] : !stream.binding -> !iree_tensor_ext.dispatch.tensor<writeonly:tensor<4xf32>>
        %n = scf.while (%i = %c0) : (index) -> index {
          scf.condition(%true) %i : index
        } do {
        ^bb0(%i: index):
          %next = arith.addi %i, %c1 : index
          scf.yield %next : index
        }
        %2 = tensor.empty() : tensor<4xf32>
        iree_tensor_ext.dispatch.tensor.store %2, %1, offsets = [0], sizes = [4], strides = [1] : tensor<4xf32> -> !iree_tensor_ext.dispatch.tensor<writeonly:tensor<4xf32>>
        return
      }
    }
  }
  util.func public @main() -> (!hal.buffer_view, !hal.buffer_view) {
    %c16 = arith.constant 16 : index
FIRST
    %1 = stream.async.dispatch @ex::@forever() : () -> !stream.resource<external>{%c16}
    %2 = stream.tensor.export %0 : tensor<4xf32> in !stream.resource<external>{%c16} -> !hal.buffer_view
    %3 = stream.tensor.export %1 : tensor<4xf32> in !stream.resource<external>{%c16} -> !hal.buffer_view
    util.return %2, %3 : !hal.buffer_view, !hal.buffer_view
  }
}
"""

KERNEL_ALONE = _KERNEL.replace(
    "FIRST",
    """    %v = arith.constant 1 : i32
    %0 = stream.async.splat %v : i32 -> !stream.resource<external>{%c16}""",
)
KERNEL_WAVE = _KERNEL.replace(
    "FIRST", "    %0 = stream.async.dispatch @ex::@forever() : () -> !stream.resource<external>{%c16}"
)
ALL = {
    "host while": HOST_WHILE,
    "host branch": HOST_BRANCH,
    "kernel": KERNEL_ALONE,
    "wave of kernels": KERNEL_WAVE,
}
