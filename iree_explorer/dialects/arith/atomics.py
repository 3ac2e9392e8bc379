"""How values are joined with what is in memory, or with each other. MLIR: ArithBase.td, AtomicRMWKindAttr."""

ATOMIC_RMW_KINDS = (
    *("addf", "addi", "andi", "assign", "maximumf", "maxnumf", "maxs", "maxu", "minimumf", "minnumf"),
    *("mins", "minu", "mulf", "muli", "ori", "xori"),
)
"""By number."""
