"""Rules that several stream ops are verified by. IREE: StreamOps.cpp, the functions verify… at its top."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xdsl.dialects.builtin import ShapedType
from xdsl.ir import Attribute, Operation, Region, SSAValue
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.stream.types import ResourceType
from iree_explorer.ir.defects import NestedDefect
from iree_explorer.ir.interfaces import AsyncAccessRange, ResourceAccess, SizeAwareType, is_size_aware, number_of_sizes
from iree_explorer.ir.storage import operands_of, ops_of, type_of

READ = ResourceAccess.READ
WRITE = ResourceAccess.WRITE
READ_WRITE = READ | WRITE


def verify_sizes(values: Iterable[SSAValue], sizes: Sequence[SSAValue]) -> None:
    """Checks that there is one size per size-aware value. IREE: verifyOpValueSizes."""
    required = sum(map(is_size_aware, map(type_of, values)))
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
    available = set(map(id, block.args))
    for op in ops_of(block):
        available.update(map(id, op.results))
        for operand in operands_of(op):
            if type(type_of(operand)) is ResourceType and id(operand) not in available:
                raise NestedDefect(op, "used resource not listed in explicit captures (or produced internally)")


def verify_escaping_resources(
    yields: Iterable[tuple[Operation, Sequence[SSAValue], Sequence[SSAValue]]],
    results: Sequence[SSAValue],
    result_sizes: Sequence[SSAValue],
) -> None:
    """Checks that each yield (the op, its resources and their sizes) fits the results. IREE: verifyEscapingResources."""
    for op, resources, sizes in yields:
        if len(resources) != len(results):
            raise NestedDefect(op, "yield result count mismatch with parent op")
        for expected, got in zip(map(type_of, results), map(type_of, resources), strict=True):
            if expected is not got and expected != got:
                raise NestedDefect(op, f"result type mismatch: expected '{expected}' but got '{got}'")
        if any(outer is not inner for outer, inner in zip(result_sizes, sizes, strict=False)):
            raise NestedDefect(op, "result size mismatch")


def whole(access: ResourceAccess, resource: SSAValue, size: SSAValue) -> AsyncAccessRange:
    """The access to all `size` bytes of `resource`."""
    return AsyncAccessRange(access, resource, None, size, size)


def rank_of(encoding: Attribute) -> int:
    """The number of dimensions of a tensor type; 0 for anything else."""
    return len(encoding.get_shape()) if isinstance(encoding, ShapedType) else 0
