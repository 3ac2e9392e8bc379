"""What nodes say of their ops."""

import pytest
from xdsl.ir import Operation

from iree_explorer.graph.words import affinity_words, detail_of, kind_of, label_of, size_of
from iree_explorer.syntax import parse

PROGRAM = """util.global private @weights : !stream.resource<constant>
util.global private @dev_a : !hal.device
util.global private @dev_b : !hal.device
util.func public @main(%r: !stream.resource<*>, %x: i32, %n: index) -> !stream.resource<transient> {
  %c0 = arith.constant 0 : index
  %c64 = arith.constant 64 : index
  %seven = arith.constant 7 : i32
  %dispatch = stream.async.dispatch @main_dispatch_0::@main_dispatch_0_relu(%r[%c0 to %c64 for %c64]) : (!stream.resource<*>{%c64}) -> !stream.resource<*>{%c64}
  %by_hand = stream.async.dispatch @relu::@relu_kernel(%r[%c0 to %c64 for %c64]) : (!stream.resource<*>{%c64}) -> !stream.resource<*>{%c64}
  %plain = stream.async.splat %seven : i32 -> !stream.resource<*>{%c64}
  %given = stream.async.splat %x : i32 -> !stream.resource<*>{%n}
  %sum = arith.addi %x, %x : i32
  %made = stream.async.splat %sum : i32 -> !stream.resource<*>{%c64}
  %clone = stream.async.clone %plain : !stream.resource<*>{%c64} -> !stream.resource<transient>{%c64}
  %moved = stream.async.transfer %plain : !stream.resource<*>{%c64} from(#hal.device.affinity<@dev_a>) -> to(#hal.device.affinity<@dev_b>) !stream.resource<transient>{%c64}
  %there = stream.async.transfer %plain : !stream.resource<*>{%c64} -> to(#hal.device.affinity<@dev_b>) !stream.resource<transient>{%c64}
  %constant = stream.async.constant : !stream.resource<constant>{%c64} = dense<1.0> : tensor<16xf32>
  %loaded = util.global.load @weights : !stream.resource<constant>
  util.return %moved : !stream.resource<transient>
}
"""
NAMES = (
    *("c0", "c64", "seven", "dispatch", "by_hand", "plain", "given", "sum", "made", "clone", "moved", "there"),
    *("constant", "loaded", "return"),
)


@pytest.fixture(scope="module")
def ops() -> dict[str, Operation]:
    function = next(op for op in parse(PROGRAM).op.walk() if op.name == "util.func")
    return dict(zip(NAMES, function.regions[0].block.ops, strict=True))


@pytest.mark.parametrize(
    ("name", "kind", "label", "detail", "size"),
    [
        ("dispatch", "dispatch", "relu", "@main_dispatch_0", 64),
        ("by_hand", "dispatch", "relu_kernel", "@relu", 64),
        ("plain", "fill", "splat", "7 : i32", 64),
        ("given", "fill", "splat", "argument : i32", None),
        ("made", "fill", "splat", "computed : i32", 64),
        ("clone", "clone", "clone", "* → transient", 64),
        ("moved", "transfer", "transfer", "@dev_a → @dev_b", 64),
        ("there", "transfer", "transfer", "here → @dev_b", 64),
        ("constant", "constant", "constant", "tensor<16xf32>", 64),
        ("loaded", "host", "global.load", "@weights", None),
        ("sum", "host", "addi", "i32", None),
    ],
)
def test_a_node_tells_its_op_from_others(
    ops: dict[str, Operation], name: str, kind: str, label: str, detail: str, size: int | None
) -> None:
    op = ops[name]
    assert (kind_of(op, on_host=True), label_of(op), detail_of(op), size_of(op)) == (kind, label, detail, size)


def test_an_op_in_a_region_is_not_the_host_s(ops: dict[str, Operation]) -> None:
    assert kind_of(ops["sum"], on_host=False) == "other"
    assert kind_of(ops["plain"], on_host=False) == "fill"


def test_affinities_are_called_by_their_devices(ops: dict[str, Operation]) -> None:
    assert affinity_words(ops["moved"].properties["target_affinity"]) == "@dev_b"
    assert affinity_words(None) == ""
