"""Functions: ops with a body that can be called. MLIR: FunctionInterfaces.td, CallInterfaces.td."""

from __future__ import annotations

from typing_extensions import override
from xdsl.dialects.builtin import ArrayAttr, DictionaryAttr, FunctionType
from xdsl.ir import Operation
from xdsl.irdl import IRDLOperation, opt_prop_def, prop_def, region_def, traits_def
from xdsl.traits import OpTrait
from xdsl.utils.exceptions import VerifyException


class _BodyFitsType(OpTrait):
    """The arguments of a function's body, where there is one, are those of its type."""

    @override
    def verify(self, op: Operation) -> None:
        assert isinstance(op, FunctionOpInterface)
        entry, inputs = op.body.blocks.first, op.function_type.inputs.data
        if entry is None:
            return
        if len(entry.args) != len(inputs):
            raise VerifyException(f"entry block must have {len(inputs)} arguments to match function signature")
        for index, (argument, type_) in enumerate(zip(entry.args, inputs, strict=True)):
            if argument.type != type_:
                raise VerifyException(
                    f"type of entry block argument #{index}('{argument.type}') must match the type of the "
                    f"corresponding argument in function signature('{type_}')"
                )


class FunctionOpInterface(IRDLOperation):
    """An op with a type, and a body that can be called; a declaration has none, as it is defined elsewhere.

    MLIR: FunctionOpInterface, and CallableOpInterface: each op of ours that has one has the other.
    """

    function_type = prop_def(FunctionType)
    arg_attrs = opt_prop_def(ArrayAttr[DictionaryAttr])
    res_attrs = opt_prop_def(ArrayAttr[DictionaryAttr])
    body = region_def()

    traits = traits_def(_BodyFitsType())

    @property
    def is_declaration(self) -> bool:
        """Whether the function has no body."""
        return not self.body.blocks
