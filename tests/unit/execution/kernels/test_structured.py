"""Structured ops over whole arrays against loops over single elements."""

import itertools
from collections.abc import Sequence
from threading import Barrier, get_ident
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iree_explorer.errors import ExecutionError
from iree_explorer.execution.asynchronous.executor import Pool
from iree_explorer.execution.kernels import elementwise, structured, workspace
from iree_explorer.execution.kernels.processors import PROCESSORS
from iree_explorer.execution.kernels.workspace import Workspace
from tests.unit.execution.kernel_calls import call

FOLDS: dict[str, Any] = {
    "arith.addf": np.add,
    "arith.mulf": np.multiply,
    "arith.maximumf": np.maximum,
    "arith.minimumf": np.minimum,
}


def generic(maps: Sequence[str], types: Sequence[str], body: str, reduced: str, inputs: int) -> str:
    """A function around one `linalg.generic`; `reduced` has a letter a loop, p or r."""
    kinds = ", ".join('"reduction"' if kind == "r" else '"parallel"' for kind in reduced)
    dims = ", ".join(f"d{i}" for i in range(len(reduced)))
    names = [f"%a{i}" for i in range(len(types))]
    scalars = [type_[7:-1].rsplit("x", 1)[-1] for type_ in types]
    ins, outs = names[:inputs], names[inputs:]
    group = f"ins({', '.join(ins)} : {', '.join(types[:inputs])}) " if ins else ""
    results = ", ".join(types[inputs:])
    arrow = f"({results})" if len(outs) > 1 else results
    arguments = ", ".join(f"%x{i}: {scalar}" for i, scalar in enumerate(scalars))
    pack = f"%r:{len(outs)}" if len(outs) > 1 else "%r"
    values = ", ".join(f"%r#{i}" for i in range(len(outs))) if len(outs) > 1 else "%r"
    affine = ", ".join(f"affine_map<({dims}) -> ({map_})>" for map_ in maps)
    return f"""func.func @f({", ".join(f"{n}: {t}" for n, t in zip(names, types, strict=True))}) -> ({results}) {{
  {pack} = linalg.generic {{indexing_maps = [{affine}], iterator_types = [{kinds}]}} {group}outs({", ".join(outs)} : {results}) {{
  ^bb0({arguments}):
    {body}
  }} -> {arrow}
  return {values} : {results}
}}"""


@given(st.permutations(range(3)), st.sampled_from(sorted(FOLDS)), st.sets(st.integers(0, 2)), st.integers(0, 9))
def test_folds_over_any_dims(order: list[int], fold: str, dropped: set[int], seed: int) -> None:
    sizes = [2, 3, 4]
    kept = [d for d in order if d not in dropped]
    source = np.random.default_rng(seed).uniform(0.5, 1.5, [sizes[d] for d in order]).astype(np.float32)
    start = np.full([sizes[d] for d in kept], 1.25, np.float32)
    maps = [", ".join(f"d{d}" for d in order), ", ".join(f"d{d}" for d in kept)]
    types = [f"tensor<{'x'.join(str(sizes[d]) for d in dims)}{'x' if dims else ''}f32>" for dims in (order, kept)]
    text = generic(
        maps,
        types,
        f"%0 = {fold} %x0, %x1 : f32\n    linalg.yield %0 : f32",
        "".join("r" if d in dropped else "p" for d in range(3)),
        1,
    )
    want = start.copy()
    for place in np.ndindex(source.shape):
        at = tuple(i for d, i in zip(order, place, strict=True) if d not in dropped)
        want[at] = FOLDS[fold](want[at], source[place])
    np.testing.assert_allclose(call(text, source, start)[0], want, rtol=1e-5)


