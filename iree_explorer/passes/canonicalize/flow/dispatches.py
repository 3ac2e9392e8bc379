"""Rules of kernels that stand beside their calls: `flow.dispatch.workgroups`, `flow.dispatch.region`.

# IREE: FlowOps.cpp, FlowOpFolders.cpp; ClosureOpUtils.cpp, optimizeClosureLikeOp
"""

from __future__ import annotations

from collections.abc import Container, Sequence

from xdsl.dialects.builtin import IntegerAttr
from xdsl.ir import Attribute, Block, BlockArgument, Operation, Region, SSAValue

from iree_explorer.dialects.flow.dispatch_ops import DispatchRegionOp, DispatchWorkgroupsOp, ReturnOp
from iree_explorer.dialects.flow.tensor_ops import TensorEmptyOp
from iree_explorer.dialects.iree_tensor_ext import (
    DispatchTensorLoadOp,
    DispatchTensorStoreOp,
    DispatchTensorType,
    DispatchWorkgroupCountFromSliceOp,
    DispatchWorkloadOrdinalOp,
    TensorAccess,
)
from iree_explorer.ir.interfaces import UNTIED, tied_operands_attr
from iree_explorer.ir.interfaces.types import number_of_sizes
from iree_explorer.ir.operands import segments_property
from iree_explorer.ir.storage import erase_arguments, make_op, ops_of, type_of, users_of
from iree_explorer.ir.type_constraints import shape_of
from iree_explorer.passes.canonicalize.closures import ties_without
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import OpRules, pattern
from iree_explorer.passes.canonicalize.greedy.use_lists import has_uses

# --- flow.dispatch.workgroups: arguments and results ---


@pattern("ClosureOptimizationPattern")
def _drop_unused(op: DispatchWorkgroupsOp, rewriter: Rewriter) -> bool:
    """Calls a kernel without what it does not use or gets twice, and without results that nothing uses or reads."""
    block = op.workgroup_body.block
    first: dict[SSAValue, BlockArgument] = {}
    redundant: dict[int, BlockArgument | None] = {}
    for number, value in enumerate(op.arguments):
        argument = block.args[number]
        if argument.first_use is None:
            redundant[number] = None
        elif (known := first.setdefault(value, argument)) is not argument:
            redundant[number] = known
    unused = [r.index for r in op.results if r.first_use is None and not _is_read(_binding_of(op, r.index))]
    if not redundant and not unused:
        return False
    if len(unused) == len(op.results):
        rewriter.erase_op(op)
        return True
    for number, kept in redundant.items():
        if kept is not None:
            rewriter.replace_all_uses_with(block.args[number], kept)
    _rebuild(op, sorted(redundant), unused, rewriter)
    return True


def _binding_of(op: DispatchWorkgroupsOp, result: int) -> BlockArgument:
    """The argument that the kernel writes a result to. # IREE: getOutputBlockArgument."""
    ties = _relative_ties(op)
    arguments = op.workgroup_body.block.args
    if ties[result] != UNTIED:
        return arguments[ties[result]]
    return arguments[len(op.arguments) + ties[:result].count(UNTIED)]


def _relative_ties(op: DispatchWorkgroupsOp) -> list[int]:
    """Of each result the number of the argument that it is tied to, or -1."""
    base = op.tied_operands_base()
    ties = [tie if tie == UNTIED else tie - base for tie in op.tied_operand_indices()]
    return ties or [UNTIED] * len(op.results)


def _is_read(binding: BlockArgument) -> bool:
    """Whether the kernel reads what it is called with. # IREE: refineTensorAccess."""
    type_ = binding.type
    if not isinstance(type_, DispatchTensorType):
        return binding.first_use is not None
    if type_.tensor_access is not TensorAccess.READ_WRITE:
        return type_.tensor_access is TensorAccess.READ_ONLY
    users = users_of(binding)
    reads = any(not isinstance(user, DispatchTensorStoreOp) for user in users)
    writes = any(not isinstance(user, DispatchTensorLoadOp) for user in users)
    return reads or not writes


