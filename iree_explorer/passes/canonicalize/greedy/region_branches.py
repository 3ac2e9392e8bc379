"""Ops that run their regions: what flows where, and values that need not flow.

# MLIR: ControlFlowInterfaces.cpp, populateRegionBranchOpInterfaceCanonicalizationPatterns, …InliningPattern
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias, cast

from xdsl.ir import BlockArgument, Operation, OpResult, Region, SSAValue

from iree_explorer.ir.interfaces.control_flow import RegionBranchOpInterface, RegionBranchTerminatorOpInterface
from iree_explorer.ir.operands import splice_operands
from iree_explorer.ir.storage import erase_arguments
from iree_explorer.passes.canonicalize.facts.branches import known_successors, successors_of
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import Pattern, pattern, summary_of

_Place: TypeAlias = tuple[Operation, int]
"""An operand: its op and its number."""


def _operands_to_inputs(op: RegionBranchOpInterface) -> dict[_Place, list[SSAValue]]:
    """Operand that is passed on, by the op itself or at the end of a region → the values that it becomes."""
    mapping: dict[_Place, list[SSAValue]] = {}
    for target in successors_of(op, None):
        _map(mapping, op, op.entry_operands(target), op.successor_inputs(target))
    for region in op.regions:
        for block in region.blocks:
            last = block.last_op
            if isinstance(last, RegionBranchTerminatorOpInterface):
                for target in successors_of(op, region):
                    _map(mapping, last, last.forwarded_operands(), op.successor_inputs(target))
    return mapping


def _map(
    mapping: dict[_Place, list[SSAValue]], user: Operation, passed: Sequence[SSAValue], inputs: Sequence[SSAValue]
) -> None:
    """The operands that are passed on are always the last ones of their op."""
    start = len(user.operands) - len(passed)
    for number, value in enumerate(inputs, start):
        mapping.setdefault((user, number), []).append(value)


def _inputs_to_operands(mapping: dict[_Place, list[SSAValue]]) -> dict[SSAValue, list[_Place]]:
    inverse: dict[SSAValue, list[_Place]] = {}
    for place, inputs in mapping.items():
        for value in inputs:
            inverse.setdefault(value, []).append(place)
    return inverse


def _columns(op: RegionBranchOpInterface) -> list[tuple[SSAValue, ...]] | None:
    """What each result may be, where values flow to results alone; None: there are arguments of regions, too.

    The quick answer for a thousand results, of which mostly none is like another, known or dead.
    """
    if any(block.args for region in op.regions for block in region.blocks):
        return None
    rows: list[Sequence[SSAValue]] = []
    if None in successors_of(op, None):
        rows.append(op.entry_operands(None))
    for region in op.regions:
        if None in successors_of(op, region):
            for block in region.blocks:
                last = block.last_op
                if isinstance(last, RegionBranchTerminatorOpInterface):
                    rows.append(tuple(last.forwarded_operands()))
    return list(zip(*rows, strict=True))


# --- Values that are always the same ---


@pattern("MakeRegionBranchOpSuccessorInputsDead")
def _make_successor_inputs_dead(op: Operation, rewriter: Rewriter) -> bool:
    """Uses the only value that can arrive at an argument or result, where it is visible there."""
    assert isinstance(op, RegionBranchOpInterface)
    columns = _columns(op)
    if columns is not None and all(any(value is not column[0] for value in column) for column in columns):
        return False
    mapping = _operands_to_inputs(op)
    arriving = _only_values(mapping)
    changed = False
    for value in _inputs_to_operands(mapping):
        only = arriving.get(value)
        if value.first_use is not None and only is not None and _is_defined_before(op, only, value):
            rewriter.replace_all_uses_with(value, only)
            changed = True
    return changed


def _only_values(mapping: dict[_Place, list[SSAValue]]) -> dict[SSAValue, SSAValue | None]:
    """For each input that a value from elsewhere can arrive at, directly or through other inputs: the only such value.

    None: there are several. To put the value in the place of the input does not change what arrives at others.
    """
    receivers: dict[SSAValue, list[SSAValue]] = {}
    for (user, number), inputs in mapping.items():
        receivers.setdefault(user.operands[number], []).extend(inputs)
    inputs = {value for group in mapping.values() for value in group}
    only: dict[SSAValue, SSAValue | None] = {}
    pending: list[tuple[SSAValue, SSAValue | None]] = [(value, value) for value in receivers if value not in inputs]
    while pending:
        source, arriving = pending.pop()
        for value in receivers.get(source, ()):
            now = arriving if only.get(value, arriving) is arriving else None
            if value not in only or only[value] is not now:
                only[value] = now
                pending.append((value, now))
    return only


def _is_defined_before(op: Operation, value: SSAValue, target: SSAValue) -> bool:
    """Whether `value` is visible where `target`, an argument or result of `op`, is. # MLIR: isDefinedBefore."""
    block = value.op.parent if isinstance(value, OpResult) else value.owner
    if block is None or block.parent_op() is not op:
        return True
    return isinstance(target, BlockArgument) and isinstance(value, BlockArgument) and value.block is target.block


