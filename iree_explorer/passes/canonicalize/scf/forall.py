"""Rules of `scf.forall`. # MLIR: SCF.cpp."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from xdsl.dialects.builtin import DYNAMIC_INDEX, DenseArrayBase, IndexType, i64
from xdsl.dialects.utils import get_dynamic_index_list
from xdsl.ir import Attribute, Block, BlockArgument, OpResult, Region, SSAValue

from iree_explorer.dialects.scf import ForallOp, InParallelOp
from iree_explorer.dialects.tensor import CastOp, DimOp
from iree_explorer.dialects.tensor.slices import ParallelInsertSliceOp
from iree_explorer.ir.storage import copy_op, erase_arguments, users_of
from iree_explorer.passes.canonicalize.building import index_constant
from iree_explorer.passes.canonicalize.facts.branches import rounds
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.facts.shapes import says_as_much
from iree_explorer.passes.canonicalize.facts.slices import Mixed, Slice, known, static_numbers, values_of
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import OpRules, pattern
from iree_explorer.passes.canonicalize.greedy.use_lists import set_operands, turn_uses
from iree_explorer.passes.canonicalize.tensor.building import cast
from iree_explorer.passes.canonicalize.tensor.slices import insert_slice

_Box: TypeAlias = tuple[Mixed, Mixed, Mixed]
"""Where the counters begin and end, and their steps."""

_GROUPS = ("lower_bound", "upper_bound", "step")
_PROPERTIES = ("staticLowerBound", "staticUpperBound", "staticStep")


def _box(op: ForallOp) -> _Box:
    lower, upper, step = (
        get_dynamic_index_list(static.get_values(), list(dynamic), DYNAMIC_INDEX)
        for static, dynamic in (
            (op.static_lower_bound, op.dynamic_lower_bound),
            (op.static_upper_bound, op.dynamic_upper_bound),
            (op.static_step, op.dynamic_step),
        )
    )
    return lower, upper, step


def _properties(box: _Box) -> dict[str, Attribute]:
    return {
        name: DenseArrayBase.from_list(i64, static_numbers(values))
        for name, values in zip(_PROPERTIES, box, strict=True)
    }


def _counters(op: ForallOp) -> Sequence[BlockArgument]:
    return op.region.block.args[: len(op.static_upper_bound)]


def _shared(op: ForallOp) -> Sequence[BlockArgument]:
    """The arguments that stand for the outputs."""
    return op.region.block.args[len(op.static_upper_bound) :]


def _inserts(op: ForallOp) -> list[ParallelInsertSliceOp]:
    """What each iteration contributes."""
    last = op.region.block.last_op
    assert isinstance(last, InParallelOp)
    return [each for each in last.region.block.ops if isinstance(each, ParallelInsertSliceOp)]


def _forall(box: _Box, outputs: Sequence[SSAValue], region: Region, extra: dict[str, Attribute]) -> ForallOp:
    """A fresh op, with properties beside those of the box."""
    return ForallOp.build(
        operands=[*map(values_of, box), outputs],
        result_types=[[output.type for output in outputs]],
        regions=[region],
        properties=_properties(box) | extra,
    )


def _mapping(op: ForallOp) -> dict[str, Attribute]:
    return {} if op.mapping is None else {"mapping": op.mapping}


def _fresh_block(op: ForallOp, outputs: Sequence[SSAValue]) -> Block:
    return Block(arg_types=[IndexType()] * len(op.static_upper_bound) + [output.type for output in outputs])


@pattern("DimOfForallOp", root="tensor.dim")
def _dim_of_forall(op: DimOp, rewriter: Rewriter) -> bool:
    """A result has the dimensions of its shared output."""
    source = definition(op.source)
    if not isinstance(source, ForallOp) or not isinstance(op.source, OpResult):
        return False
    rewriter.set_operand(op, 0, source.outputs[op.source.index])
    return True


@pattern("FoldTensorCastOfOutputIntoForallOp")
def _cast_inside(op: ForallOp, rewriter: Rewriter) -> bool:
    """Shares outputs as they are before their casts, and casts them in the body."""
    outputs = list(op.outputs)
    casts = {
        number: source
        for number, output in enumerate(outputs)
        if isinstance(source := definition(output), CastOp) and says_as_much(source.source.type, output.type)
    }
    if not casts:
        return False
    for number, source in casts.items():
        outputs[number] = source.source
    block = _fresh_block(op, outputs)
    rank = len(block.args) - len(outputs)
    values: list[SSAValue] = list(block.args)
    for number, source in casts.items():
        inner = cast(block.args[rank + number], source.dest.type)
        block.add_op(inner)
        values[rank + number] = inner.dest
    rewriter.merge_blocks(op.region.block, block, values)  # Not in the program yet: only users of `values` are visited.
    new = _forall(_box(op), outputs, Region(block), _mapping(op))
    for insert in _inserts(new):
        inner = definition(insert.dest)
        if isinstance(inner, CastOp) and inner.parent is block:
            set_operands(insert, {1: inner.source})
    rewriter.insert_unvisited(new)
    results: list[SSAValue] = list(new.results)
    for number, source in casts.items():
        results[number] = rewriter.insert(cast(results[number], source.dest.type)).dest
    rewriter.replace_op(op, results)
    return True


@pattern("ForallOpControlOperandsFolder")
def _take_in_constants(op: ForallOp, rewriter: Rewriter) -> bool:
    """Takes constant bounds, or else steps, into the op."""
    box = _box(op)
    for values in box:
        folded = [known(value, value) for value in values]
        if folded != values:
            values[:] = folded
            break
    else:
        return False
    rewriter.assign(op, **{f"dynamic_{name}": values_of(values) for name, values in zip(_GROUPS, box, strict=True)})
    op.properties.update(_properties(box))
    return True


@pattern("ForallOpIterArgsFolder")
def _drop_outputs(op: ForallOp, rewriter: Rewriter) -> bool:
    """Shares no output that nothing uses, or that no iteration writes to."""
    inserts = [
        [user for user in users_of(argument) if isinstance(user, ParallelInsertSliceOp) and user.dest is argument]
        for argument in _shared(op)
    ]
    kept = [result.first_use is not None and bool(found) for result, found in zip(op.results, inserts, strict=True)]
    if all(kept):
        return False
    for found, stays in zip(inserts, kept, strict=True):
        for insert in () if stays else found:
            rewriter.erase_op(insert)
    outputs = [output for output, stays in zip(op.outputs, kept, strict=True) if stays]
    block = _fresh_block(op, outputs)
    new = _forall(_box(op), outputs, Region(block), _mapping(op))
    new.attributes.update(op.attributes)
    rewriter.insert(new)
    shared = iter(_shared(new))
    values = [next(shared) if stays else output for output, stays in zip(op.outputs, kept, strict=True)]
    rewriter.merge_blocks(op.region.block, block, [*_counters(new), *values])
    results = iter(new.results)
    for result, stays in zip(op.results, kept, strict=True):
        if stays:
            rewriter.replace_all_uses_with(result, next(results))
    for result, output, stays in zip(op.results, op.outputs, kept, strict=True):
        if not stays:
            rewriter.replace_all_uses_with(result, output)
    return True


# --- Counters of one value ---


@pattern("ForallOpSingleOrZeroIterationDimsFolder")
def _drop_counters(op: ForallOp, rewriter: Rewriter) -> bool:
    """Drops counters of one value; where none is left, the op goes, and where one has no value."""
    if op.mapping:
        return False
    box = _box(op)
    kept: list[tuple[SSAValue | int, SSAValue | int, SSAValue | int]] = []
    fixed: dict[int, SSAValue] = {}
    for number, (lower, upper, step) in enumerate(zip(*box, strict=True)):
        count = rounds(lower, upper, step)
        if count == 0:
            rewriter.replace_op(op, list(op.outputs))
            return True
        if count == 1:
            fixed[number] = _as_value(lower, rewriter)
        else:
            kept.append((lower, upper, step))
    if not fixed:
        return False
    if not kept:
        _run_once(op, box[0], rewriter)
        return True
    copy, _ = copy_op(op)
    region = copy.region
    copy.detach_region(region)
    copy.erase()
    for number, value in fixed.items():
        argument = region.block.args[number]
        turn_uses(argument)
        argument.replace_all_uses_with(value)
    erase_arguments(region.block, fixed)
    lower, upper, step = (list(values) for values in zip(*kept, strict=True))
    new = _forall((lower, upper, step), list(op.outputs), region, _mapping(op))
    new.attributes.update(op.attributes)
    rewriter.insert(new)
    rewriter.replace_op(op, new.results)
    return True


def _as_value(number: SSAValue | int, rewriter: Rewriter) -> SSAValue:
    return rewriter.insert(index_constant(number)).result if isinstance(number, int) else number


def _run_once(op: ForallOp, lower: Mixed, rewriter: Rewriter) -> None:
    """Puts the body in the place of the op. # MLIR: scf::promote."""
    values = [_as_value(number, rewriter) for number in lower]
    last = op.region.block.last_op
    assert isinstance(last, InParallelOp)
    rewriter.inline_block_before(op.region.block, op, [*values, *op.outputs])
    rewriter.set_insertion_point_after(last)
    results = [
        rewriter.insert(insert_slice(each.source, each.dest, Slice.of(each))).result
        for each in tuple(last.region.block.ops)
        if isinstance(each, ParallelInsertSliceOp)
    ]
    rewriter.replace_all_uses(list(zip(op.results, results, strict=False)))
    rewriter.erase_op(last)
    rewriter.erase_op(op)


@pattern("ForallOpReplaceConstantInductionVar")
def _use_only_value(op: ForallOp, rewriter: Rewriter) -> bool:
    """Uses the only value of a counter itself."""
    changed = False
    for counter, lower, upper, step in zip(_counters(op), *_box(op), strict=True):
        if counter.first_use is not None and rounds(lower, upper, step) == 1:
            rewriter.replace_all_uses_with(counter, _as_value(lower, rewriter))
            changed = True
    return changed


RULES = (
    OpRules(
        "scf.forall",
        (
            _dim_of_forall,
            _cast_inside,
            _take_in_constants,
            _drop_outputs,
            _drop_counters,
            _use_only_value,
        ),
    ),
)
