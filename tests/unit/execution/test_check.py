"""Test functions and their checks."""

from iree_explorer.execution import check
from iree_explorer.syntax import parse

MODULE = """module {
  util.func public @good() {
    FIRST
    check.expect_almost_eq(%a, %b, atol 1.000000e-01) : tensor<2xf32>
    util.return
  }
  util.func public @bad() {
    FIRST
    check.expect_eq(%a, %b) : tensor<2xf32>
    check.expect_almost_eq(%a, %b) : tensor<2xf32>
    util.return
  }
  util.func public @scalar() {
    %true = arith.constant true
    check.expect_true(%true) : i1
    check.expect_false(%true) : i1
    util.return
  }
  util.func public @takes(%arg0: i32) {
    util.return
  }
}
"""
FIRST = """%c8 = arith.constant 8 : index
    %0 = stream.async.constant : !stream.resource<external>{%c8} = dense<[1.0, 2.0]> : tensor<2xf32>
    %1 = stream.async.constant : !stream.resource<external>{%c8} = dense<[1.0, 2.05]> : tensor<2xf32>
    %a = stream.tensor.export %0 : tensor<2xf32> in !stream.resource<external>{%c8} -> tensor<2xf32>
    %b = stream.tensor.export %1 : tensor<2xf32> in !stream.resource<external>{%c8} -> tensor<2xf32>"""


def test_each_function_is_run_on_its_own() -> None:
    results = check(parse(MODULE.replace("FIRST", FIRST)))
    assert [(result.function, result.passed, result.checks) for result in results] == [
        ("good", True, 1),
        ("bad", False, 2),
        ("scalar", False, 2),
    ]
    assert results[1].error.startswith("check.expect_eq: element 1 is 2.0, expected 2.04")
    assert "1 of 2 differ (atol 0.0001, rtol 0)" in results[1].error
    assert results[2].error == "check.expect_false: expected false"
