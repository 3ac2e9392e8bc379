"""Ops in whose regions a dialect's name is left out. MLIR: OpAsmOpInterface::getDefaultDialect."""

from __future__ import annotations

DEFAULT_DIALECTS = {"builtin.module": "builtin", "func.func": "func", "ml_program.func": "ml_program"}
"""Op → the dialect that may be left out inside. Elsewhere it is none; around everything it is builtin."""

OUTERMOST = "builtin"
