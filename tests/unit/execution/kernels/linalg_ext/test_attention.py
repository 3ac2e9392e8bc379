"""Attention with masks, with bodies that ask where they are, and a part of the keys at a time."""

import numpy as np
import pytest

from iree_explorer.errors import ExecutionError
from tests.unit.execution.kernel_calls import call

INPUTS = "tensor<2x4x3xf32>, tensor<2x5x3xf32>, tensor<2x5x6xf32>, f32"
MAPS = ["b, m, k1", "b, k2, k1", "b, k2, n", "", "b, m, n"]
CAUSAL = """%i = iree_linalg_ext.index 1 : index
    %j = iree_linalg_ext.index 4 : index
    %c = arith.cmpi sge, %i, %j : index
    %least = arith.constant -3.0e+38 : f32
    %r = arith.select %c, %x, %least : f32
    iree_linalg_ext.yield %r : f32"""


def attention(name: str, maps: list[str], outputs: list[str], body: str) -> str:
    """A function of query, key, value, scale and the initial outputs (`4x3xf32`)."""
    affine = ", ".join(f"affine_map<(b, m, n, k1, k2) -> ({m})>" for m in maps)
    types = ", ".join(f"tensor<{output}>" for output in outputs)
    given = [f"%o{number}" for number in range(len(outputs))]
    found = [f"%r#{number}" for number in range(len(outputs))] if len(outputs) > 1 else ["%r"]
    arguments = ", ".join(f"{value}: tensor<{output}>" for value, output in zip(given, outputs, strict=True))
    return f"""func.func @f(%q: tensor<2x4x3xf32>, %k: tensor<2x5x3xf32>, %v: tensor<2x5x6xf32>, %s: f32, {arguments}) -> ({types}) {{
  %r{f":{len(outputs)}" if len(outputs) > 1 else ""} = iree_linalg_ext.{name} <indexing_maps = [{affine}]>
      ins(%q, %k, %v, %s : {INPUTS}) outs({", ".join(given)} : {types}) {{
  ^bb0(%x: f32):
    {body}
  }} -> {types}
  return {", ".join(found)} : {types}
}}"""


def inputs(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    query, key, value = (random.standard_normal(s).astype(np.float32) for s in ((2, 4, 3), (2, 5, 3), (2, 5, 6)))
    return query, key, value


def test_a_causal_mask_from_the_place_of_the_score() -> None:
    q, k, v = inputs(0)
    scores = np.where(np.tri(4, 5, dtype=bool), q @ k.transpose(0, 2, 1) * 0.5, -np.inf)
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    text = attention("attention", MAPS, ["2x4x6xf32"], CAUSAL)
    (found,) = call(text, q, k, v, np.float32(0.5), np.zeros((2, 4, 6), np.float32))
    np.testing.assert_allclose(found, weights / weights.sum(axis=-1, keepdims=True) @ v, rtol=1e-4, atol=1e-6)


def test_a_place_that_scores_do_not_have_is_an_error() -> None:
    text = attention("attention", MAPS, ["2x4x6xf32"], CAUSAL.replace("index 4", "index 2"))
    with pytest.raises(ExecutionError, match=r"iree_linalg_ext\.attention: the body asks for d2"):
        call(text, *inputs(0), np.float32(0.5), np.zeros((2, 4, 6), np.float32))


def test_parts_of_the_keys_make_the_whole() -> None:
    """Twice over halves of ten keys, each from what the one before left, against all ten at once."""
    q, *first = inputs(1)
    _, *second = inputs(2)
    key, value = (np.concatenate(pair, axis=1) for pair in zip(first, second, strict=True))
    scores = q @ key.transpose(0, 2, 1) * 0.5
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    want = weights / weights.sum(axis=-1, keepdims=True) @ value
    body = "iree_linalg_ext.yield %x : f32"
    text = attention("online_attention", [*MAPS, "b, m", "b, m"], ["2x4x6xf32", "2x4xf32", "2x4xf32"], body)
    state = [np.zeros((2, 4, 6), np.float32), np.full((2, 4), -np.inf, np.float32), np.zeros((2, 4), np.float32)]
    for part in (first, second):
        state = call(text, q, *part, np.float32(0.5), *state)
    np.testing.assert_allclose(state[0] / state[2][..., None], want, rtol=1e-4, atol=1e-6)
    np.testing.assert_allclose(state[1], scores.max(axis=-1) * np.log2(np.e), rtol=1e-5)


@pytest.mark.parametrize("mask", ["", "xi1", "xf32"])
def test_attention(mask: str) -> None:
    random = np.random.default_rng(5)
    q, k, v = (random.standard_normal(shape).astype(np.float32) for shape in ((2, 3, 4), (2, 5, 4), (2, 5, 6)))
    maps = ["b, m, k1", "b, k2, k1", "b, k2, n", "", *(["b, m, k2"] if mask else []), "b, m, n"]
    affine = ", ".join(f"affine_map<(b, m, n, k1, k2) -> ({m})>" for m in maps)
    types = "tensor<2x3x4xf32>, tensor<2x5x4xf32>, tensor<2x5x6xf32>, f32" + (f", tensor<2x3x5{mask}>" if mask else "")
    masked = f"%m: tensor<2x3x5{mask}>, " if mask else ""
    text = f"""func.func @f(%q: tensor<2x3x4xf32>, %k: tensor<2x5x4xf32>, %v: tensor<2x5x6xf32>, %s: f32, {masked}%o: tensor<2x3x6xf32>) -> tensor<2x3x6xf32> {{
  %0 = iree_linalg_ext.attention {{indexing_maps = [{affine}]}} ins(%q, %k, %v, %s{", %m" if mask else ""} : {types}) outs(%o : tensor<2x3x6xf32>) {{
  ^bb0(%x: f32):
    iree_linalg_ext.yield %x : f32
  }} -> tensor<2x3x6xf32>
  return %0 : tensor<2x3x6xf32>
}}"""
    scores = q @ k.transpose(0, 2, 1) * 0.5
    extra: list[np.ndarray] = []
    if mask == "xi1":
        seen = random.random((2, 3, 5)) < 0.7
        seen[..., 0] = True
        scores, extra = np.where(seen, scores, -np.inf), [seen]
    elif mask:
        bias = random.standard_normal((2, 3, 5)).astype(np.float32)
        scores, extra = scores + bias, [bias]
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    want = weights / weights.sum(axis=-1, keepdims=True) @ v
    text = text.replace("attention {indexing_maps = [", "attention <indexing_maps = [").replace("]} ins", "]> ins")
    got = call(text, q, k, v, np.float32(0.5), *extra, np.zeros((2, 3, 6), np.float32))[0]
    np.testing.assert_allclose(got, want, rtol=1e-4, atol=1e-6)
