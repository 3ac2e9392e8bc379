"""What goes wrong in a run is told with the op, its place, the values by name, or with the input that does not fit."""

from typing import Any

import numpy as np
import pytest

from iree_explorer.errors import ExecutionError, InputError
from iree_explorer.execution import run
from iree_explorer.passes.schedule import schedule
from iree_explorer.syntax import parse
from tests.unit.execution.test_run import SQUARE

R = "!stream.resource<transient>"


def program(body: str) -> str:
    """A function of an index %i; `body` makes %1, four bytes."""
    return f"""module {{
  util.func public @main(%i: index) -> !hal.buffer_view {{
    %c0 = arith.constant 0 : index
    %c4 = arith.constant 4 : index
    %c8 = arith.constant 8 : index
    %v = arith.constant 7 : i8
    %0 = stream.async.splat %v : i8 -> {R}{{%c8}}
    {body}
    %e = stream.tensor.export %1 : tensor<4xi8> in {R}{{%c4}} -> !hal.buffer_view
    util.return %e : !hal.buffer_view
  }}
}}
"""


SLICE = program(f"%b = arith.addi %i, %c4 : index\n    %1 = stream.async.slice %0[%i to %b] : {R}{{%c8}} -> {R}{{%c4}}")
SHORT = program(f"%1 = stream.async.slice %0[%c0 to %i] : {R}{{%c8}} -> {R}{{%c4}}")
UPDATE = program(
    f"%s = stream.async.splat %v : i8 -> {R}{{%c4}}\n"
    f"    %1 = stream.async.update %0, %s[%c0 to %i] : {R}{{%c8}} -> %s as {R}{{%c4}}"
)
SIZE = program(f"%1 = stream.async.splat %v : i8 -> {R}{{%i}}")
DIVIDE = program(
    f"%k = arith.divui %c8, %i : index\n    %1 = stream.async.slice %0[%c0 to %k] : {R}{{%c8}} -> {R}{{%c4}}"
)


@pytest.mark.parametrize(
    ("text", "number", "words"),
    [
        (SLICE, 6, r"p\.mlir:9:10: error: %2 = slice: byte range \[6 to 10\] leaves a resource of 8 bytes \(of %0\)"),
        (SHORT, 6, r"p\.mlir:8:10: error: %\d = slice: 6 bytes are copied to a range of 4 \(of %\d\)"),
        (UPDATE, 4, r"p\.mlir:9:10: error: %\d = update: 8 bytes are copied to a range of 4 \(of %\d, %\d\)"),
        (SIZE, -5, r"p\.mlir:8:10: error: %\d = splat: a resource of -5 bytes"),
        (
            SIZE,
            2,
            r"p\.mlir:9:10: error: %2 = stream\.tensor\.export: byte range \[0 to 4\] leaves a resource of 2 bytes \(of %1\)",
        ),
        (DIVIDE, 0, r"p\.mlir:8:10: error: %1 = arith\.divui: integer division by zero \(of %c8, %arg0\)"),
    ],
)
def test_ops_name_their_place_and_their_values(text: str, number: int, words: str) -> None:
    with pytest.raises(ExecutionError, match=words):
        run(parse(text, "p.mlir"), "main", number)


def test_division_by_zero_in_a_kernel() -> None:
    text = SQUARE.replace("?xf32", "?xi32").replace("arith.mulf %2, %2", "arith.divsi %2, %2")
    with pytest.raises(
        ExecutionError,
        match=r"^p\.mlir:\d+:\d+: error: %\d = dispatch @square: p\.mlir:\d+:\d+: .*arith\.divsi: integer division by zero \(of %\w+\)",
    ):
        run(schedule(parse(text, "p.mlir")), "main", "2xi32=1 0", 1)


def test_a_function_that_calls_itself_for_ever() -> None:
    text = """module {
  util.func public @main(%i: i32) -> i32 {
    %0 = util.call @main(%i) : (i32) -> i32
    util.return %0 : i32
  }
}
"""
    with pytest.raises(ExecutionError, match=r"util\.call: calls inside of calls go too deep"):
        run(parse(text), "main", 1)


