"""Functions: ops with a body that can be called. MLIR: FunctionInterfaces.td, CallInterfaces.td."""

from __future__ import annotations

from typing_extensions import override
from xdsl.dialects.builtin import ArrayAttr, DictionaryAttr, FunctionType
from xdsl.ir import Operation
from xdsl.irdl import IRDLOperation, opt_prop_def, prop_def, region_def, traits_def
from xdsl.traits import OpTrait
from xdsl.utils.exceptions import VerifyException

from iree_explorer.ir.symbols import is_public, symbol_name


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


class _AttributesOfDialects(OpTrait):
    """Arguments and results have attributes of dialects alone. MLIR: FunctionInterfaces.td, verifyTrait."""

    @override
    def verify(self, op: Operation) -> None:
        assert isinstance(op, FunctionOpInterface)
        _check_attributes("argument", op.arg_attrs, len(op.function_type.inputs))
        _check_attributes("result", op.res_attrs, len(op.function_type.outputs))


def _check_attributes(what: str, dictionaries: ArrayAttr[DictionaryAttr] | None, count: int) -> None:
    if dictionaries is None:
        return
    if len(dictionaries) != count:
        raise VerifyException(
            f"expects {what} attribute array to have the same number of elements as the number of function {what}s, "
            f"got {len(dictionaries)}, but expected {count}"
        )
    if any("." not in name for dictionary in dictionaries for name in dictionary.data):
        raise VerifyException(f"{what}s may only have dialect attributes")


class FunctionOpInterface(IRDLOperation):
    """An op with a type, and a body that can be called; a declaration has none, as it is defined elsewhere.

    MLIR: FunctionOpInterface, and CallableOpInterface: each op of ours that has one has the other.
    """

    function_type = prop_def(FunctionType)
    arg_attrs = opt_prop_def(ArrayAttr[DictionaryAttr])
    res_attrs = opt_prop_def(ArrayAttr[DictionaryAttr])
    body = region_def()

    traits = traits_def(_AttributesOfDialects(), _BodyFitsType())

    @property
    def is_declaration(self) -> bool:
        """Whether the function has no body."""
        # Asked before it is checked how many regions there are.
        return len(self.regions) == 1 and not self.regions[0].blocks


def is_public_function(op: Operation) -> bool:
    """Whether the op is a function that is seen from outside and has a body."""
    is_named = isinstance(op, FunctionOpInterface) and not op.is_declaration and symbol_name(op) is not None
    return is_named and is_public(op)
