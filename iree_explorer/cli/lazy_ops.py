"""A tenth of the time until a command reads its input, saved: xDSL's own ops, too, are worked out when they are first used.

xDSL works out each op, and compiles its assembly format, while the op's dialect is imported; a program has few of a dialect's ops.
"""

from __future__ import annotations

import xdsl.irdl

from iree_explorer.ir.definition import irdl_op_definition

_DEFINE = "irdl_op_definition"


def define_ops_late() -> None:
    """From now on and for all of the process, xDSL's modules define their ops as this package does.

    Only for a process that is all ours: it changes xDSL.
    """
    setattr(xdsl.irdl, _DEFINE, irdl_op_definition)
