"""The `rocm` dialect: attributes of the compiler for AMD's GPUs, carried and not read. IREE: ROCMAttrs.td."""

from xdsl.ir import Dialect

from iree_explorer.ir.written_attribute import written_attribute

_ATTRIBUTES = {
    "builtin.tuning_module": "How known kernels are best compiled, by a file in the compiler.",
    "tensor_ukernel_provider": "Where microkernels come from that are written on tensors.",
    "ukernel_info": "Which ops a microkernel may stand for.",
    "ukernel_iteration_size_constraint": "Which sizes a microkernel can do.",
    "ukernel_provider": "Where microkernels come from.",
}

ROCM = Dialect("rocm", [], [written_attribute(f"rocm.{name}", summary) for name, summary in _ATTRIBUTES.items()])