@pytest.mark.parametrize(
    ("inputs", "words"),
    [
        ((), r"@main takes 2 inputs \(\?xf32, i32\), none is given"),
        (("2xf32=1",), r"@main takes 2 inputs \(\?xf32, i32\), 1 is given"),
        (("2xf32=1", 1, 2), r"@main takes 2 inputs \(\?xf32, i32\), 3 are given"),
        ((np.zeros((2, 2), np.float32), 1), r"input 0 of @main must be \?xf32, not 2x2xf32"),
        ((np.zeros(2, np.int32), 1), r"input 0 of @main must be \?xf32, not 2xi32"),
        (("2xf32=1", 1.5), "input 1 of @main must be one i32: 1.5 is no integer"),
        (("2xf32=1", 1 << 32), "input 1 of @main must be one i32: 4294967296 does not fit in i32"),
        ((["1", "2"], 1), r"input 0 of @main must be \?xf32: \['1', '2'\] is no number"),
        (([1j], 1), r"input 0 of @main must be \?xf32: \[1j\] is complex"),
        ((np.zeros(2, [("a", "f4")]), 1), r"must be \?xf32, not an array of shape \(2,\) and dtype \[\('a', '<f4'\)\]"),
        ((np.zeros(2, object), 1), r"must be \?xf32, not an array of shape \(2,\) and dtype object"),
        ((object(), 1), r"input 0 of @main must be \?xf32: "),
        (([[1], [2, 3]], 1), r"input 0 of @main must be \?xf32: "),
        (("2xf32=1", [1, 2]), r"input 1 of @main must be one i32, not an array of shape \(2,\)"),
        (("2xf32=1", object()), r"input 1 of @main must be one i32: "),
    ],
)
def test_inputs_that_do_not_fit(inputs: tuple[Any, ...], words: str) -> None:
    with pytest.raises(InputError, match=words):
        run(parse(SQUARE), "main", *inputs)


RESOURCE = """
util.func public @main(%a: !stream.resource<external>) -> !stream.resource<external> {
  %c0 = arith.constant 0 : index
  %c2 = arith.constant 2 : index
  %c4 = arith.constant 4 : index
  %7 = arith.constant 7 : i8
  %0 = stream.async.fill %7, %a[%c0 to %c2 for %c2] : i8 -> %a as !stream.resource<external>{%c4}
  %1, %ready = stream.timepoint.barrier %0 : !stream.resource<external>{%c4} => !stream.timepoint
  %2 = stream.timepoint.await %ready => %1 : !stream.resource<external>{%c4}
  util.return %2 : !stream.resource<external>
}
"""


def test_a_resource_is_given_and_told_as_bytes() -> None:
    given = np.array([1, 2, 3, 4], np.int8)
    (found,) = run(parse(RESOURCE), "main", given).outputs
    assert found.tolist() == [7, 7, 3, 4]
    assert given.tolist() == [1, 2, 3, 4]


@pytest.mark.parametrize("value", [object(), [[1], [2, 3]], np.zeros(4, object), None])
def test_a_resource_takes_numbers_alone(value: Any) -> None:
    with pytest.raises(InputError, match="input 0 of @main must be an array of numbers, of which it takes the bytes"):
        run(parse(RESOURCE), "main", value)


FAILS = SQUARE.replace("?xf32", "?xi32").replace("arith.mulf %2, %2", "arith.divsi %2, %2")


def test_a_kernel_that_two_programs_have_names_the_place_and_values_of_the_one_that_runs() -> None:
    moved = FAILS.replace("        %3 = arith", "\n\n        %quotient = arith").replace("store %3", "store %quotient")
    place = [line.strip().startswith("%3") for line in FAILS.splitlines()].index(True) + 1
    for text, name, line in ((FAILS, "a.mlir", place), (moved, "b.mlir", place + 2), (FAILS, "c.mlir", place)):
        with pytest.raises(ExecutionError, match=rf"{name}:{line}:\d+: %\w+ = arith\.divsi: integer division"):
            run(parse(text, name), "main", "2xi32=1 0", 1)


def test_a_kernel_of_two_programs_names_the_place_in_a_function_that_it_calls() -> None:
    called = FAILS.replace(
        "%3 = arith.divsi %2, %2 : tensor<?xi32>", "%3 = func.call @half(%2) : (tensor<?xi32>) -> tensor<?xi32>"
    )
    half = """      func.func private @half(%x: tensor<?xi32>) -> tensor<?xi32> {
        %y = arith.divsi %x, %x : tensor<?xi32>
        return %y : tensor<?xi32>
      }
"""
    called = called.replace("    builtin.module {\n", "    builtin.module {\n" + half, 1)
    moved = called.replace("        %y =", "\n        %y =")
    line = [text.strip().startswith("%y") for text in called.splitlines()].index(True) + 1
    for text, name, wanted in ((called, "a.mlir", line), (moved, "b.mlir", line + 1)):
        with pytest.raises(ExecutionError, match=rf"{name}:{wanted}:\d+: %\w+ = arith\.divsi: integer division"):
            run(parse(text, name), "main", "2xi32=1 0", 1)


def test_integers_are_taken_as_signed_or_unsigned() -> None:
    assert [run(parse(SQUARE), "main", [1], number).outputs[1] for number in (-1, (1 << 32) - 1)] == [-1, -1]
