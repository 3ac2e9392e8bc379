"""What breaks a rule of util, hal, flow, check and iree_tensor_ext in a function is refused where MLIR refuses it, mostly in its words."""

import pytest

from tests.unit.dialects.refusals import refusal_in_function

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


@pytest.mark.parametrize(("body", "place", "message"), IN_FUNCTIONS)
def test_in_functions(body: str, place: tuple[int, int], message: str) -> None:
    found_place, found = refusal_in_function(body)
    assert found_place == place
    assert message in found
