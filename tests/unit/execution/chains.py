"""Programs of dispatches in a row, and at once, to step through and to look into."""


def _kernel(name: str, body: str) -> str:
    """A kernel of one input and one output of any length; `body` makes %3 of %2."""
    return f"""    stream.executable.export public @{name}
    builtin.module {{
      func.func @{name}(%in: !stream.binding, %n: index, %out: !stream.binding) {{
        %c0 = arith.constant 0 : index
        %0 = stream.binding.subspan %in[%c0] : !stream.binding -> !iree_tensor_ext.dispatch.tensor<readonly:tensor<2x?xf32>>{{%n}}
        %1 = stream.binding.subspan %out[%c0] : !stream.binding -> !iree_tensor_ext.dispatch.tensor<writeonly:tensor<2x?xf32>>{{%n}}
        %2 = iree_tensor_ext.dispatch.tensor.load %0, offsets = [0, 0], sizes = [2, %n], strides = [1, 1] : !iree_tensor_ext.dispatch.tensor<readonly:tensor<2x?xf32>>{{%n}} -> tensor<2x?xf32>
        {body}
        iree_tensor_ext.dispatch.tensor.store %3, %1, offsets = [0, 0], sizes = [2, %n], strides = [1, 1] : tensor<2x?xf32> -> !iree_tensor_ext.dispatch.tensor<writeonly:tensor<2x?xf32>>{{%n}}
        return
      }}
    }}"""


def _executable(name: str, body: str) -> str:
    return f"  stream.executable private @{name}_ex {{\n{_kernel(name, body)}\n  }}\n"


KERNELS = (
    _executable("double", "%3 = arith.addf %2, %2 : tensor<2x?xf32>")
    + _executable("root", "%3 = math.sqrt %2 : tensor<2x?xf32>")
    + _executable("minus", "%3 = arith.negf %2 : tensor<2x?xf32>")
)


def _call(result: str, kernel: str, source: str) -> str:
    resource = "!stream.resource<transient>{%size}"
    return f"    {result} = stream.async.dispatch @{kernel}_ex::@{kernel}({source}[%c0 to %size for %size], %n) : ({resource}, index) -> {resource}"


def program(*calls: tuple[str, str, str], result: str) -> str:
    """A function @main of a 2x?xf32: dispatches `(result, kernel, operand)`, the argument being %x."""
    body = "\n".join(_call(*call) for call in calls)
    return f"""module {{
{KERNELS}
  util.func public @main(%arg0: !hal.buffer_view) -> !hal.buffer_view {{
    %c0 = arith.constant 0 : index
    %c8 = arith.constant 8 : index
    %n = hal.buffer_view.dim<%arg0 : !hal.buffer_view>[1] : index
    %size = arith.muli %n, %c8 : index
    %in = stream.tensor.import %arg0 : !hal.buffer_view -> tensor<2x?xf32>{{%n}} in !stream.resource<external>{{%size}}
    %x = stream.async.transfer %in : !stream.resource<external>{{%size}} -> !stream.resource<transient>{{%size}}
{body}
    %out = stream.async.transfer {result} : !stream.resource<transient>{{%size}} -> !stream.resource<external>{{%size}}
    %e = stream.tensor.export %out : tensor<2x?xf32>{{%n}} in !stream.resource<external>{{%size}} -> !hal.buffer_view
    util.return %e : !hal.buffer_view
  }}
}}
"""


CHAIN = program(("%a", "double", "%x"), ("%b", "root", "%a"), ("%c", "minus", "%b"), result="%c")
"""-sqrt(2 x)"""
