"""Rules of the compiler that make wrong programs are right where its answers are not asked for."""

import pytest

from iree_explorer.passes.canonicalize.clean_up import canonicalize
from iree_explorer.syntax import parse, print_module
from tests.conformance.test_findings import FINDINGS


@pytest.mark.parametrize(
    ("number", "right"),
    [
        (1, "stream.timepoint.join max(%arg2, %arg3)"),
        (2, "util.return %arg0, %arg2 :"),
        (3, "stream.async.fill %arg2, %arg0[%c64 to %c128 for %c64]"),
        (5, "stream.cmd.parameter.read await(%arg2) => %arg3[%c0_i64] -> %0[%c0 for %c200]"),
        (6, "util.return %0#0, %1#1 :"),
        (22, "scf.condition(%arg0) %arg2 :"),
        (26, "stream.async.update %0, %arg1[%c4 to %c8]"),
        (27, "from(#hal.device.affinity<@b>) -> to(#hal.device.affinity<@c>)"),
        (28, "floordiv s0"),
        (28, "ceildiv s0"),
        (29, "d0 mod s0"),
        (30, "padding_value(%arg0 : f32)"),
        (31, "tensor.cast %1 : tensor<1x48x36xf32> to tensor<1x?x36xf32>"),
    ],
)
def test_a_finding_is_mended(number: int, right: str) -> None:
    module = parse(FINDINGS[number - 1].program)
    for op in module.op.ops:
        canonicalize(op, is_mended=True)
    assert right in print_module(module.op)


def test_a_reader_stays_before_the_writer() -> None:
    program = FINDINGS[7].program
    module = parse(program)
    for op in module.op.ops:
        canonicalize(op, is_mended=True)
    lines = print_module(module.op).splitlines()
    reader = next(n for n, line in enumerate(lines) if "stream.async.clone" in line)
    last_fill = max(n for n, line in enumerate(lines) if "stream.async.fill" in line)
    assert reader < last_fill
