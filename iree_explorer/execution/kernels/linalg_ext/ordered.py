"""Ops that go along one dimension in order: scan, sort, top-k, arg_compare. Whole arrays over all other dimensions."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from xdsl.ir import BlockArgument, Operation, Region

from iree_explorer.execution.code.scope import Scope, Table, single_block
from iree_explorer.execution.code.steps import Body, Frame, Step
from iree_explorer.execution.fields import flag, integer, segments
from iree_explorer.execution.values.elements import Array, element_of

ORDERED: Table[Scope] = Table()

_ACCUMULATE: dict[str, np.ufunc] = {
    "arith.addf": np.add,
    "arith.addi": np.add,
    "arith.mulf": np.multiply,
    "arith.muli": np.multiply,
    "arith.maximumf": np.maximum,
    "arith.minimumf": np.minimum,
    "arith.maxsi": np.maximum,
    "arith.minsi": np.minimum,
}

# cmpf (ordered and unordered greater, less) and cmpi predicates that order by value.
_ASCENDING = {"arith.cmpf": (4, 5, 11, 12), "arith.cmpi": (2, 3)}
_DESCENDING = {"arith.cmpf": (2, 3, 9, 10), "arith.cmpi": (4, 5)}


@ORDERED.lowers("iree_linalg_ext.scan")
def _scan(op: Operation, scope: Scope) -> Step:
    axis, inclusive = integer(op, "dimension"), flag(op, "inclusive")
    ufunc = _plain_fold(op.regions[0], op)
    body = scope.body(op.regions[0])
    sources, targets = scope.slots_of(op.operands), scope.slots_of(op.results)

    def step(frame: Frame) -> None:
        terms, _, start = (
            np.moveaxis(np.asarray(frame[slot]), axis, 0) if i < 2 else frame[slot] for i, slot in enumerate(sources)
        )
        values = terms if inclusive else np.concatenate([np.asarray(start)[None], terms[:-1]])
        total = _running(values, ufunc, body, frame)
        frame[targets[0]] = np.moveaxis(total, 0, axis)
        frame[targets[1]] = total[-1] if len(total) > 1 else np.asarray(start)

    return step


def _plain_fold(region: Region, op: Operation) -> np.ufunc | None:
    """The ufunc that a body of one known op is, None for any other; only for types that it accumulates exactly."""
    block = single_block(region)
    ops = list(block.ops)
    element = element_of(op.operands[0].type)
    exact = element.bits in (32, 64) or (element.is_integer and element.bits in (8, 16))
    if len(ops) == 2 and exact and set(ops[0].operands) == set(block.args):
        return _ACCUMULATE.get(ops[0].name)
    return None


def _running(values: Array, ufunc: np.ufunc | None, body: Body, frame: Frame) -> Array:
    """Folds along axis 0, keeping every partial result."""
    if ufunc is not None:
        return ufunc.accumulate(values, axis=0, dtype=values.dtype)
    total = values.copy()
    for place in range(1, len(total)):
        (total[place],) = body(frame, (total[place - 1], values[place]))
    return total


# Sorting


def known_order(region: Region) -> tuple[int, bool] | None:
    """For a body that compares two elements of one operand: which operand, and whether larger ones go first."""
    block = single_block(region)
    ops = list(block.ops)
    if len(ops) != 2 or ops[1].operands[0] is not ops[0].results[0] or ops[0].name not in _ASCENDING:
        return None
    left, right = ops[0].operands
    if not (isinstance(left, BlockArgument) and isinstance(right, BlockArgument)):
        return None
    low, high = sorted((left.index, right.index))
    if low % 2 or high != low + 1:
        return None
    predicate = integer(ops[0], "predicate")
    is_swapped = left.index > right.index
    if predicate in _ASCENDING[ops[0].name]:
        return low // 2, is_swapped
    if predicate in _DESCENDING[ops[0].name]:
        return low // 2, not is_swapped
    return None


def stable_order(keys: Array, *, descending: bool) -> Array:
    """Places that sort along axis 0, equal elements in their old order; NaN last."""
    if not descending:
        return np.argsort(keys, axis=0, kind="stable")
    backwards = np.argsort(keys[::-1], axis=0, kind="stable")[::-1]
    return len(keys) - 1 - backwards


def sort_by(body: Body, frame: Frame, arrays: list[Array], compared: int) -> list[Array]:
    """Sorts along axis 0 by a body that says whether the first of two elements stays before the second.

    Args:
        body: of the op; its arguments are two elements of each of the first `compared` arrays.
        frame: that the body runs in.
        arrays: sorted together.
        compared: how many of them the body is given.
    """
    arrays = [array.copy() for array in arrays]
    size = len(arrays[0])
    for turn in range(size):  # odd-even transposition: neighbours at even places, then at odd ones
        first, second = slice(turn % 2, size - 1, 2), slice(turn % 2 + 1, size, 2)
        if not len(arrays[0][first]):
            continue
        pairs = [part for array in arrays[:compared] for part in (array[first], array[second])]
        swapped = [part for array in arrays[:compared] for part in (array[second], array[first])]
        (keeps,), (reverse,) = body(frame, pairs), body(frame, swapped)
        keep = np.asarray(keeps) | ~np.asarray(reverse)
        for array in arrays:
            a, b = array[first].copy(), array[second].copy()
            array[first], array[second] = np.where(keep, a, b), np.where(keep, b, a)
    return arrays


def sorted_together(
    body: Body, order: tuple[int, bool] | None, frame: Frame, arrays: list[Array], compared: int
) -> list[Array]:
    """Arrays sorted together along axis 0; equal elements keep their order, which IREE leaves open."""
    if order is None:
        return sort_by(body, frame, arrays, compared)
    places = stable_order(arrays[order[0]], descending=order[1])
    return [np.take_along_axis(array, places, axis=0) for array in arrays]


@ORDERED.lowers("iree_linalg_ext.sort")
def _sort(op: Operation, scope: Scope) -> Step:
    axis = integer(op, "dimension")
    order, body = known_order(op.regions[0]), scope.body(op.regions[0])
    sources, targets = scope.slots_of(segments(op)[-1]), scope.slots_of(op.results)

    def step(frame: Frame) -> None:
        arrays = [np.moveaxis(np.asarray(frame[slot]), axis, 0) for slot in sources]
        done = sorted_together(body, order, frame, arrays, len(arrays))
        for slot, array in zip(targets, done, strict=True):
            frame[slot] = np.moveaxis(array, 0, axis)

    return step


# arg_compare


@ORDERED.lowers("iree_linalg_ext.arg_compare")
def _arg_compare(op: Operation, scope: Scope) -> Step:
    inputs, outputs, base = _arg_compare_operands(op)
    axis = integer(op, "dimension")
    order, body = known_order(op.regions[0]), scope.body(op.regions[0])
    sources, into = scope.slots_of(inputs), scope.slots_of(outputs)
    start = scope.slot(base) if base is not None else None
    targets = scope.slots_of(op.results)
    dtype = element_of(outputs[1].type).dtype

    def step(frame: Frame) -> None:
        values = np.moveaxis(frame[sources[0]], axis, 0)
        first = int(frame[start]) if start is not None else 0
        explicit = np.moveaxis(frame[sources[1]], axis, 0) if len(sources) > 1 else None
        best, place = (np.asarray(frame[slot]) for slot in into)
        if order is None or (values.dtype.kind not in "iu" and np.isnan(values).any()):
            best, place = _one_by_one(body, frame, values, explicit, first, best, place)
        elif len(values):
            at = np.argmax(values, axis=0) if order[1] else np.argmin(values, axis=0)
            found = np.take_along_axis(values, at[None], axis=0)[0]
            number = (
                (at + first).astype(dtype) if explicit is None else np.take_along_axis(explicit, at[None], axis=0)[0]
            )
            (wins,) = body(frame, (found, best))
            best, place = np.where(wins, found, best), np.where(wins, number, place)
        frame[targets[0]], frame[targets[1]] = best, place

    return step


def _one_by_one(
    body: Body, frame: Frame, values: Array, explicit: Array | None, first: int, best: Array, place: Array
) -> tuple[Array, Array]:
    """The best element and its place by comparing along axis 0 in order."""
    for number, candidate in enumerate(values):
        (wins,) = body(frame, (candidate, best))
        index = place.dtype.type(first + number) if explicit is None else explicit[number]
        best, place = np.where(wins, candidate, best), np.where(wins, index, place)
    return best, place


def _arg_compare_operands(op: Operation) -> tuple[Sequence[Any], Sequence[Any], Any]:
    """Inputs (values, perhaps indices), outputs (value, index), the index base or None."""
    value, index, out_value, out_index, base = segments(op)
    return (*value, *index), (*out_value, *out_index), base[0] if base else None