def _rebuild(op: DispatchWorkgroupsOp, arguments: Sequence[int], results: Sequence[int], rewriter: Rewriter) -> None:
    """Puts a call without some arguments and results in the place of `op`; it takes over the kernel.

    # IREE: DispatchWorkgroupsOp::cloneReplacementExcludingOperandsAndResults
    """
    kept = [result for result in op.results if result.index not in results]
    ties = ties_without(_relative_ties(op), arguments, results)
    values, dims = _without(op.arguments, op.argument_dims, arguments)
    _, result_dims = _without(op.results, op.result_dims, results)
    new = rewriter.insert(_call(op, list(op.workload), (values, dims, result_dims), [*map(type_of, kept)], ties))
    op.workgroup_body.move_blocks(new.workgroup_body)
    op.workgroup_count.move_blocks(new.workgroup_count)
    block, base = new.workgroup_body.block, len(op.arguments)
    # IREE bug: where results are tied, the numbers of those that go are not those of their arguments.
    bindings = [argument for argument in block.args[base:] if argument.index - base in results]
    for binding in bindings:
        _erase_users(binding, rewriter)
    erase_arguments(block, {*arguments, *(binding.index for binding in bindings)})
    rewriter.replace_all_uses(list(zip(kept, new.results, strict=True)))
    rewriter.erase_op(op)


def _without(
    values: Sequence[SSAValue], dims: Sequence[SSAValue], gone: Container[int]
) -> tuple[list[SSAValue], list[SSAValue]]:
    """Values and their dimensions without those of some numbers."""
    kept: list[SSAValue] = []
    kept_dims: list[SSAValue] = []
    start = 0
    for number, value in enumerate(values):
        end = start + number_of_sizes(value.type)
        if number not in gone:
            kept.append(value)
            kept_dims += dims[start:end]
        start = end
    return kept, kept_dims


def _call(
    op: DispatchWorkgroupsOp,
    workload: Sequence[SSAValue],
    groups: tuple[Sequence[SSAValue], Sequence[SSAValue], Sequence[SSAValue]],
    result_types: Sequence[Attribute],
    ties: Sequence[int],
) -> DispatchWorkgroupsOp:
    """A call like `op`, of no kernel yet; `groups` are arguments, their dimensions and those of results."""
    operands = [*workload, *(value for group in groups for value in group)]
    properties = dict(op.properties) | segments_property(len(workload), *map(len, groups))
    properties["tied_operands"] = tied_operands_attr(ties)
    return make_op(type(op), operands, result_types, properties, op.attributes, [Region(), Region()])


def _erase_users(value: SSAValue, rewriter: Rewriter) -> None:
    """Erases all that is computed from a value, uses before definitions. # IREE: eraseArgUseTree."""
    found: dict[Operation, None] = {}
    pending = [value]
    while pending:
        new = [user for user in dict.fromkeys(users_of(pending.pop())) if user not in found]
        found.update(dict.fromkeys(new))
        pending += [result for user in new for result in user.results]
    unused = [op for op in found if not has_uses(op)]
    while unused:
        op = unused.pop()
        if op not in found:  # It is gone, with the op around it.
            continue
        for inner in op.walk():
            found.pop(inner, None)
        sources = dict.fromkeys(map(definition, op.operands))
        rewriter.erase_op(op)
        unused += [source for source in sources if source is not None and source in found and not has_uses(source)]


# --- flow.dispatch.workgroups: the workload ---


@pattern("ElideRedundantWorkloadValues")
def _name_workload_once(op: DispatchWorkgroupsOp, rewriter: Rewriter) -> bool:
    """Passes each number of the workload once."""
    workload = list(dict.fromkeys(op.workload))
    if len(workload) == len(op.workload):
        return False
    groups = list(op.arguments), list(op.argument_dims), list(op.result_dims)
    new = rewriter.insert(_call(op, workload, groups, op.result_types, _relative_ties(op)))
    op.workgroup_body.move_blocks(new.workgroup_body)
    old = op.workgroup_count.first_block
    if old is not None:
        op.workgroup_count.move_blocks(new.workgroup_count)
        block = Block(arg_types=[value.type for value in workload])
        new.workgroup_count.insert_block(block, 0)
        values = [block.args[workload.index(value)] for value in op.workload]
        rewriter.merge_blocks(old, block, values)
    rewriter.replace_op(op, new.results)
    return True


