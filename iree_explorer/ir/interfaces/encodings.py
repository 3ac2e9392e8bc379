"""What can be asked of the encodings of tensor types. IREE: EncodingInterfaces.td."""

from __future__ import annotations

from abc import abstractmethod

from typing_extensions import override
from xdsl.dialects.builtin import DictionaryAttr
from xdsl.ir import Attribute

from iree_explorer.ir.struct_attribute import ATTRIBUTE, FieldKind, StructAttribute


class VerifiableEncoding(Attribute):
    """An encoding that not all tensors may have. MLIR: VerifiableTensorEncoding."""

    @abstractmethod
    def verify_encoding(self, element_type: Attribute) -> None:
        """Checks that a tensor of such elements may have this encoding.

        Raises:
            VerifyException: it may not.
        """


class SerializableEncoding(Attribute):
    """An encoding that is a layout in memory, or can become one. IREE: SerializableAttr."""

    @abstractmethod
    def is_serialized(self) -> bool:
        """Whether the layout in memory is known."""

    def is_identity_layout(self) -> bool:
        """Whether the layout is that of tensors without an encoding."""
        return False

    def is_compatible_with(self, other: SerializableEncoding | None) -> bool:
        """Whether a tensor may have the encoding `other` (None: none that is serializable) in the place of this one."""
        if other is None:
            return False
        return self == other or not (self.is_serialized() and other.is_serialized())


def are_encodings_compatible(lhs: Attribute, rhs: Attribute) -> bool:
    """Whether a tensor of one encoding may be taken as one of the other. IREE: SerializableAttr::areCompatible."""
    one, other = (each if isinstance(each, SerializableEncoding) else None for each in (lhs, rhs))
    return lhs == rhs or (
        (one is None or one.is_compatible_with(other)) and (other is None or other.is_compatible_with(one))
    )


class EncodingResolver(StructAttribute, SerializableEncoding):
    """How encoded tensors are laid out on a kind of device; a layout once its configuration holds one.

    IREE: CPUEncodingExternalModels.cpp and GPUEncodingExternalModels.cpp, …SerializableAttr.
    """

    @classmethod
    @override
    def kinds(cls) -> dict[str, FieldKind]:
        return {"configuration": ATTRIBUTE}

    @override
    def is_serialized(self) -> bool:
        configuration = self.get("configuration")
        return isinstance(configuration, DictionaryAttr) and "encoding_info" in configuration.data
