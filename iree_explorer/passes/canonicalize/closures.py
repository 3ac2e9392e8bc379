"""Ops whose region sees captured values as arguments: no capture twice or in vain, no result twice.

# IREE: ClosureOpUtils.cpp, optimizeClosureLikeOp
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xdsl.ir import Attribute, Block, Operation, OpResult, Region, SSAValue

from iree_explorer.dialects.stream.region_ops import YieldOp
from iree_explorer.ir.interfaces import UNTIED, ClosureOpInterface, TiedOpInterface, tied_operands_attr
from iree_explorer.ir.operands import segments_property, splice_operands
from iree_explorer.ir.storage import are_distinct, erase_arguments, first_use_of, make_op, type_of
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import pattern


@pattern("ClosureOptimizationPattern", is_near=True)
def closure_optimization_pattern(op: Any, rewriter: Rewriter) -> bool:
    """Rebuilds the region op without captures that its body doesn't use or gets twice, and without equal results.

    Results that nothing uses stay: the yield reads them, and IREE counts that as a use. (It also copies constants into
    bodies; the stream dialect's capture only resources, which no constant is.)
    """
    captures = _redundant_captures(op)
    duplicates = _duplicate_results(op)
    if not captures and not duplicates:
        return False
    closure_results: Sequence[OpResult] = op.results[: len(op.results) - _other_results(op)]
    if len(duplicates) == len(closure_results) == len(op.results):
        rewriter.erase_op(op)
        return True
    block: Block = op.body.block
    for number, kept in captures.items():
        if kept is not None:
            rewriter.replace_all_uses_with(block.args[number], kept)
    for number, base in duplicates.items():
        rewriter.replace_all_uses_with(op.results[number], op.results[base])
    _rebuild(op, _Cut(captures, duplicates), rewriter)
    return True


@dataclass(frozen=True, slots=True)
class _Cut:
    """The captures and results that go, by number, ascending."""

    captures: Mapping[int, object]
    results: Mapping[int, object]


def _redundant_captures(op: Any) -> dict[int, SSAValue | None]:
    """Number of each capture that can go → the argument that stands for the same value; None: nothing uses it."""
    captures, arguments = op.resource_operands, op.regions[0].block.args
    if all(map(first_use_of, arguments)) and are_distinct(captures):
        return {}
    first: dict[int, SSAValue] = {}  # by the id of what is captured
    redundant: dict[int, SSAValue | None] = {}
    for number, (captured, argument) in enumerate(zip(captures, arguments, strict=True)):
        if argument.first_use is None:
            redundant[number] = None
        elif (known := first.setdefault(id(captured), argument)) is not argument:
            redundant[number] = known
    return redundant


def _duplicate_results(op: Operation) -> dict[int, int]:
    """Number of each result that is yielded twice → the number of the first result of the same value."""
    last = op.regions[0].block.last_op
    if not isinstance(last, YieldOp):
        return {}
    values = last.resource_operands
    if are_distinct(values):
        return {}
    first: dict[int, int] = {}  # by the id of the value
    bases = (first.setdefault(id(value), number) for number, value in enumerate(values))
    return {number: base for number, base in enumerate(bases) if base != number}


def _other_results(op: Operation) -> int:
    """How many results, the last ones, do not come from the body: the timepoint."""
    assert isinstance(op, ClosureOpInterface)
    return len(op.results) - len(op.closure_results)


def _rebuild(op: Any, cut: _Cut, rewriter: Rewriter) -> None:
    """Puts an op without what is cut in the place of `op`; it takes over the body.

    # IREE: StreamOps.cpp, cloneReplacementExcludingOperandsAndResults
    """
    other = _other_results(op)
    closure_results = op.results[: len(op.results) - other]
    kept = [result for result in closure_results if result.index not in cut.results]
    new = _without(op, cut, [*map(type_of, (*kept, *op.results[len(op.results) - other :]))])
    rewriter.insert(new)
    body: Region = op.regions[0]
    body.move_blocks(new.regions[0])
    _cut_yield(new.regions[0].block, cut.results)
    erase_arguments(new.regions[0].block, cut.captures)
    # The timepoint is replaced before the resources.
    replaced = [*op.results[len(op.results) - other :], *kept]
    replacements = [*new.results[len(new.results) - other :], *new.results[: len(new.results) - other]]
    rewriter.replace_all_uses(list(zip(replaced, replacements, strict=True)))
    rewriter.erase_op(op)


def _without(op: Any, cut: _Cut, result_types: list[Attribute]) -> Operation:
    """A copy of `op` with an empty body and less of all that is cut."""
    resources = [value for n, value in enumerate(op.resource_operands) if n not in cut.captures]
    sizes = [value for n, value in enumerate(op.resource_operand_sizes) if n not in cut.captures]
    groups: list[list[SSAValue]] = [resources, sizes]
    if hasattr(op, "result_sizes"):
        groups.append([value for n, value in enumerate(op.result_sizes) if n not in cut.results])
    if hasattr(op, "await_timepoint"):
        groups.append([] if op.await_timepoint is None else [op.await_timepoint])
    properties = dict(op.properties)
    properties |= segments_property(*map(len, groups))
    if isinstance(op, TiedOpInterface):
        ties = ties_without(op.tied_operand_indices(), [*cut.captures], cut.results)
        properties["tied_operands"] = tied_operands_attr(ties)
    operands = [value for group in groups for value in group]
    return make_op(type(op), operands, result_types, properties, op.attributes, [Region()])


def ties_without(ties: Sequence[int], operands: Sequence[int], results: Container[int]) -> list[int]:
    """The ties among what stays. # IREE: UtilTypes.cpp, excludeTiedOperandAndResultIndices.

    Args:
        ties: per result the number of its operand, or -1.
        operands: the numbers of those that go, ascending.
        results: the numbers of those that go.
    """
    gone = {*operands}
    return [
        UNTIED if operand == UNTIED or operand in gone else operand - bisect_left(operands, operand)
        for result, operand in enumerate(ties)
        if result not in results
    ]


def _cut_yield(block: Block, results: Mapping[int, object]) -> None:
    """The end of the body yields no more what is cut, nor its size. # IREE: eraseStreamRegionResults."""
    last = block.last_op
    if not results or not isinstance(last, YieldOp):
        return
    operands = tuple(last.operands)
    half, first = len(operands) // 2, min(results)  # resources, then as many sizes
    kept = [value for number, value in enumerate(operands) if number % half not in results]
    splice_operands(last, first, len(operands) - first, kept[first:])
