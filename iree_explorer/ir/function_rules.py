"""What every kind of function has to keep to. MLIR: FunctionInterfaces.td."""

from __future__ import annotations

from xdsl.dialects.builtin import FunctionType
from xdsl.ir import Region
from xdsl.utils.exceptions import VerifyException


def verify_entry_block(body: Region, function_type: FunctionType) -> None:
    """Checks that the arguments of the body, where there is one, are those of the function's type."""
    entry = body.blocks.first
    if entry is None:
        return
    inputs = function_type.inputs.data
    if len(entry.args) != len(inputs):
        raise VerifyException(f"entry block must have {len(inputs)} arguments to match function signature")
    for index, (argument, type_) in enumerate(zip(entry.args, inputs, strict=True)):
        if argument.type != type_:
            raise VerifyException(
                f"type of entry block argument #{index}('{argument.type}') must match the type of the "
                f"corresponding argument in function signature('{type_}')"
            )
