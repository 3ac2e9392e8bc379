"""The `arith` dialect: element-wise arithmetic on scalars, vectors and tensors.

The ops are defined here, because MLIR 24 knows flags (`exact`, `nneg`, `overflow` on more ops, rounding modes), types (casts,
comparisons and selections of whole tensors) and traits that xDSL 0.75 does not. Classes and fields are named as in MLIR's
ArithOps.td.
"""

from iree_explorer.ir.late_dialect import LateDialect

Arith = LateDialect(
    "arith",
    __name__,
    operations={
        "casts": (
            "bitcast convertf extf extsi extui fptosi fptoui index_cast index_castui scaling_extf scaling_truncf "
            "sitofp truncf trunci uitofp"
        ),
        "comparisons": "cmpf cmpi select",
        "constant": "constant",
        "floats": "addf divf flush_denormals maximumf maxnumf minimumf minnumf mulf negf remf subf",
        "integers": (
            "addi addui_extended andi ceildivsi ceildivui divsi divui floordivsi maxsi maxui minsi minui muli "
            "mulsi_extended mului_extended ori remsi remui shli shrsi shrui subi xori"
        ),
    },
    attributes={"flags": "fastmath overflow"},
)