@given(st.integers(0, 99))
def test_contractions(seed: int) -> None:
    random = np.random.default_rng(seed)
    sizes = random.integers(1, 4, 4)
    roles = [list(np.flatnonzero(random.integers(0, 2, 4))) for _ in range(3)]
    left, right, out = roles
    if set(left) | set(right) | set(out) != set(range(4)) or not set(out) <= set(left) | set(right):
        return
    a, b, c = (random.uniform(-1, 1, [sizes[d] for d in dims]).astype(np.float32) for dims in roles)
    names = [", ".join(f"d{d}" for d in dims) for dims in roles]
    types = [f"tensor<{''.join(f'{sizes[d]}x' for d in dims)}f32>" for dims in roles]
    body = "%0 = arith.mulf %x0, %x1 : f32\n    %1 = arith.addf %x2, %0 : f32\n    linalg.yield %1 : f32"
    text = generic(names, types, body, "".join("p" if d in out else "r" for d in range(4)), 2)
    letters = ["".join("abcd"[d] for d in dims) for dims in roles]
    want = c + np.einsum(f"{letters[0]},{letters[1]}->{letters[2]}", a, b)
    np.testing.assert_allclose(call(text, a, b, c)[0], want, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize(("stride", "dilation"), [(1, 1), (2, 1), (1, 2), (2, 3)])
def test_convolution(stride: int, dilation: int) -> None:
    random = np.random.default_rng(0)
    size = (3 - 1) * stride + (2 - 1) * dilation + 1
    image, kernel = random.random((1, size, size, 2), np.float32), random.random((2, 2, 2, 3), np.float32)
    text = f"""func.func @f(%i: tensor<1x{size}x{size}x2xf32>, %k: tensor<2x2x2x3xf32>, %o: tensor<1x3x3x3xf32>) -> tensor<1x3x3x3xf32> {{
  %0 = linalg.conv_2d_nhwc_hwcf {{dilations = dense<{dilation}> : tensor<2xi64>, strides = dense<{stride}> : tensor<2xi64>}} ins(%i, %k : tensor<1x{size}x{size}x2xf32>, tensor<2x2x2x3xf32>) outs(%o : tensor<1x3x3x3xf32>) -> tensor<1x3x3x3xf32>
  return %0 : tensor<1x3x3x3xf32>
}}"""
    want = np.zeros((1, 3, 3, 3), np.float32)
    for y, x, p, q in itertools.product(range(3), range(3), range(2), range(2)):
        want[0, y, x] += image[0, y * stride + p * dilation, x * stride + q * dilation] @ kernel[p, q]
    np.testing.assert_allclose(call(text, image, kernel, np.zeros_like(want))[0], want, rtol=1e-5)


@pytest.mark.parametrize(("kind", "fold"), [("max", np.max), ("min", np.min), ("sum", np.sum)])
def test_pooling(kind: str, fold: Any) -> None:
    image = np.random.default_rng(1).random((1, 4, 4, 2), np.float32)
    start = {"max": -np.inf, "min": np.inf, "sum": 0.0}[kind]
    text = f"""func.func @f(%i: tensor<1x4x4x2xf32>, %w: tensor<2x2xf32>, %o: tensor<1x2x2x2xf32>) -> tensor<1x2x2x2xf32> {{
  %0 = linalg.pooling_nhwc_{kind} {{dilations = dense<1> : vector<2xi64>, strides = dense<2> : vector<2xi64>}} ins(%i, %w : tensor<1x4x4x2xf32>, tensor<2x2xf32>) outs(%o : tensor<1x2x2x2xf32>) -> tensor<1x2x2x2xf32>
  return %0 : tensor<1x2x2x2xf32>
}}"""
    got = call(text, image, np.zeros((2, 2), np.float32), np.full((1, 2, 2, 2), start, np.float32))[0]
    want = fold(image.reshape(1, 2, 2, 2, 2, 2), axis=(2, 4))
    np.testing.assert_allclose(got, want, rtol=1e-6)


def test_a_body_that_compares_with_its_accumulator_runs_point_by_point() -> None:
    body = """%i = linalg.index 1 : index
    %j = arith.index_cast %i : index to i32
    %g = arith.cmpf ogt, %x0, %x1 : f32
    %v = arith.select %g, %x0, %x1 : f32
    %p = arith.select %g, %j, %x2 : i32
    linalg.yield %v, %p : f32, i32"""
    text = generic(["d0, d1", "d0", "d0"], ["tensor<3x5xf32>", "tensor<3xf32>", "tensor<3xi32>"], body, "pr", 1)
    source = np.random.default_rng(2).random((3, 5), np.float32)
    top, place = call(text, source, np.full(3, -np.inf, np.float32), np.zeros(3, np.int32))
    np.testing.assert_array_equal(top, source.max(axis=1))
    np.testing.assert_array_equal(place, source.argmax(axis=1))


def test_quantised_products_are_exact() -> None:
    body = """%a = arith.extsi %x0 : i8 to i32
    %b = arith.extsi %x1 : i8 to i32
    %0 = arith.muli %a, %b : i32
    %1 = arith.addi %x2, %0 : i32
    linalg.yield %1 : i32"""
    text = generic(
        ["d0, d2", "d2, d1", "d0, d1"], ["tensor<3x200xi8>", "tensor<200x4xi8>", "tensor<3x4xi32>"], body, "ppr", 2
    )
    a, b = np.full((3, 200), -128, np.int8), np.full((200, 4), -128, np.int8)
    got = call(text, a, b, np.ones((3, 4), np.int32))[0]
    np.testing.assert_array_equal(got, 200 * 128 * 128 + 1)


def test_wide_integer_products_wrap() -> None:
    body = "%0 = arith.muli %x0, %x1 : i32\n    %1 = arith.addi %x2, %0 : i32\n    linalg.yield %1 : i32"
    text = generic(
        ["d0, d2", "d2, d1", "d0, d1"], ["tensor<1x2xi32>", "tensor<2x1xi32>", "tensor<1x1xi32>"], body, "ppr", 2
    )
    a, b = np.array([[2**30, 3]], np.int32), np.array([[5], [2**30]], np.int32)
    want = (2**30 * 5 + 3 * 2**30 + 2**31) % 2**32 - 2**31
    assert call(text, a, b, np.zeros((1, 1), np.int32))[0][0, 0] == want


def test_sums_keep_their_order() -> None:
    numbers = np.random.default_rng(3).standard_normal(400).astype(np.float32) * 1000
    text = generic(
        ["d0", ""],
        ["tensor<400xf32>", "tensor<f32>"],
        "%0 = arith.addf %x0, %x1 : f32\n    linalg.yield %0 : f32",
        "r",
        1,
    )
    want = np.float32(0)
    for number in numbers:
        want = np.float32(want + number)
    assert call(text, numbers, np.zeros((), np.float32))[0] == want


BODY = """%i = linalg.index 0 : index
    %j = linalg.index 1 : index
    %k = arith.addi %i, %j : index
    %n = arith.index_cast %k : index to i32
    %f = arith.sitofp %n : i32 to f32
    %c = arith.cmpf ogt, %x0, %f : f32
    %s = scf.if %c -> f32 {
      %t = arith.mulf %x0, %f : f32
      scf.yield %t : f32
    } else {
      scf.yield %x0 : f32
    }
    %0 = arith.addf %s, %x1 : f32
    linalg.yield %0 : f32"""


@pytest.mark.parametrize("reduced", [False, True])
def test_blocks_that_workers_share(monkeypatch: pytest.MonkeyPatch, *, reduced: bool) -> None:
    """Small blocks, in as many parts as go; each waits until another thread has one, too."""
    monkeypatch.setattr(elementwise, "BLOCK", 64)
    monkeypatch.setattr(structured, "FEWEST", 1)
    monkeypatch.setattr(PROCESSORS, "parts", lambda: 6)
    monkeypatch.setattr(PROCESSORS, "_count", 3)
    source = np.random.default_rng(0).uniform(0, 60, (50, 40)).astype(np.float32)
    start = np.ones(50 if reduced else (50, 40), np.float32)
    maps = ["d0, d1", "d0" if reduced else "d0, d1"]
    types = ["tensor<50x40xf32>", "tensor<50xf32>" if reduced else "tensor<50x40xf32>"]
    pool, threads = Pool(2), set[int]()
    barrier = Barrier(3, timeout=60)

    def noted(space: Workspace) -> None:
        if get_ident() not in threads:
            threads.add(get_ident())
            barrier.wait()
        give_back(space)

    give_back = workspace.give_back
    monkeypatch.setattr(structured.workspace, "give_back", noted)
    with PROCESSORS.helped_by(pool):
        (found,) = call(generic(maps, types, BODY, "pr" if reduced else "pp", 1), source, start)
    pool.close()
    assert len(threads) == 3
    ramp = np.add.outer(np.arange(50), np.arange(40)).astype(np.float32)
    chosen = np.where(source > ramp, source * ramp, source)
    want = chosen.sum(1, dtype=np.float32) + 1 if reduced else chosen + 1
    np.testing.assert_allclose(found, want, rtol=1e-6)


def test_a_gather_out_of_range_is_an_error() -> None:
    text = """func.func @f(%t: tensor<4xf32>, %i: tensor<2xi32>, %o: tensor<2xf32>) -> tensor<2xf32> {
  %r = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]} ins(%i : tensor<2xi32>) outs(%o : tensor<2xf32>) {
  ^bb0(%in: i32, %out: f32):
    %j = arith.index_cast %in : i32 to index
    %e = tensor.extract %t[%j] : tensor<4xf32>
    linalg.yield %e : f32
  } -> tensor<2xf32>
  return %r : tensor<2xf32>
}"""
    table = np.arange(4, dtype=np.float32)
    np.testing.assert_array_equal(call(text, table, np.array([3, 1], np.int32), np.zeros(2, np.float32))[0], [3, 1])
    with pytest.raises(ExecutionError, match=r"tensor\.extract: index 4 is out of range for dimension 0 of size 4"):
        call(text, table, np.array([0, 4], np.int32), np.zeros(2, np.float32))
