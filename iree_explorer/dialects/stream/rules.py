"""Rules that several stream ops are verified by. IREE: StreamOps.cpp, the functions verify… at its top."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xdsl.dialects.builtin import NoneAttr, ShapedType, TensorType
from xdsl.ir import Attribute, Region, SSAValue
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.directives import number_of_sizes
from iree_explorer.dialects.interfaces import AsyncAccessRange, ResourceAccess, SizeAwareType
from iree_explorer.dialects.stream.types import ResourceType

READ = ResourceAccess.READ
WRITE = ResourceAccess.WRITE


def verify_sizes(values: Iterable[SSAValue], sizes: Sequence[SSAValue]) -> None:
    """Checks that there is one size per size-aware value. IREE: verifyOpValueSizes."""
    required = sum(isinstance(value.type, SizeAwareType) for value in values)
    if len(sizes) != required:
        raise VerifyException(
            f"value set has {required} dynamic dimensions but only {len(sizes)} dimension values are attached"
        )


def verify_dynamic_dims(types: Iterable[Attribute], dims: Sequence[SSAValue]) -> None:
    """Checks that there is one value per `?` in the shapes of `types`. IREE: verifyOpDynamicDims."""
    required = sum(number_of_sizes(type_) for type_ in types if not isinstance(type_, SizeAwareType))
    if len(dims) != required:
        raise VerifyException(
            f"type set has {required} dynamic dimensions but only {len(dims)} dimension values are attached"
        )


def verify_ranges(
    operands: Iterable[SSAValue], offsets: Sequence[SSAValue], ends: Sequence[SSAValue], lengths: Sequence[SSAValue]
) -> None:
    """Checks that each resource operand has a byte range. IREE: AsyncDispatchOp::verify."""
    required = sum(isinstance(operand.type, ResourceType) for operand in operands)
    if not len(offsets) == len(ends) == len(lengths):
        raise VerifyException("mismatch on resource range offsets/ends/lengths; counts must match")
    if len(offsets) != required:
        raise VerifyException(f"expects {required} resource range operand sets but {len(offsets)} are present")


def verify_all_resources_captured(region: Region) -> None:
    """Checks that ops directly in `region` use no resource from outside of it. IREE: verifyAllResourcesCaptured."""
    block = region.first_block
    if block is None:
        return
    available: set[SSAValue] = set(block.args)
    for op in block.ops:
        available.update(op.results)
        for operand in op.operands:
            if isinstance(operand.type, ResourceType) and operand not in available:
                raise VerifyException(
                    f"'{op.name}' op used resource not listed in explicit captures (or produced internally)"
                )


def verify_escaping_resources(
    yields: Iterable[tuple[Sequence[SSAValue], Sequence[SSAValue]]],
    results: Sequence[SSAValue],
    result_sizes: Sequence[SSAValue],
) -> None:
    """Checks that each yield (its resources and their sizes) fits the results. IREE: verifyEscapingResources."""
    for resources, sizes in yields:
        if len(resources) != len(results):
            raise VerifyException("'stream.yield' op yield result count mismatch with parent op")
        for result, resource in zip(results, resources, strict=True):
            if result.type != resource.type:
                raise VerifyException(
                    f"'stream.yield' op result type mismatch: expected '{result.type}' but got '{resource.type}'"
                )
        if any(outer is not inner for outer, inner in zip(result_sizes, sizes, strict=False)):
            raise VerifyException("'stream.yield' op result size mismatch")


def whole(access: ResourceAccess, resource: SSAValue, size: SSAValue) -> AsyncAccessRange:
    """The access to all `size` bytes of `resource`."""
    return AsyncAccessRange(access, resource, None, size, size)


def rank_of(encoding: Attribute) -> int:
    """The number of dimensions of a tensor type; 0 for anything else."""
    return len(encoding.get_shape()) if isinstance(encoding, ShapedType) else 0


PACKED_STORAGE = "iree_encoding.packed_storage"
SERIALIZED_LAYOUT = "iree_encoding.layout"


def verify_clone_encodings(source: Attribute, result: Attribute) -> None:
    """Checks that a clone does not change the encoding of a tensor. IREE: StreamOps.cpp, TensorCloneOp::verify."""
    have, want = (type_.encoding if isinstance(type_, TensorType) else NoneAttr() for type_ in (source, result))
    if not _are_compatible(have, want):
        raise VerifyException(f"clones changing tensor encoding from {have} to {want}; not allowed")


def _are_compatible(lhs: Attribute, rhs: Attribute) -> bool:
    """IREE: EncodingTypes.cpp, SerializableAttr::areCompatible; EncodingAttrs.cpp, PackedStorageAttr::isCompatibleWith."""
    if lhs == rhs:
        return True
    if isinstance(lhs, NoneAttr) or isinstance(rhs, NoneAttr):
        return PACKED_STORAGE in (lhs.name, rhs.name)
    if PACKED_STORAGE in (lhs.name, rhs.name):
        return False
    return not lhs.name == rhs.name == SERIALIZED_LAYOUT
