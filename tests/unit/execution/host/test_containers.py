"""What the host keeps itself: buffers, lists, texts, fences; as IREE's virtual machine has it."""

import pytest

from iree_explorer.errors import ExecutionError
from iree_explorer.execution import run
from iree_explorer.syntax import parse

BUFFERS = """util.func public @main(%v: i32, %w: i32) -> (i32, i32, i32, i32, i1, i1) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c4 = arith.constant 4 : index
  %c8 = arith.constant 8 : index
  %c12 = arith.constant 12 : index
  %c16 = arith.constant 16 : index
  %b = util.buffer.alloc uninitialized : !util.buffer{%c16}
  util.buffer.fill %v, %b[%c0 for %c16] : i32 -> !util.buffer{%c16}
  util.buffer.store %w, %b[%c4 for %c4] : i32 -> !util.buffer{%c16}
  %s = util.buffer.slice %b[%c0] : !util.buffer{%c16} -> !util.buffer{%c8}
  %p = util.buffer.subspan %b[%c8] : !util.buffer{%c16} -> !util.buffer{%c8}
  util.buffer.copy %s[%c4], %p[%c4], %c4 : !util.buffer{%c8} -> !util.buffer{%c8}
  util.buffer.store %w, %b[%c0 for %c4] : i32 -> !util.buffer{%c16}
  %0 = util.buffer.load %b[%c12 for %c4] : !util.buffer{%c16} -> i32
  %1 = util.buffer.load %s[%c0 for %c4] : !util.buffer{%c8} -> i32
  %k = util.buffer.constant : !util.buffer = dense<[1, -2, 3]> : tensor<3xi32>
  %n = util.buffer.size %k : !util.buffer
  %2 = util.buffer.load %k[%c4 for %c4] : !util.buffer{%n} -> i32
  %m = arith.index_cast %n : index to i32
  %same = util.buffer.compare %b[%c0], %b[%c4], %c4 : !util.buffer{%c16}, !util.buffer{%c16}
  %other = util.buffer.compare %b[%c0], %b[%c8], %c4 : !util.buffer{%c16}, !util.buffer{%c16}
  util.return %0, %1, %2, %m, %same, %other : i32, i32, i32, i32, i1, i1
}
"""
LISTS = """util.func public @main(%v: i32, %i: index) -> (i32, i32, i32) {
  %c0 = arith.constant 0 : index
  %c2 = arith.constant 2 : index
  %l = util.list.create %c2 : !util.list<i32>
  util.list.resize %l, %c2 : !util.list<i32>
  util.list.set %l[%c0], %v : !util.list<i32>
  %0 = util.list.get %l[%c0] : !util.list<i32>
  %1 = util.list.get %l[%i] : !util.list<i32>
  %n = util.list.size %l : !util.list<i32>
  %m = arith.index_cast %n : index to i32
  util.return %0, %1, %m : i32, i32, i32
}
"""


@pytest.mark.parametrize("backend", ["numpy", "iree"])
def test_buffers(backend: str) -> None:
    outputs = run(parse(BUFFERS), "main", 7, 9, backend=backend).outputs
    assert [int(value) for value in outputs] == [9, 7, -2, 12, 1, 0]


@pytest.mark.parametrize("backend", ["numpy", "iree"])
def test_lists(backend: str) -> None:
    outputs = run(parse(LISTS), "main", 7, 1, backend=backend).outputs
    assert [int(value) for value in outputs] == [7, 0, 2]


def test_texts() -> None:
    text = """util.func public @main(%v: i32) -> i1 {
  %c0 = arith.constant 0 : index
  %n = util.string.itoa %v : i32 -> !util.buffer
  %s = util.string.format "layer_{}_of_{}"(%n, %v) : (!util.buffer, i32) -> !util.buffer
  %k = util.buffer.constant : !util.buffer = "layer_7_of_7"
  %size = util.buffer.size %k : !util.buffer
  %0 = util.buffer.compare %s[%c0], %k[%c0], %size : !util.buffer{%size}, !util.buffer{%size}
  util.return %0 : i1
}
"""
    assert bool(run(parse(text), "main", 7).outputs[0])


FENCES = """util.global private @device = #hal.device.target<"local", {ordinal = 0 : index}> : !hal.device
util.func public @main(%timeout: i32) -> i32 {
  %d = util.global.load @device : !hal.device
  %c1 = arith.constant 1 : index
  %e = hal.devices.get %c1 : !hal.device
  %a = hal.fence.create device(%d : !hal.device) flags("None") : !hal.fence
  %b = hal.fence.create device(%e : !hal.device) flags("None") : !hal.fence
  %j = hal.fence.join at([%a, %b]) flags("None") -> !hal.fence
  hal.fence.signal<%a : !hal.fence>
  SIGNAL
  %status = hal.fence.await until([%j]) timeout_millis(%timeout) flags("None") : i32
  util.status.check_ok %status, "fences"
  util.return %status : i32
}
"""


def test_fences() -> None:
    signalled = FENCES.replace("SIGNAL", "hal.fence.signal<%b : !hal.fence>")
    assert int(run(parse(signalled), "main", -1).outputs[0]) == 0
    with pytest.raises(ExecutionError, match=r"%\w+ = hal\.fence\.await: a fence is awaited that nothing signals"):
        run(parse(FENCES.replace("SIGNAL", "")), "main", -1)


def test_fences_joined_over_and_over_are_awaited_once_each() -> None:
    joins = [f'%j{i + 1} = hal.fence.join at([%j{i}, %j{i}]) flags("None") -> !hal.fence' for i in range(2000)]
    text = FENCES.replace("SIGNAL", "\n".join(["hal.fence.signal<%b : !hal.fence>", *joins])).replace("%j =", "%j0 =")
    assert int(run(parse(text.replace("until([%j])", "until([%j2000])")), "main", -1).outputs[0]) == 0


@pytest.mark.parametrize(
    ("text", "inputs", "words"),
    [
        (BUFFERS.replace("%b[%c12 for %c4]", "%b[%c16 for %c4]"), (7, 9), r"= util\.buffer\.load: byte range \[16 to 20\] leaves a buffer of 16 bytes"),
        (BUFFERS.replace("store %w, %b[%c4", "store %w, %q[%c4").replace("  util.buffer.store %w, %q", '  %q = util.buffer.constant : !util.buffer = "abcdefgh"\n  util.buffer.store %w, %q'), (7, 9), r"util\.buffer\.store: a constant buffer cannot be written"),
        (LISTS, (7, 2), r"= util\.list\.get: index 2 leaves a list of 2 elements \(of %0, %arg1\)"),
    ],
)  # fmt: skip
def test_what_does_not_fit(text: str, inputs: tuple[int, ...], words: str) -> None:
    with pytest.raises(ExecutionError, match=words):
        run(parse(text), "main", *inputs)