@pattern("RemoveDuplicateSuccessorInputUses")
def _remove_duplicate_successor_input_uses(op: Operation, rewriter: Rewriter) -> bool:
    """Uses one of several arguments (or results) that always get the same value."""
    assert isinstance(op, RegionBranchOpInterface)
    columns = _columns(op)
    if columns is not None and len(set(columns)) == len(columns):
        return False
    mapping = _operands_to_inputs(op)
    operands = _inputs_to_operands(mapping)
    inputs = sorted(operands, key=lambda value: cast("OpResult | BlockArgument", value).index)
    passed = {value: _passed_by(value, operands[value]) for value in inputs}
    if len(set(passed.values())) == len(inputs):
        return False  # As mostly; the pairs of a thousand inputs are many.
    changed = False
    for i, first in enumerate(inputs):
        for second in inputs[i + 1 :]:
            if second.first_use is not None and passed[first] == passed[second]:
                places = [(use.operation, use.index) for use in second.uses]
                rewriter.replace_all_uses_with(second, first)
                for value in (value for place in places for value in mapping.get(place, ())):
                    passed[value] = _passed_by(value, operands[value])
                changed = True
    return changed


def _passed_by(value: SSAValue, places: list[_Place]) -> tuple[object, frozenset[tuple[Operation, SSAValue]]]:
    """Whose input `value` is, and what each op passes for it."""
    return value.owner, frozenset({user: user.operands[number] for user, number in places}.items())


# --- Values that nobody needs ---


@pattern("RemoveDeadRegionBranchOpSuccessorInputs")
def _remove_dead_successor_inputs(op: Operation, rewriter: Rewriter) -> bool:
    """Drops sets of arguments and results that only exist together and that nothing uses, and what is passed for them."""
    assert isinstance(op, RegionBranchOpInterface)
    if all(result.first_use is not None for result in op.results) and _columns(op) is not None:
        return False
    mapping = _operands_to_inputs(op)
    dead = {value for group in _tied_inputs(mapping) if all(v.first_use is None for v in group) for value in group}
    if not dead:
        return False
    gone: dict[Operation, set[int]] = {}
    for (user, number), inputs in mapping.items():
        if not dead.isdisjoint(inputs):
            gone.setdefault(user, set()).add(number)
    for user, numbers in gone.items():
        start, count = min(numbers), len(user.operands)
        kept = [user.operands[number] for number in range(start, count) if number not in numbers]
        splice_operands(user, start, count - start, kept)
        rewriter.modified(user)
    _erase_arguments(op, dead, rewriter)
    erase_results(op, {value.index for value in dead if isinstance(value, OpResult)}, rewriter)
    return True


