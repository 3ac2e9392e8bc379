"""Collectives with one participant, and what takes more."""

import numpy as np
import pytest

from iree_explorer.errors import ExecutionError
from iree_explorer.execution import run
from iree_explorer.passes.schedule import schedule
from iree_explorer.syntax import parse

PROGRAM = """module {
  util.func public @main(%arg0: i32) -> (!hal.buffer_view, index, index) {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %c4 = arith.constant 4 : index
    %c8 = arith.constant 8 : index
    %c12 = arith.constant 12 : index
    %c16 = arith.constant 16 : index
    %one = arith.constant 1 : i32
    %channel = stream.channel.create : !stream.channel
    %rank = stream.channel.rank %channel : index
    %count = stream.channel.count %channel : index
    %0 = stream.async.constant : !stream.resource<constant>{%c16} = dense<[5, 6, 7, 8]> : tensor<4xi32>
    %1 = stream.async.splat %one : i32 -> !stream.resource<external>{%c16}
    %2 = stream.async.collective<KIND : si32>[%c2] channel(%channel) PARAM%0[%c4 to %c12 for %c8], %1[%c4 to %c16 for %c12] : !stream.resource<constant>{%c16} -> %1 as !stream.resource<external>{%c16}
    %3 = stream.tensor.export %2 : tensor<4xi32> in !stream.resource<external>{%c16} -> !hal.buffer_view
    util.return %3, %rank, %count : !hal.buffer_view, index, index
  }
}
"""


def program(kind: str, parameter: str = "") -> str:
    return PROGRAM.replace("KIND", kind).replace("PARAM", parameter)


@pytest.mark.parametrize(
    ("kind", "parameter"),
    [
        ("all_gather", ""),
        ("all_reduce with sum", ""),
        ("all_to_all", ""),
        ("reduce_scatter with maximum", ""),
        ("broadcast", "source(%arg0) "),
        ("reduce with sum", "target(%arg0) "),
    ],
)
def test_who_is_alone_gets_what_it_gave(kind: str, parameter: str) -> None:
    for module in (parse(program(kind, parameter)), schedule(parse(program(kind, parameter)))):
        values, rank, count = run(module, "main", 0, check_hazards=True).outputs
        np.testing.assert_array_equal(values, [1, 6, 7, 1])
        assert (rank, count) == (0, 1)


def test_what_takes_another_participant_is_an_error() -> None:
    with pytest.raises(ExecutionError, match="'send' with participant 0: this backend is the only one"):
        run(parse(program("send", "target(%arg0) ")), "main", 0)
    with pytest.raises(ExecutionError, match="'broadcast' with participant 3: this backend is the only one"):
        run(parse(program("broadcast", "source(%arg0) ")), "main", 3)
    text = program("all_gather").replace("channel.create", "channel.create rank(%c0) count(%c4)")
    with pytest.raises(ExecutionError, match="participant 0 of 4: this backend is the only participant"):
        run(parse(text), "main", 0)
    with pytest.raises(ExecutionError, match="16 bytes are exchanged, the ranges have fewer"):
        run(
            parse(
                program("all_gather")
                .replace("[%c2] channel", "[%c4] channel")
                .replace("%0[%c4 to %c12", "%0[%c0 to %c12")
                .replace("%1[%c4", "%1[%c0")
            ),
            "main",
            0,
        )


def test_a_device_function_that_is_declared_only_is_named() -> None:
    text = """module {
  stream.async.func private @far(%r: !stream.resource<*>, %n: index) -> %r
  util.func public @main() {
    %c0 = arith.constant 0 : index
    %c4 = arith.constant 4 : index
    %one = arith.constant 1 : i32
    %0 = stream.async.splat %one : i32 -> !stream.resource<*>{%c4}
    %1 = stream.async.call @far(%0[%c0 to %c4 for %c4], %c4) : (!stream.resource<*>{%c4}, index) -> %0{%c4}
    util.return
  }
}
"""
    with pytest.raises(ExecutionError, match=r"x\.mlir:8:\d+: .*call: @far is defined outside of the module"):
        run(parse(text, "x.mlir"))