@pattern("ElideRedundantOperandsOfWorkgroupCountFromSliceOp")
def _name_ordinals_once(op: DispatchWorkgroupsOp, rewriter: Rewriter) -> bool:
    """Has the grid computed from each number once; the kernel knows the numbers by their new places."""
    count = op.workgroup_count.first_block
    grids = [] if count is None else [each for each in ops_of(count) if _is_grid(each)]
    if not grids:
        return False
    grid, old = grids[0], list(grids[0].operands)
    numbers = list(dict.fromkeys(old))
    if len(numbers) == len(old):
        return False
    rewriter.set_insertion_point(grid)
    rewriter.replace_op_with(grid, type(grid).create(operands=numbers, result_types=grid.result_types))
    for ordinal in [each for each in op.workgroup_body.walk() if isinstance(each, DispatchWorkloadOrdinalOp)]:
        rewriter.set_insertion_point(ordinal)
        place = ordinal.ordinal.value.data
        place = numbers.index(old[place]) if place < len(old) else 0
        new = DispatchWorkloadOrdinalOp.create(
            operands=[ordinal.operand],
            result_types=[ordinal.result.type],
            properties={"ordinal": IntegerAttr.from_index_int_value(place)},
        )
        rewriter.replace_op_with(ordinal, new)
    rewriter.modified(op)
    return True


def _is_grid(op: Operation) -> bool:
    return isinstance(op, DispatchWorkgroupCountFromSliceOp)


@pattern("ReplaceDispatchResultIfZeroElements")
def _replace_results_without_elements(op: DispatchWorkgroupsOp, rewriter: Rewriter) -> bool:
    """A result without elements is an empty tensor."""
    changed = False
    for result in op.results:
        if result.first_use is not None and 0 in (shape_of(result.type) or ()):
            dims = op.result_dynamic_dims(result.index)
            empty = rewriter.insert(TensorEmptyOp.create(operands=dims, result_types=[result.type]))
            rewriter.replace_all_uses_with(result, empty.results[0])
            changed = True
    return changed


# --- flow.dispatch.region ---


@pattern("DispatchRegionDropUnusedResults")
def _drop_unused_results(op: DispatchRegionOp, rewriter: Rewriter) -> bool:
    """Gives no result twice, and none that nothing uses."""
    block = op.body.first_block
    if block is None or block.next_block is not None or not isinstance(block.last_op, ReturnOp):
        return False
    given = block.last_op.operands
    kept: dict[SSAValue, int] = {}
    for result, value in zip(op.results, given, strict=True):
        if result.first_use is not None:
            kept.setdefault(value, result.index)
    if len(kept) == len(op.results):
        return False
    gone = [result.index for result in op.results if result.index not in kept.values()]
    _, dims = _without(op.results, op.result_dims, gone)
    # IREE bug: the region that computes the grid is lost, and attributes are.
    new = make_op(
        DispatchRegionOp,
        [*dims, *op.workload],
        [op.results[number].type for number in kept.values()],
        segments_property(len(dims), len(op.workload)),
        regions=[Region(), Region()],
    )
    rewriter.insert(new)
    op.body.move_blocks(new.body)
    rewriter.assign(block.last_op, operands_=list(kept))
    # IREE bug: the first result stands for any that was given twice.
    places = {number: place for place, number in enumerate(kept.values())}
    used = [result for result in op.results if result.first_use is not None]
    rewriter.replace_all_uses([(result, new.results[places.get(result.index, 0)]) for result in used])
    rewriter.erase_op(op)
    return True


RULES = (
    OpRules("flow.dispatch.region", (_drop_unused_results,)),
    OpRules(
        "flow.dispatch.workgroups",
        (_drop_unused, _name_workload_once, _name_ordinals_once, _replace_results_without_elements),
    ),
)
