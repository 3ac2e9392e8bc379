"""What is written in an op's own form and does not fit it is refused in MLIR's words, where MLIR sees it."""

import pytest

from iree_explorer.syntax import parse, print_module
from tests.unit.dialects.refusals import refusal_in_function

COUNTS = "number of operands and types do not match: got"

REFUSED = [
    (
        "%0 = stream.timepoint.import : (!hal.fence) => !stream.timepoint",
        (1, 32),
        f"custom op 'stream.timepoint.import' {COUNTS} 0 operands and 1 types",
    ),
    (
        "%0 = flow.dispatch @ex::@d(%v, %i) : (tensor<4xf32>) -> tensor<4xf32>",
        (1, 30),
        f"custom op 'flow.dispatch' {COUNTS} 2 operands and 1 types",
    ),
    (
        "%0 = stream.async.dispatch @ex::@d(%i, %l) : (i32) -> !stream.resource<*>{%x}",
        (1, 37),
        f"custom op 'stream.async.dispatch' {COUNTS} 2 operands and 1 types",
    ),
    (
        "%0 = linalg.matmul ins(%v, %v : tensor<4xf32>, tensor<4xf32>) outs( : tensor<4xf32>) -> tensor<4xf32>",
        (1, 69),
        f"custom op 'linalg.matmul' {COUNTS} 0 operands and 1 types",
    ),
    (
        "%0 = scf.if %b -> (i32) {\n  scf.yield %i :\n} else {\n  scf.yield %i : i32\n}",
        (2, 19),
        "expected non-function type",
    ),
    ("util.optimization_barrier %i :", (1, 33), "expected non-function type"),
    ("%0 = arith.select %b, %i : i32", (1, 21), "custom op 'arith.select' expected 3 operands"),
    ("%0 = arith.select %b, %i, %i, %i : i32", (1, 21), "custom op 'arith.select' expected 3 operands"),
    ("%0 = arith.constant @a : index", (1, 23), "custom op 'arith.constant' invalid kind of attribute specified"),
    (
        "%0 = util.string.format affine_map<(d0) -> (d0)>(%i) : (i32) -> !util.buffer",
        (1, 27),
        "custom op 'util.string.format' invalid kind of attribute specified",
    ),
    (
        '%0 = linalg.generic {indexing_maps = "x", iterator_types = []} ins(%v : tensor<4xf32>) outs(%v : tensor<4xf32>) {}',
        (1, 66),
        (
            "custom op 'linalg.generic' 'linalg.generic' op attribute 'indexing_maps' "
            "failed to satisfy constraint: AffineMap array attribute"
        ),
    ),
]


@pytest.mark.parametrize(("body", "place", "message"), REFUSED)
def test_refusals(body: str, place: tuple[int, int], message: str) -> None:
    assert refusal_in_function(body) == (place, message)


def test_a_region_without_arguments_and_ops_has_no_block() -> None:
    text = """\
module {
  stream.executable private @ex {
    stream.executable.export public @e workgroups() -> (index, index, index) {}
    builtin.module {
      func.func @e() {
        return
      }
    }
  }
}
"""
    assert print_module(parse(text).op) == text.replace("workgroups() -> (index, index, index) {}", "")


def test_an_execution_region_without_a_block_is_refused() -> None:
    for text in (
        "stream.async.execute with() {}",
        '"stream.async.execute"() <{operandSegmentSizes = array<i32: 0, 0, 0, 0>}> ({})',
    ):
        end = " => !stream.timepoint" if "with" in text else " : () -> !stream.timepoint"
        assert refusal_in_function(f"%0 = {text}{end}") == (
            (1, 8),
            "'stream.async.execute' op expects a non-empty block",
        )


@pytest.mark.parametrize(
    "op",
    ["flow.dispatch.workgroups() : () -> tensor<4xf32> =\n        () {\n    }", "flow.dispatch.region -> () {\n    }"],
)
def test_empty_regions_are_printed(op: str) -> None:
    result = "%0 = " if "workgroups" in op else ""
    text = f"module {{\n  util.func public @f() {{\n    {result}{op}\n    util.return\n  }}\n}}\n"
    assert print_module(parse(text).op) == text


def test_an_empty_condition_is_printed() -> None:
    text = """\
#executable_target_b = #hal.executable.target<"a", "b">
module {
  hal.executable private @e {
    hal.executable.variant public @v target(#executable_target_b) {
      hal.executable.condition
    }
  }
}
"""
    written = text.replace("condition\n", "condition() -> i1 {}\n")
    assert print_module(parse(written).op) == text
