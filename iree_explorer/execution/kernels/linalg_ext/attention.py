"""Attention: softmax(scale · Q·Kᵀ + mask)·V over any layout that the indexing maps say; scores and sums in f32 (f64 for f64)."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from xdsl.dialects.builtin import DictionaryAttr
from xdsl.ir import Operation, SSAValue

from iree_explorer.errors import ExecutionError
from iree_explorer.execution.code.scope import Scope, Table
from iree_explorer.execution.code.steps import Body, Frame, Step
from iree_explorer.execution.fields import field, integer, maps, segments
from iree_explorer.execution.kernels.contraction import Contraction
from iree_explorer.execution.kernels.indices import ramp
from iree_explorer.execution.kernels.space import Access, Space
from iree_explorer.execution.values.elements import Array, element_named, element_of

ATTENTION: Table[Scope] = Table()
_LOG2E = 1.4426950408889634


@dataclass(frozen=True, slots=True)
class Attention:
    """The parts of an attention op.

    Attributes:
        query, key, value, output: their accesses.
        mask: None where the op has none.
        space: of query, key, value, mask, output, in this order.
        scores: dims of Q·Kᵀ.
        keys: dims summed with the values.
        body: changes a score.
        indices: loop dims whose counters the body asks for, with the slots where it finds them.
        is_base_2: powers of 2 are taken, scores multiplied by log2(e) before.
    """

    query: Access
    key: Access
    value: Access
    mask: Access | None
    output: Access
    space: Space
    scores: tuple[int, ...]
    keys: tuple[int, ...]
    body: Body
    indices: tuple[tuple[int, int], ...]
    is_base_2: bool

    @classmethod
    def of(cls, op: Operation, scope: Scope, *, has_mask: bool) -> "Attention":
        """Reads the op's maps: query, key, value, scale, mask if any, output."""
        query, key, value, _, *rest = (Access(map_) for map_ in maps(op))
        mask = rest.pop(0) if has_mask else None
        output = rest[0]
        inner = (query.dims & key.dims) - output.dims - value.dims
        config = field(op, "decomposition_config")
        use_exp2 = config.data.get("use_exp2") if isinstance(config, DictionaryAttr) else None
        is_base_2 = use_exp2 is None or bool(getattr(getattr(use_exp2, "value", None), "data", 1))
        accesses = (query, key, value, *((mask,) if mask else ()), output)
        scores = tuple(sorted((query.dims | key.dims) - inner))
        indices = _indices(op, scope, scores)
        return cls(
            query, key, value, mask, output, Space(accesses, 1),
            scores=scores,
            keys=tuple(sorted((key.dims & value.dims) - output.dims)),
            body=scope.body(op.regions[0]),
            indices=indices,
            is_base_2=is_base_2,
        )  # fmt: skip

    def operands(self, arrays: list[Array], mask: Array | None, output: Array) -> list[Array]:
        """The arrays in the order of `space`."""
        return [*arrays, *(() if mask is None else (mask,)), output]

    def score(self, frame: Frame, arrays: list[Array], scale: Any, mask: Array | None, sizes: tuple[int, ...]) -> Array:
        """Scale · Q·Kᵀ, changed by the body, plus the mask; over all loop dims, size 1 where it does not vary."""
        dtype = np.float64 if arrays[0].dtype == np.float64 else np.float32
        factor = dtype(float(scale) * (_LOG2E if self.is_base_2 else 1.0))
        query = self.query.view(arrays[0], sizes).astype(dtype) * factor
        key = self.key.view(arrays[1], sizes).astype(dtype)
        total = self._contract(query, key, self.query, self.key, self.scores, sizes)
        for place, slot in self.indices:
            frame[slot] = ramp(place, total.shape)
        (total,) = self.body(frame, (total,))
        wide = self._spread(total, self.scores, sizes)
        if mask is None or self.mask is None:
            return wide
        seen = self.mask.view(mask, sizes)
        if mask.dtype == np.bool_ or mask.dtype.kind in "iu":
            return wide + np.where(seen.astype(np.bool_), dtype(0), dtype(-np.inf))
        return wide + seen.astype(dtype) * dtype(_LOG2E if self.is_base_2 else 1.0)

    def power(self, exponent: Array) -> Array:
        """2 or e to a power; -inf where a row is masked whole gives 0."""
        return np.exp2(exponent) if self.is_base_2 else np.exp(exponent)

    def weigh(self, weights: Array, values: Array, sizes: tuple[int, ...]) -> Array:
        """The values summed with weights, over the output's dims, ascending."""
        value = self.value.view(values, sizes).astype(weights.dtype)
        dims = frozenset(self.scores)
        return self._sum(weights, value, dims, self.value.dims, tuple(sorted(self.output.dims)), sizes)

    def _contract(
        self, left: Array, right: Array, a: Access, b: Access, result: tuple[int, ...], sizes: tuple[int, ...]
    ) -> Array:
        return self._sum(left, right, a.dims, b.dims, result, sizes)

    @staticmethod
    def _sum(
        left: Array, right: Array, a: frozenset[int], b: frozenset[int], result: tuple[int, ...], sizes: tuple[int, ...]
    ) -> Array:
        used = frozenset(result) | a | b
        element = element_named("f64" if left.dtype == np.float64 else "f32")
        plan = Contraction.of(a, b, frozenset(result), len(sizes), element, 64)
        whole = [sizes[d] if d in used else 1 for d in range(len(sizes))]
        total = np.empty([whole[d] for d in plan.result], left.dtype)
        plan(total, None, left, right, whole)
        return total.reshape([sizes[d] for d in result])

    @staticmethod
    def _spread(array: Array, dims: tuple[int, ...], sizes: tuple[int, ...]) -> Array:
        return array.reshape([sizes[d] if d in dims else 1 for d in range(len(sizes))])


