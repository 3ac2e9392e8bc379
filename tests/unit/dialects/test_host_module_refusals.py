"""Modules that break a rule of util, hal, flow, check and iree_tensor_ext are refused where MLIR refuses them, mostly in its words."""

import pytest

from tests.unit.dialects.refusals import refusal

PROGRAMS = [
    (
        """\
flow.executable private @e {
  flow.executable.export public @d workgroups(%a: index) -> (index, index, index) {
    flow.return %a, %a, %a : index, index, index
  }
}
util.func private @f(%t: tensor<4xf32>, %n: index) -> tensor<4xf32> {
  %0 = flow.dispatch @e::@d[%n, %n](%t) : (tensor<4xf32>) -> tensor<4xf32>
  util.return %0 : tensor<4xf32>
}""",
        (7, 8),
        "'flow.dispatch' op workload mismatch; entry point expects 1 arguments but dispatch provides 2",
    ),
    (
        """\
hal.executable private @e {
  hal.executable.variant public @v target(<"a", "b">) {
    hal.executable.constant.block() -> (i32, i32) as ("x", "y") {
      %0 = arith.constant 1 : i32
      hal.return %0 : i32
    }
  }
}""",
        (5, 7),
        "'hal.return' op return must have the same number of operands as the parent result signature (have 1, expected 2)",
    ),
    (
        """\
hal.executable private @e {
  hal.executable.variant public @v target(<"a", "b">) {
    hal.executable.constant.block() -> i32 as "x" {
      %0 = arith.constant 1.0 : f32
      hal.return %0 : f32
    }
  }
}""",
        (5, 7),
        "'hal.return' op parent expected result 0 to be 'i32' but returning 'f32'",
    ),
    (
        """\
util.global private @g : i32
util.func private @f(%f: f32) {
  util.global.store %f, @g : f32
  util.return
}""",
        (3, 3),
        "'util.global.store' op global type mismatch; global \"g\" is 'i32' but store is 'f32'",
    ),
    (
        """\
util.global private @g : i32
util.func private @f() {
  %0 = util.global.load @g : f32
  util.return
}""",
        (3, 8),
        "'util.global.load' op global type mismatch; global \"g\" is 'i32' but load is 'f32'",
    ),
    (
        """\
util.global private mutable @g : i32
util.func private @f() {
  %0 = util.global.load immutable @g : i32
  util.return
}""",
        (3, 8),
        "'util.global.load' op is marked as immutable but the global is mutable",
    ),
    (
        "util.global private @g : i32 = 4.0 : f32",
        (1, 1),
        "'util.global' op initial value type mismatch; global \"g\" is 'i32' but initial value provided is 'f32'",
    ),
    (
        """\
util.global private @g : i32
util.func private @f() {
  %p = util.global.address @gone : !util.ptr<i32>
  util.return
}""",
        (3, 8),
        "'util.global.address' op undefined global: @gone",
    ),
    (
        """\
util.func private @g(%a: i32) -> %a
util.func private @f(%a: i32) {
  %0 = util.call @g(%a) : (i32) -> i32
  util.return
}""",
        (3, 8),
        "'util.call' op function tied operands mismatch; have [-1 : index] but callee is [0 : index]",
    ),
    (
        """\
util.func private @g(%a: i32) -> i32
util.func private @f(%a: i32) {
  %0 = util.call @g(%a) : (i32) -> %a
  util.return
}""",
        (3, 8),
        "'util.call' op function tied operands mismatch; have [0 : index] but callee is [-1 : index]",
    ),
    (
        """\
util.func private @g(%a: i32) -> i32
util.func private @f(%a: i64) {
  %0 = util.call @g(%a) : (i64) -> i32
  util.return
}""",
        (3, 8),
        "'util.call' op function type mismatch; expected '(i64) -> i32' but callee is '(i32) -> i32'",
    ),
    (
        """\
util.func private @f(%a: i32) -> i64 {
  util.return %a : i32
}""",
        (2, 3),
        "'util.return' op type of return operand 0 ('i32') doesn't match function result type ('i64')",
    ),
    (
        """\
util.func private @f(%a: i32) -> i64 {
  util.return
}""",
        (2, 3),
        "'util.return' op has 0 operands, but enclosing function-like op returns 1",
    ),
    (
        """\
util.func private @f(%a: i32) -> i64 attributes {sym_name = "x"} {
  util.return
}""",
        (1, 38),
        "'sym_name' is an inferred attribute and should not be specified in the explicit attribute dictionary",
    ),
    (
        """\
util.func private @f(%a: i32) -> %b {
  util.return %a : i32
}""",
        (1, 34),
        "tied operand not found for result reference %b",
    ),
    (
        """\
util.initializer {
  %0 = arith.constant 1 : i32
  util.return %0 : i32
}""",
        (3, 3),
        "'util.return' op has 1 operands, but enclosing function-like op returns 0",
    ),
    (
        "hal.executable.source private @ex {\n  hal.executable.export public @k layout(7)\n}",
        (2, 42),
        "custom op 'hal.executable.export' invalid kind of attribute specified",
    ),
    (
        "util.initializer {\n  %0 = hal.encoding_type<row> : i32\n  util.return\n}",
        (2, 26),
        "custom op 'hal.encoding_type' expected 'dense_row_major'",
    ),
    (
        "util.initializer {\n  %0 = hal.encoding_type<7> : i32\n  util.return\n}",
        (2, 8),
        "'hal.encoding_type' op unsupported encoding type",
    ),
    (
        """\
hal.executable.source private @ex {
  hal.executable.export public @k layout(#hal.pipeline.layout<bindings = []>) condition(%device: !hal.device) -> i1 {
    %true = arith.constant true
    hal.return %true : i1
  } fallback(@b)
}""",
        (2, 3),
        "'hal.executable.export' op undefined fallback entry point: @b",
    ),
    (
        """\
hal.executable.source private @ex {
  hal.executable.export public @k layout(#hal.pipeline.layout<bindings = []>) count(%a: index) -> (index, index, index) {
    hal.return %a, %a, %a : index, index, index
  }
}""",
        (2, 3),
        "'hal.executable.export' op expected workgroup_count to take (%device: !hal.device, %workload_0: index, %workload_1: index, ...",
    ),
    (
        "util.func public @g(%a: !stream.resource<*>) -> i32",
        (1, 1),
        "'util.func' op symbol declaration cannot have public visibility",
    ),
    ("flow.func private @f(tensor<4xf32>)", (1, 22), "expected SSA operand"),
    ("flow.func private @f(%a: tensor<4xf32>, i32)", (1, 40), "expected SSA operand"),
    ("util.func private @f(%a: i32, i32)", (1, 31), "custom op 'util.func' expected SSA identifier"),
    ("util.func private @f(i32, %a: i32)", (1, 27), "custom op 'util.func' expected type instead of SSA identifier"),
    (
        "util.func private @f(%a: i32) -> %b",
        (1, 34),
        "custom op 'util.func' tied operand not found for result reference %b",
    ),
    (
        "flow.func public @g(%a: tensor<4xf32>) -> i32",
        (1, 1),
        "'flow.func' op symbol declaration cannot have public visibility",
    ),
]


@pytest.mark.parametrize(("text", "place", "message"), PROGRAMS)
def test_programs(text: str, place: tuple[int, int], message: str) -> None:
    found_place, found = refusal(text + "\n")
    assert found_place == place
    assert message in found
