"""Which tensor encodings are the same to a clone. IREE: EncodingTypes.cpp, EncodingInterfaces.td, EncodingAttrs.cpp."""

from __future__ import annotations

from typing import cast

from xdsl.dialects.builtin import DYNAMIC_INDEX, DenseArrayBase, IntegerType, TensorType
from xdsl.ir import Attribute
from xdsl.utils.exceptions import VerifyException

PACKED_STORAGE = "iree_encoding.packed_storage"
SERIALIZABLE = frozenset(
    f"iree_encoding.{name}"
    for name in ("encoding", "identity", "layout", "packed_storage", "padding", "specialized", "testing")
)
"""The encodings that take part; any other counts as none."""


def verify_clone_encodings(source: Attribute, result: Attribute) -> None:
    """Checks that a clone does not change the encoding of a tensor. IREE: StreamOps.cpp, TensorCloneOp::verify."""
    have, want = (type_.encoding if isinstance(type_, TensorType) else None for type_ in (source, result))
    if have == want:
        return
    lhs, rhs = _if_serializable(have), _if_serializable(want)
    if (lhs is not None and not _is_compatible_with(lhs, rhs)) or (
        rhs is not None and not _is_compatible_with(rhs, lhs)
    ):
        raise VerifyException(f"clones changing tensor encoding from {have} to {want}; not allowed")


def _if_serializable(encoding: Attribute | None) -> Attribute | None:
    return encoding if encoding is not None and encoding.name in SERIALIZABLE else None


def _is_compatible_with(encoding: Attribute, other: Attribute | None) -> bool:
    if encoding.name == PACKED_STORAGE:
        return other is None or other.name == PACKED_STORAGE
    if other is None:
        return False
    return encoding == other or not (_is_serialized(encoding) and _is_serialized(other))


def _is_serialized(encoding: Attribute) -> bool:
    """Whether the layout in memory is known: of padding all of it, of layouts each one."""
    from iree_explorer.dialects.iree_encoding import LayoutAttr, PaddingAttr, TestingAttr

    match encoding:
        case LayoutAttr():
            return all(_is_serialized(layout) for layout in encoding.layouts)
        case PaddingAttr():
            return all(
                size != DYNAMIC_INDEX for size in cast("DenseArrayBase[IntegerType]", encoding.padding).iter_values()
            )
        case TestingAttr():
            return encoding.get("layouts") is not None
        case _:
            return encoding.name in ("iree_encoding.identity", PACKED_STORAGE) or encoding.name not in SERIALIZABLE
