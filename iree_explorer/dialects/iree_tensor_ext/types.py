"""The type of tensors in bindings. IREE: TensorExtTypes.cpp."""

from __future__ import annotations

from typing_extensions import override
from xdsl.dialects.builtin import AnyFloat, IntAttr, IntegerType, TensorType
from xdsl.ir import Attribute, ParametrizedAttribute, TypeAttribute
from xdsl.irdl import irdl_attr_definition
from xdsl.parser import AttrParser
from xdsl.printer import Printer
from xdsl.utils.exceptions import VerifyException
from xdsl.utils.str_enum import StrEnum


class TensorAccess(StrEnum):
    """What a kernel does with a binding."""

    READ_ONLY = "readonly"
    READ_WRITE = "readwrite"
    WRITE_ONLY = "writeonly"


@irdl_attr_definition
class DispatchTensorType(ParametrizedAttribute, TypeAttribute):
    """`!iree_tensor_ext.dispatch.tensor<readonly:tensor<4xf32>>`: a tensor in a binding."""

    name = "iree_tensor_ext.dispatch.tensor"

    access: IntAttr
    bound_type: Attribute

    @property
    def tensor_access(self) -> TensorAccess:
        """What the kernel does with it."""
        return tuple(TensorAccess)[self.access.data]

    def get_shape(self) -> tuple[int, ...]:
        """The shape, `DYNAMIC_INDEX` for a dynamic dimension; empty for a scalar."""
        return self.bound_type.get_shape() if isinstance(self.bound_type, TensorType) else ()

    @classmethod
    @override
    def parse_parameters(cls, parser: AttrParser) -> list[Attribute]:
        with parser.in_angle_brackets():
            word = parser.parse_identifier()
            parser.parse_punctuation(":")
            accesses = tuple(TensorAccess)  # IREE bug: any other word means the first
            return [IntAttr(accesses.index(TensorAccess(word)) if word in accesses else 0), parser.parse_type()]

    @override
    def print_parameters(self, printer: Printer) -> None:
        printer.print_string(f"<{self.tensor_access}:")
        printer.print_attribute(self.bound_type)
        printer.print_string(">")

    @override
    def verify(self) -> None:
        # IREE: TensorExtTypes.cpp, DispatchTensorType::verify
        if not isinstance(self.bound_type, IntegerType | AnyFloat | TensorType):
            raise VerifyException("unhandled bounded type in dispatch. Must by int, float or ranked tensor type")
