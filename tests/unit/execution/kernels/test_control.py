"""Control flow in kernels: on numbers, and element by element in bodies that are evaluated on whole arrays."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iree_explorer.errors import ExecutionError
from tests.unit.execution.kernel_calls import call

AFFINE = """func.func @f(%n: index, %x: i32) -> (i32, i32) {
  %0 = affine.for %i = 0 to min affine_map<(d0) -> (d0, 7)>(%n) step 2 iter_args(%a = %x) -> (i32) {
    %k = arith.index_cast %i : index to i32
    %1 = arith.addi %a, %k : i32
    affine.yield %1 : i32
  }
  %2 = affine.if affine_set<(d0) : (d0 - 3 >= 0, d0 mod 2 == 0)>(%n) -> i32 {
    affine.yield %x : i32
  } else {
    affine.yield %0 : i32
  }
  return %0, %2 : i32, i32
}"""


@given(st.integers(-2, 12), st.integers(-100, 100))
def test_affine_loops_and_conditions(count: int, start: int) -> None:
    total = start + sum(range(0, min(count, 7), 2))
    got = call(AFFINE, np.int64(count), np.int32(start))
    assert got == [total, start if count >= 3 and count % 2 == 0 else total]


def test_parallel_loops_fold_what_each_iteration_gives() -> None:
    text = """func.func @f(%n: index, %x: i32) -> i32 {
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %s = scf.parallel (%i, %j) = (%c1, %c1) to (%n, %n) step (%c1, %c2) init (%x) -> i32 {
    %a = arith.muli %i, %j : index
    %b = arith.index_cast %a : index to i32
    scf.reduce(%b : i32) {
    ^bb0(%p: i32, %q: i32):
      %r = arith.addi %p, %q : i32
      scf.reduce.return %r : i32
    }
  }
  return %s : i32
}"""
    want = 5 + sum(i * j for i in range(1, 6) for j in range(1, 6, 2))
    assert call(text, np.int64(6), np.int32(5)) == [want]


CALLS = """func.func @f(%n: index, %x: tensor<2xi32>) -> tensor<2xi32> {
  %0 = func.call @g(%n, %x) : (index, tensor<2xi32>) -> tensor<2xi32>
  %1 = func.call @g(%n, %0) : (index, tensor<2xi32>) -> tensor<2xi32>
  return %1 : tensor<2xi32>
}
func.func @g(%n: index, %x: tensor<2xi32>) -> tensor<2xi32> {
  %c3 = arith.constant 3 : index
  %b = arith.cmpi slt, %n, %c3 : index
  cf.cond_br %b, ^last(%x : tensor<2xi32>), ^twice
^last(%y: tensor<2xi32>):
  return %y : tensor<2xi32>
^twice:
  %z = arith.addi %x, %x : tensor<2xi32>
  cf.br ^last(%z : tensor<2xi32>)
}"""


def test_kernels_call_functions_beside_them() -> None:
    numbers = np.array([1, 5], np.int32)
    np.testing.assert_array_equal(call(CALLS, np.int64(2), numbers)[0], numbers)
    np.testing.assert_array_equal(call(CALLS, np.int64(3), numbers)[0], 4 * numbers)


def test_functions_that_call_themselves_and_such_that_are_not_there_are_errors() -> None:
    with pytest.raises(ExecutionError, match=r"func\.call: a function that calls itself"):
        call(CALLS.replace("%z = arith.addi %x, %x :", "%z = func.call @g(%n, %x) : (index, tensor<2xi32>) ->"), 1, 2)
    with pytest.raises(ExecutionError, match=r"func\.call: the function has no body"):
        call(
            CALLS.replace("@g(%n, %x)", "@h(%n, %x)") + "\nfunc.func private @h(index, tensor<2xi32>) -> tensor<2xi32>",
            1,
            2,
        )


def each(body: str, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """`body` makes %r : i32 of %x, %y : i32 and may look at %t : tensor<4xi32>, which is 10, 11, 12, 13; for each pair."""
    count = len(x)
    type_ = f"tensor<{count}xi32>"
    identity = "affine_map<(d0) -> (d0)>"
    text = f"""func.func @f(%a: {type_}, %b: {type_}, %t: tensor<4xi32>) -> {type_} {{
  %z = arith.constant 0 : i32
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %0 = linalg.generic {{indexing_maps = [{identity}, {identity}, {identity}], iterator_types = ["parallel"]}} ins(%a, %b : {type_}, {type_}) outs(%a : {type_}) {{
  ^bb0(%x: i32, %y: i32, %o: i32):
    {body}
    linalg.yield %r : i32
  }} -> {type_}
  return %0 : {type_}
}}"""
    return call(text, x, y, np.arange(10, 14, dtype=np.int32))[0]


def _loop(count: int, start: int) -> int:
    total = start
    for place in range(count):
        total = total * place + place
    return total


def _halvings(number: int) -> int:
    steps = 0
    while number > 1:
        number, steps = number // 2, steps + 1
    return steps


BODIES: dict[str, tuple[str, Callable[[int, int], int]]] = {
    "guarded division": (
        """%c = arith.cmpi ne, %y, %z : i32
    %r = scf.if %c -> i32 {
      %d = arith.remsi %x, %y : i32
      scf.yield %d : i32
    } else {
      scf.yield %x : i32
    }""",
        lambda x, y: int(np.fmod(x, y)) if y else x,
    ),
    "guarded element": (
        """%i = arith.index_cast %x : i32 to index
    %c4 = arith.constant 4 : index
    %inside = arith.cmpi ult, %i, %c4 : index
    %r = scf.if %inside -> i32 {
      %d = tensor.extract %t[%i] : tensor<4xi32>
      scf.yield %d : i32
    } else {
      scf.yield %y : i32
    }""",
        lambda x, y: 10 + x if 0 <= x < 4 else y,
    ),
    "counted": (
        """%n = arith.index_cast %x : i32 to index
    %r = scf.for %i = %c0 to %n step %c1 iter_args(%s = %y) -> (i32) {
      %k = arith.index_cast %i : index to i32
      %p = arith.muli %k, %s : i32
      %q = arith.addi %p, %k : i32
      scf.yield %q : i32
    }""",
        _loop,
    ),
    "affine": (
        """%r = affine.for %i = 0 to 6 iter_args(%s = %y) -> (i32) {
      %q = affine.if affine_set<(d0) : (d0 >= 0, 3 - d0 >= 0)>(%i) -> i32 {
        %d = tensor.extract %t[%i] : tensor<4xi32>
        %p = arith.muli %s, %x : i32
        %e = arith.addi %p, %d : i32
        affine.yield %e : i32
      } else {
        affine.yield %s : i32
      }
      affine.yield %q : i32
    }""",
        lambda x, y: (((y * x + 10) * x + 11) * x + 12) * x + 13,
    ),
    "while": (
        """%one = arith.constant 1 : i32
    %two = arith.constant 2 : i32
    %w, %r = scf.while (%v = %x, %n = %z) : (i32, i32) -> (i32, i32) {
      %c = arith.cmpi sgt, %v, %one : i32
      scf.condition(%c) %v, %n : i32, i32
    } do {
    ^bb0(%v: i32, %n: i32):
      %h = arith.divsi %v, %two : i32
      %k = arith.addi %n, %one : i32
      scf.yield %h, %k : i32, i32
    }""",
        lambda x, _: _halvings(x),
    ),
    "switch": (
        """%n = arith.index_cast %x : i32 to index
    %r = scf.index_switch %n -> i32
    case 2 {
      scf.yield %y : i32
    }
    case 5 {
      %q = arith.muli %y, %y : i32
      scf.yield %q : i32
    }
    default {
      scf.yield %x : i32
    }""",
        lambda x, y: {2: y, 5: y * y}.get(x, x),
    ),
}


@pytest.mark.parametrize("name", sorted(BODIES))
@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(-3, 9), st.integers(-4, 4)), min_size=1, max_size=6))
def test_each_element_goes_its_own_way(name: str, pairs: list[tuple[int, int]]) -> None:
    body, want = BODIES[name]
    x, y = (np.array([pair[i] for pair in pairs], np.int32) for i in (0, 1))
    np.testing.assert_array_equal(each(body, x, y), [want(a, b) for a, b in pairs])


def test_what_is_not_guarded_is_an_error_still() -> None:
    body: Any = "%r = arith.divsi %x, %y : i32"
    with pytest.raises(ExecutionError, match="integer division by zero"):
        each(body, np.array([1, 2], np.int32), np.array([1, 0], np.int32))