def _tied_inputs(mapping: dict[_Place, list[SSAValue]]) -> list[list[SSAValue]]:
    """The values that one operand becomes belong together, and so do such sets that overlap."""
    group_of: dict[SSAValue, list[SSAValue]] = {}
    for inputs in mapping.values():
        merged: list[SSAValue] = []
        for value in inputs:
            for each in group_of.get(value, [value]):
                if each not in merged:
                    merged.append(each)
        for value in merged:
            group_of[value] = merged
    return list({id(group): group for group in group_of.values()}.values())


def _erase_arguments(op: Operation, dead: set[SSAValue], rewriter: Rewriter) -> None:
    for region in op.regions:
        for block in region.blocks:
            numbers = {argument.index for argument in block.args if argument in dead}
            if numbers:
                erase_arguments(block, numbers)
                rewriter.modified(op)


def erase_results(op: Operation, numbers: set[int], rewriter: Rewriter) -> None:
    """Puts an op without these results, which nothing uses, in the place of `op`. # MLIR: eraseOpResults."""
    if not numbers:
        return
    kept = [result for result in op.results if result.index not in numbers]
    new = type(op).create(
        operands=list(op.operands),
        result_types=[result.type for result in kept],
        properties=dict(op.properties),
        attributes=dict(op.attributes),
        regions=[Region() for _ in op.regions],
    )
    rewriter.set_insertion_point(op)
    rewriter.insert(new)
    for old_region, new_region in zip(op.regions, new.regions, strict=True):
        old_region.move_blocks(new_region)
    rewriter.replace_all_uses(list(zip(kept, new.results, strict=True)))
    rewriter.erase_op(op)


# --- Regions that are run once ---

Replacement: TypeAlias = "Callable[[Operation, BlockArgument], SSAValue]"
"""What an argument is that nobody passes, such as the counter of a loop of one round."""


def _inline(op: Operation, replacement: Replacement | None, rewriter: Rewriter) -> bool:
    """Puts the bodies in the place of the op where only one way leads through them, with no loop."""
    assert isinstance(op, RegionBranchOpInterface)
    path = _single_path(op)
    if path is None:
        return False
    passed: Sequence[SSAValue] = list(op.entry_operands(path[0] if path else None))
    for region in path:
        block = region.block
        last = block.last_op
        assert isinstance(last, RegionBranchTerminatorOpInterface)
        given = dict(zip(op.successor_inputs(region), passed, strict=True))
        values = [given[arg] if arg in given else cast("Replacement", replacement)(op, arg) for arg in block.args]
        rewriter.inline_block_before(block, op, values)
        passed = list(last.forwarded_operands())
        rewriter.erase_op(last)
    rewriter.replace_op(op, passed)
    return True


def _single_path(op: RegionBranchOpInterface) -> list[Region] | None:
    """The regions on the only way from before the op to behind it; None: there are several ways, or a loop."""
    path: list[Region] = []
    source: Region | None = None
    while True:
        targets = known_successors(op, source)
        if len(targets) != 1:
            return None
        source = targets[0]
        if source is None:
            return path
        block = source.first_block
        if source in path or block is None or block is not source.last_block:
            return None
        if not isinstance(block.last_op, RegionBranchTerminatorOpInterface):
            return None
        path.append(source)


REGION_BRANCH_PATTERNS = (
    _make_successor_inputs_dead,
    _remove_duplicate_successor_input_uses,
    _remove_dead_successor_inputs,
)


def inlining_pattern(
    replacement: Replacement | None = None,
    *,
    applies: Callable[[Operation], bool] = lambda _: True,
    benefit: int = 1,
) -> Pattern:
    """The pattern that inlines regions which are run once."""
    return Pattern(
        "InlineRegionBranchOp",
        lambda op, rewriter: applies(op) and _inline(op, replacement, rewriter),
        benefit,
        summary=summary_of(_inline),
    )