def _indices(op: Operation, scope: Scope, scores: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
    """Places among the scores' dims whose counters the body asks for, with the slots of the answers."""
    found = [inner for inner in op.walk() if inner.name == "iree_linalg_ext.index"]
    strange = next((inner for inner in found if integer(inner, "dim") not in scores), None)
    if strange is not None:
        raise ExecutionError(f"the body asks for d{integer(strange, 'dim')}, which scores do not have")
    return tuple((scores.index(integer(inner, "dim")), scope.slot(inner.results[0])) for inner in found)


@ATTENTION.lowers("iree_linalg_ext.index")
def _index(op: Operation, scope: Scope) -> None:
    """Read from the slot that the op around it fills."""


def _inputs(op: Operation) -> tuple[list[SSAValue], SSAValue, SSAValue | None, list[SSAValue]]:
    """Query, key and value; scale; mask or None; outputs."""
    parts = segments(op)
    flat = [value for part in parts for value in part]
    count = len(op.results)
    inputs, outputs = flat[: len(flat) - count], flat[len(flat) - count :]
    return inputs[:3], inputs[3], inputs[4] if len(inputs) > 4 else None, outputs


@ATTENTION.lowers("iree_linalg_ext.attention")
def _attention(op: Operation, scope: Scope) -> Step:
    inputs, scale, mask, (output,) = _inputs(op)
    plan = Attention.of(op, scope, has_mask=mask is not None)
    sources, factor, into = scope.slots_of(inputs), scope.slot(scale), scope.slot(output)
    masked = scope.slot(mask) if mask is not None else None
    target, dtype = scope.slot(op.results[0]), element_of(op.results[0].type).dtype

    def step(frame: Frame) -> None:
        arrays = [np.asarray(frame[slot]) for slot in sources]
        seen = np.asarray(frame[masked]) if masked is not None else None
        sizes = plan.space.sizes(plan.operands(arrays, seen, np.asarray(frame[into])))
        score = plan.score(frame, arrays, frame[factor], seen, sizes)
        top = score.max(axis=plan.keys, keepdims=True)
        top = np.maximum(top, np.finfo(score.dtype).min)
        weights = plan.power(score - top)
        total = weights.sum(axis=plan.keys, keepdims=True)
        result = plan.weigh(weights / total, arrays[2], sizes)
        frame[target] = plan.output.arrange(result).astype(dtype)

    return step


@ATTENTION.lowers("iree_linalg_ext.online_attention")
def _online(op: Operation, scope: Scope) -> Step:
    inputs, scale, mask, outputs = _inputs(op)
    plan = Attention.of(op, scope, has_mask=mask is not None)
    accesses = [Access(map_) for map_ in maps(op)[-3:]]
    sources, factor, state = scope.slots_of(inputs), scope.slot(scale), scope.slots_of(outputs)
    masked = scope.slot(mask) if mask is not None else None
    targets = scope.slots_of(op.results)
    dtypes = [element_of(result.type).dtype for result in op.results]

    def step(frame: Frame) -> None:
        arrays = [np.asarray(frame[slot]) for slot in sources]
        seen = np.asarray(frame[masked]) if masked is not None else None
        olds = [np.asarray(frame[slot]) for slot in state]
        sizes = plan.space.sizes(plan.operands(arrays, seen, olds[0]))
        acc, old_top, old_sum = (access.view(a, sizes) for access, a in zip(accesses, olds, strict=True))
        score = plan.score(frame, arrays, frame[factor], seen, sizes)
        top = np.maximum(score.max(axis=plan.keys, keepdims=True), old_top)
        weights, shrink = plan.power(score - top), plan.power(old_top - top)
        total = old_sum * shrink + weights.sum(axis=plan.keys, keepdims=True)
        kept = (acc * shrink).reshape([sizes[d] for d in sorted(plan.output.dims)])
        news = [kept + plan.weigh(weights, arrays[2], sizes), _narrow(top, accesses[1]), _narrow(total, accesses[2])]
        for slot, access, value, dtype in zip(targets, accesses, news, dtypes, strict=True):
            frame[slot] = access.arrange(value).astype(dtype)

    return step


def _narrow(array: Array, access: Access) -> Array:
    """An array over all loop dims, size 1 along those that the access does not use, over its dims alone."""
    return array.reshape([array.shape[d] for d in sorted(access.dims)])
