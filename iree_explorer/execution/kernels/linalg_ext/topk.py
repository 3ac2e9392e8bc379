"""The largest (or smallest) k elements along a dimension, and where they come from."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from xdsl.ir import Operation

from iree_explorer.execution.code.scope import Scope, Table
from iree_explorer.execution.code.steps import Frame, Step
from iree_explorer.execution.fields import field, integer
from iree_explorer.execution.kernels.linalg_ext.ordered import known_order, sorted_together
from iree_explorer.execution.values.elements import Array, element_of

TOPK: Table[Scope] = Table()


@TOPK.lowers("iree_linalg_ext.topk", "iree_linalg_ext.topk_v2")
def _topk(op: Operation, scope: Scope) -> Step:
    axis, resorts = integer(op, "dimension"), field(op, "is_sorted") is not None
    inputs, indices, outputs, out_indices = _operands(op)
    order, body = known_order(op.regions[0]), scope.body(op.regions[0])
    values, into = scope.slot(inputs), scope.slot(outputs)
    places = scope.slot(indices) if indices is not None else None
    into_places = scope.slot(out_indices) if out_indices is not None else None
    targets = scope.slots_of(op.results)
    dtype = element_of(out_indices.type).dtype if out_indices is not None else np.dtype(np.int32)

    def step(frame: Frame) -> None:
        candidates, kept = (np.moveaxis(frame[slot], axis, 0) for slot in (values, into))
        numbers = np.moveaxis(frame[places], axis, 0) if places is not None else _ramp(candidates, dtype)
        old = np.moveaxis(frame[into_places], axis, 0) if into_places is not None else np.zeros(kept.shape, dtype)
        if resorts and order is not None and _has_ties(candidates):
            done = _insert_rows(candidates, numbers, kept, old, descending=order[1])
        else:
            # What is there already competes; of equal elements the earlier input goes first.
            arrays = [np.concatenate([candidates, kept]), np.concatenate([numbers, old])]
            done = [array[: len(kept)] for array in sorted_together(body, order, frame, arrays, 1)]
        for slot, array in zip(targets, done, strict=False):
            frame[slot] = np.moveaxis(array, 0, axis)

    return step


def _operands(op: Operation) -> tuple[Any, Any, Any, Any]:
    """Input values, input indices or None, output values, output indices or None."""
    split = len(op.operands) - len(op.results)
    inputs, outputs = op.operands[:split], op.operands[split:]
    return inputs[0], inputs[1] if len(inputs) > 1 else None, outputs[0], outputs[1] if len(outputs) > 1 else None


def _ramp(candidates: Array, dtype: np.dtype[Any]) -> Array:
    places = np.arange(len(candidates), dtype=dtype).reshape(-1, *(1,) * (candidates.ndim - 1))
    return np.broadcast_to(places, candidates.shape)


def _has_ties(values: Array) -> bool:
    ordered = np.sort(values, axis=0)
    return bool((ordered[1:] == ordered[:-1]).any())


def _insert_rows(values: Array, numbers: Array, kept: Array, old: Array, *, descending: bool) -> list[Array]:
    """The results along axis 0, row by row, with equal elements as IREE's lowering leaves them."""
    best, places = kept.copy(), old.copy()
    for row in np.ndindex(values.shape[1:]):
        at = (slice(None), *row)
        best[at], places[at] = insert(
            values[at].tolist(), numbers[at].tolist(), kept[at].tolist(), old[at].tolist(), descending=descending
        )
    return [best, places]


def insert(
    values: Sequence[Any], numbers: Sequence[int], kept: list[Any], places: list[int], *, descending: bool
) -> tuple[list[Any], list[int]]:
    """Inserts candidates one by one into the k elements kept, which are in order, and bubble-sorts those after each.

    A candidate displaces what it comes before; of equal elements the smaller index moves up. The bubble sort swaps equal
    neighbours whenever it compares them, which turns each run of equal elements (see `_turn_runs`).
    IREE: TilingInterfaceImpl.cpp, TopkV2Op::generateScalarImplementation, emitBubbleSort.
    """
    for value, number in zip(values, numbers, strict=True):
        for k, have in enumerate(kept):
            if (value > have) if descending else (value < have):
                kept[k], value = value, have
                places[k], number = number, places[k]
            elif value == have and number < places[k]:
                places[k], number = number, places[k]
        _turn_runs(kept, places)
    return kept, places


def _turn_runs(kept: Sequence[Any], places: list[int]) -> None:
    """What bubble-sorting k sorted elements by a strict order does to the indices of equal ones.

    Sweep i compares the pairs up to place k - 1 - i. Those that cover a run of r equal elements from place p, k - p - r + 1
    of them, turn it left by one each; the shorter ones that follow turn what is left of it, and so reverse all but its last.
    """
    count, start = len(kept), 0
    while start < count:
        end = start
        while end < count and kept[end] == kept[start]:
            end += 1
        size = end - start
        if size > 1:
            run = places[start:end]
            turns = (count - end + 1) % size
            run = run[turns:] + run[:turns]
            places[start:end] = [*reversed(run[:-1]), run[-1]]
        start = max(end, start + 1)
