"""Which phase of lowering an op belongs to. IREE: StreamTraits.h."""

from xdsl.ir import Operation


class CmdPhaseOp(Operation):
    """An op of the command phase: resources are allocated, commands explicit. IREE: CmdPhaseOp."""
