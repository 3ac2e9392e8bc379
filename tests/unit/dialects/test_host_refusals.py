"""What breaks a rule of util, hal, flow, check and iree_tensor_ext is refused where MLIR refuses it, mostly in its words."""

import pytest

from tests.unit.dialects.refusals import refusal, refusal_in_function

# An op or two of a function's body.
IN_FUNCTIONS = [
    (
        "%0 = util.call @gone(%i) : (i32) -> i32",
        (1, 8),
        "'util.call' op undefined/incompatible callee: gone",
    ),
    (
        "%0 = util.cast %i : i32 to !util.buffer",
        (1, 8),
        "'util.cast' op operand type 'i32' is not object cast compatible",
    ),
    (
        "%0 = util.global.load @gone : i32",
        (1, 8),
        "'util.global.load' op undefined global: @gone",
    ),
    (
        "util.global.store %i, @gone : i32",
        (1, 3),
        "'util.global.store' op undefined global: @gone",
    ),
    (
        "%0 = util.assume.int %x[<udiv = 2>, <umin = 3>], %y[<umin = 7>, <umin = 1>, <umin=2>] : index, index",
        (1, 3),
        "operation defines 2 results but was provided 1 to bind",
    ),
    (
        "%0 = util.cmp.eq %i, %l : i32",
        (1, 24),
        "use of value '%l' expects different type than prior uses: 'i32' vs 'i64'",
    ),
    (
        "%0 = util.align %i, %x : i32",
        (1, 23),
        "use of value '%x' expects different type than prior uses: 'i32' vs 'index'",
    ),
    (
        "%0 = util.list.get %li[%x] : !util.list<i32> -> f32",
        (2, 3),
        "list access types must match the same base type as the list element type (when not variant)",
    ),
    (
        "%0 = util.list.construct [%f : f32] : !util.list<i32>",
        (1, 8),
        "list[0] type 'f32' cannot be be cast to list type 'i32'",
    ),
    (
        "%0 = util.buffer.alloc uninitialized <alignment = 3> : !util.buffer{%x}",
        (1, 8),
        "'util.buffer.alloc' op invalid alignment; must be a power of two",
    ),
    (
        "%0 = util.buffer.constant : !util.buffer = array<i8: 1>",
        (1, 8),
        "'util.buffer.constant' op attribute 'value' failed to satisfy constraint: buffer-like constant attribute values",
    ),
    (
        "%0 = util.range.min %f, %f : f32",
        (1, 8),
        "'util.range.min' op operand #0 must be variadic of index or integer, but got 'f32'",
    ),
    (
        "%0 = util.switch i32 from [%i, %l] at %x else %i : i32",
        (1, 34),
        "use of value '%l' expects different type than prior uses: 'i32' vs 'i64'",
    ),
    (
        """\
%0 = util.hoistable_conversion "a" inverts("b") (%q = %i) : (i32) -> f32 {
  util.return %q : i32
}""",
        (1, 8),
        "'util.hoistable_conversion' op return operand #0 type 'i32' does not match result type 'f32'",
    ),
    (
        '%ok, %value = hal.device.query<%d : !hal.device> key("a" :: "b") : i1, i32 = 3 : i64',
        (1, 17),
        "'hal.device.query' op type mismatch between result and default value",
    ),
    (
        "%0 = hal.device.resolve : f32",
        (1, 8),
        "'hal.device.resolve' op result #0 must be variadic of device or allocator or 64-bit signless integer, but got 'f32'",
    ),
    (
        "%0 = hal.tensor.import %bv : !hal.buffer_view -> tensor<?x4xf32>",
        (1, 8),
        "'hal.tensor.import' op number of target_dims must match number of dynamic dims in target type",
    ),
    (
        "%0 = hal.tensor.import %bv : !hal.buffer_view -> tensor<?x4xf32> as tensor<4xf32>{%x}",
        (1, 8),
        "'hal.tensor.import' op number of target_dims must match number of dynamic dims in target type",
    ),
    (
        "%0 = hal.tensor.import %i : i32 -> tensor<4xf32>",
        (1, 8),
        "must be buffer or buffer_view, but got 'i32'",
    ),
    (
        "%0 = hal.tensor.export %v : tensor<4xf32> as tensor<8xf32> -> !hal.buffer_view",
        (1, 26),
        "use of value '%v' expects different type than prior uses: 'tensor<8xf32>' vs 'tensor<4xf32>'",
    ),
    (
        "%0 = hal.tensor.export %v : tensor<4xf32> -> i32",
        (1, 8),
        "must be buffer or buffer_view, but got 'i32'",
    ),
    (
        '%0 = hal.fence.create device(%d : !hal.device) flags("Wrong") : !hal.fence',
        (1, 56),
        "custom op 'hal.fence.create' invalid flags attribute specification: \"Wrong\"",
    ),
    (
        "%0 = flow.tensor.update %v, %dyn[%x, %y] : tensor<4xf32> -> %dyn as tensor<?x4xf32>{%x}",
        (1, 8),
        "'flow.tensor.update' op failed to verify that all of {update, target, result} have same rank",
    ),
    (
        "%0 = flow.tensor.reshape %dyn : tensor<?x4xf32> -> tensor<4x?xf32>{%x}",
        (1, 8),
        "'flow.tensor.reshape' op value set has 1 dynamic dimensions but only 0 dimension values are attached",
    ),
    (
        "%0 = flow.tensor.slice %dyn[%x for %y] : tensor<?x4xf32>{%x} -> tensor<?xf32>{%y}",
        (1, 8),
        "'flow.tensor.slice' op failed to verify that all of {source, result} have same rank",
    ),
    (
        "%0 = flow.collective.all_reduce wrong, f32, %v, %v, %ch : (tensor<4xf32>, tensor<4xf32>, !flow.channel) -> %v as tensor<4xf32>",
        (1, 35),
        (
            "custom op 'flow.collective.all_reduce' expected string or keyword containing one of the following enum values "
            "for attribute 'reduction_op' [none, sum, product, minimum, maximum, average]"
        ),
    ),
    (
        "%0 = iree_tensor_ext.bitcast %dyn : tensor<?x4xf32> -> tensor<?x4xi32>{%x}",
        (1, 8),
        "'iree_tensor_ext.bitcast' op value set has 1 dynamic dimensions but only 0 dimension values are attached",
    ),
    (
        "%0 = iree_tensor_ext.dispatch.tensor.load %w, offsets = [0], sizes = [%x, 4], strides = [1, 1] : !iree_tensor_ext.dispatch.tensor<readonly:tensor<?x4xf32>>{%x} -> tensor<?x4xf32>",
        (1, 8),
        "expected mixed offsets rank to match mixed sizes rank (1 vs 2) so the rank of the result type is well-formed.",
    ),
    (
        "%0 = iree_tensor_ext.dispatch.tensor.load %w, offsets = [0, 0], sizes = [%x, -1], strides = [-1, true] : !iree_tensor_ext.dispatch.tensor<readonly:tensor<?x4xf32>>{%x} -> tensor<?x4xf32>",
        (1, 8),
        "expected sizes to be non-negative, but got -1",
    ),
    (
        "iree_tensor_ext.dispatch.tensor.store %dyn, %w, offsets = [0, 0], sizes = [%x, 4], strides = [1, 1] : tensor<?x4xf32> -> !iree_tensor_ext.dispatch.tensor<readonly:tensor<?x4xf32>>{%x}",
        (1, 3),
        "must be dispatch.tensor, but got '!iree_tensor_ext.dispatch.tensor<readonly:tensor<?x4xf32>>'",
    ),
    (
        "iree_tensor_ext.dispatch.tensor.store %dyn, %o, offsets = [0, 0], sizes = [8, 4], strides = [1, 1] : tensor<?x4xf32> -> !iree_tensor_ext.dispatch.tensor<writeonly:tensor<8x4xf32>>",
        (1, 3),
        "expected type to be 'tensor<8x4xf32>' or a rank-reduced version. (size mismatch)",
    ),
    (
        "iree_tensor_ext.dispatch.tensor.store %dyn, %o, offsets = [0], sizes = [8], strides = [1] : tensor<?x4xf32> -> !iree_tensor_ext.dispatch.tensor<writeonly:tensor<8x4xf32>>",
        (1, 3),
        "expected 2 offset values, got 1",
    ),
    (
        "check.expect_eq_const(%v, dense<1.0> : tensor<5xf32>) : tensor<4xf32>",
        (1, 3),
        "'check.expect_eq_const' op failed to verify that all of {lhs, value} have same type",
    ),
    (
        "check.expect_eq(%v, %dyn) : tensor<4xf32>",
        (1, 23),
        "use of value '%dyn' expects different type than prior uses: 'tensor<4xf32>' vs 'tensor<?x4xf32>'",
    ),
]

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


@pytest.mark.parametrize(("body", "place", "message"), IN_FUNCTIONS)
def test_in_functions(body: str, place: tuple[int, int], message: str) -> None:
    found_place, found = refusal_in_function(body)
    assert found_place == place
    assert message in found


@pytest.mark.parametrize(("text", "place", "message"), PROGRAMS)
def test_programs(text: str, place: tuple[int, int], message: str) -> None:
    found_place, found = refusal(text + "\n")
    assert found_place == place
    assert message in found
