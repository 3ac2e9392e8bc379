"""Rules of ops that join dimensions, or split them: those of tensors and those of buffers. # MLIR: ReshapeOpsUtils.h."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xdsl.dialects.builtin import DYNAMIC_INDEX, ArrayAttr, DenseArrayBase, IntegerAttr, MemRefType, i64
from xdsl.dialects.utils import get_dynamic_index_list
from xdsl.ir import Attribute, Operation, SSAValue

from iree_explorer.dialects.arith.flags import IntegerOverflowAttr, IntegerOverflowFlag
from iree_explorer.dialects.arith.integers import MulIOp
from iree_explorer.dialects.memref.layouts import is_contiguous
from iree_explorer.ir.type_constraints import shape_of
from iree_explorer.passes.canonicalize.building import index_constant
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.facts.reassociation import Groups, between, covering, joined
from iree_explorer.passes.canonicalize.facts.slices import Mixed, known, static_numbers, values_of
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import Pattern, pattern


@dataclass(frozen=True)
class Reshapes:
    """The ops of a dialect that join dimensions, split them, and say more or less of them."""

    collapse: type[Any]
    expand: type[Any]
    cast: type[Any]

    def fold(self, op: Any) -> list[SSAValue] | None:
        """A reshape to the shape that there is, or was before, is none."""
        if op.src.type == op.result.type:
            return [op.src]
        before: Any = definition(op.src)
        is_collapse = isinstance(op, self.collapse)
        if not isinstance(before, self.expand if is_collapse else self.collapse) or before.src.type != op.result.type:
            return None
        return [before.src] if _is_undone(before, op, is_split_first=is_collapse) else None

    def collapse_patterns(self) -> tuple[Pattern, ...]:
        """The patterns of `collapse`."""
        return (
            pattern("ComposeReassociativeReshapeOps")(self._collapse_once),
            pattern("ComposeCollapseOfExpandOp")(self._collapse_of_expand),
        )

    def expand_patterns(self) -> tuple[Pattern, ...]:
        """The patterns of `expand`."""
        return (
            pattern("ComposeReassociativeReshapeOps")(self._expand_once),
            pattern("ComposeExpandOfCollapseOp")(self._expand_of_collapse),
        )

    def _collapse_once(self, op: Any, rewriter: Rewriter) -> bool:
        """Of two that join dimensions one is left."""
        before: Any = definition(op.src)
        if not isinstance(before, self.collapse) or not _are_plain(before, op):
            return False
        groups = joined(groups_of(before), groups_of(op))
        if groups is None:
            return False
        rewriter.replace_op_with(op, self.collapsed(before.src, op.result.type, groups))
        return True

    def _expand_once(self, op: Any, rewriter: Rewriter) -> bool:
        """Of two that split dimensions one is left."""
        before: Any = definition(op.src)
        if not isinstance(before, self.expand) or not _are_plain(before, op):
            return False
        groups = joined(groups_of(op), groups_of(before))
        if groups is None:
            return False
        rewriter.replace_op_with(op, self.expanded(before.src, op.result.type, groups, sizes_of(op)))
        return True

    def _collapse_of_expand(self, op: Any, rewriter: Rewriter) -> bool:
        """Of what is split, then joined, one step is left."""
        before: Any = definition(op.src)
        if not isinstance(before, self.expand) or not _are_plain(before) or before.src.type == op.result.type:
            return False
        first, last = groups_of(before), groups_of(op)
        groups = covering(last, first) if len(first) > len(last) else covering(first, last)
        if groups is None:
            return False
        if len(first) > len(last):
            new = self.collapsed(before.src, op.result.type, groups)
        elif len(first) < len(last):
            sizes = [_product([sizes_of(before)[dim] for dim in group], rewriter) for group in last]
            new = self.expanded(before.src, op.result.type, groups, sizes)
        else:
            new = self.cast.create(operands=[before.src], result_types=[op.result.type])
        rewriter.replace_op_with(op, new)
        return True

    def _expand_of_collapse(self, op: Any, rewriter: Rewriter) -> bool:
        """Of what is joined, then split, one step is left."""
        before: Any = definition(op.src)
        if not isinstance(before, self.collapse) or not _are_plain(before, op):
            return False
        source, result = shape_of(before.src.type) or (), shape_of(op.result.type) or ()
        if len(source) == len(result):
            return False
        first, last = groups_of(before), groups_of(op)
        if len(source) > len(result):
            groups = between(source, result, first, last)
            new = None if groups is None else self.collapsed(before.src, op.result.type, groups)
        else:
            groups = between(result, source, last, first)
            new = None if groups is None else self.expanded(before.src, op.result.type, groups, sizes_of(op))
        if new is not None:
            rewriter.replace_op_with(op, new)
        return new is not None

    def collapsed(self, source: SSAValue, type_: Attribute, groups: Groups) -> Operation:
        """A fresh op that joins groups of dimensions of `source`."""
        return self.collapse.create(
            operands=[source], result_types=[type_], properties={"reassociation": _attribute(groups)}
        )

    def expanded(self, source: SSAValue, type_: Attribute, groups: Groups, sizes: Mixed) -> Operation:
        """A fresh op that splits the dimensions of `source` into groups of these sizes."""
        return self.expand.create(
            operands=[source, *values_of(sizes)],
            result_types=[type_],
            properties={
                "reassociation": _attribute(groups),
                "static_output_shape": DenseArrayBase.from_list(i64, static_numbers(sizes)),
            },
        )


def groups_of(op: Any) -> Groups:
    """The groups of a reshape."""
    return [[number.value.data for number in group] for group in op.reassociation]


def sizes_of(op: Any) -> Mixed:
    """The sizes that an expansion makes."""
    return get_dynamic_index_list(op.static_output_shape.get_values(), list(op.output_shape), DYNAMIC_INDEX)


def _attribute(groups: Groups) -> ArrayAttr[Attribute]:
    return ArrayAttr(ArrayAttr(IntegerAttr(dim, i64) for dim in group) for group in groups)


def _are_plain(*ops: Operation) -> bool:
    """Whether the elements of all buffers lie one after the other; tensors have no such places."""
    values = [value for op in ops for value in (op.operands[0], op.results[0])]
    return all(not isinstance(value.type, MemRefType) or is_contiguous(value.type) for value in values)


def _is_undone(before: Any, op: Any, *, is_split_first: bool) -> bool:
    """Whether `op` certainly goes back to the shape that `before` started from."""
    shape: Sequence[int] = shape_of(op.result.type) or ()
    if shape.count(DYNAMIC_INDEX) < 2:
        return True
    if before.reassociation != op.reassociation:
        return False
    return is_split_first or all([shape[dim] for dim in group].count(DYNAMIC_INDEX) < 2 for group in groups_of(op))


def _product(sizes: Mixed, rewriter: Rewriter) -> SSAValue | int:
    """The product of sizes, computed of those that are values."""
    number = 1
    dynamic: list[SSAValue] = []
    for size in sizes:
        factor = known(size, size)
        if isinstance(factor, int):
            number *= factor
        else:
            dynamic.append(factor)
    if not dynamic:
        return number
    result = dynamic[0]
    for size in dynamic[1:]:
        result = _times(result, size, rewriter)
    return result if number == 1 else _times(result, rewriter.insert(index_constant(number)).result, rewriter)


def _times(a: SSAValue, b: SSAValue, rewriter: Rewriter) -> SSAValue:
    product = MulIOp(a, b)
    product.overflow_flags = IntegerOverflowAttr(frozenset({IntegerOverflowFlag.NSW}))
    return rewriter.insert(product).result
