"""Ops in their own form: read, printed and refused as by the real tool."""

import pytest

from iree_explorer.errors import SourceError
from iree_explorer.syntax import parse, print_module
from tests.conformance import oracle
from tests.fuzz.compare import first_error

EXTERN = """\
util.func public @f(%a: tensor<4xi32>, %b: tensor<?xi32>, %n: index, %i: i32) {{
  %0:2 = hal.dispatch.extern "main"[%n](%a, %b, %i) : (tensor<4xi32>, tensor<?xi32>{{%n}}, i32) -> ({result})
    count({arguments}) -> (index, index, index) {{
      hal.return %x, %x, %x : index, index, index
    }}
    layout(#hal.pipeline.layout<constants = 1, bindings = [#hal.pipeline.binding<storage_buffer, ReadOnly>]>)
    objects({{
      #hal.executable.target<"llvm-cpu", "a"> ordinal(100) = [#hal.executable.object<{{path = "a.o"}}>],
      #hal.executable.target<"llvm-cpu", "b"> if(%d: !hal.device) -> i1 {{
        {condition}
      }} ordinal(200) = [#hal.executable.object<{{path = "b.o"}}>]
    }})
    <workgroup_size = [1 : index, 2 : index]> attributes {{x}}
  util.return
}}"""
RESULT = "%b{%n}, tensor<4xi32>"
ARGUMENTS = "%d: !hal.device, %x: index"
RAGGED = "#iree_tensor_ext.ragged_shape<0>"
CONDITION = "%c = arith.constant true hal.return %c : i1"


ACCEPTED = (
    EXTERN.format(result=RESULT, arguments=ARGUMENTS, condition=CONDITION),
    """\
util.func private @g(%a: tensor<f32, #iree_encoding.testing<>>) -> tensor<f32, #iree_encoding.testing<>>
util.func public @f(%a: tensor<f32, #iree_encoding.testing<>>, %m: memref<3x3xf32, affine_map<(d0, d1) -> (d1, d0)>>) {
  %0 = util.call @g(%a) : (tensor<f32, #iree_encoding.testing<>>) -> tensor<f32, #iree_encoding.testing<>>
  util.call @f(%0, %m) : (tensor<f32, #iree_encoding.testing<>>, memref<3x3xf32, affine_map<(d0, d1) -> (d1, d0)>>) -> ()
  util.return
}""",
    """\
util.func @f(%b: !util.buffer, %s: index, %p: i1, %q: f8E5M2, %t: si3) {
  util.buffer.fill %p, %b[%s for %s] : i1 -> !util.buffer{%s}
  util.buffer.fill %q, %b[%s for %s] : f8E5M2 -> !util.buffer{%s}
  util.buffer.fill %s, %b[%s for %s] : index -> !util.buffer{%s}
  util.buffer.fill %t, %b[%s for %s] : si3 -> !util.buffer{%s}
  util.return
}""",
    """\
func.func @f(%a: tensor<2x3xf32>, %b: tensor<3x4xf32>, %c: tensor<2x4xf32>) {
  %0 = linalg.matmul {x} ins(%a, %b : tensor<2x3xf32>, tensor<3x4xf32>) outs(%c : tensor<2x4xf32>) {y} -> tensor<2x4xf32>
  return
}""",
    """\
func.func @f(%a: tensor<?x3xf32>, %b: tensor<4x4xf32>, %c: tensor<?x4xf32>) {
  %0 = linalg.matmul ins(%a, %b : tensor<?x3xf32>, tensor<4x4xf32>) outs(%c : tensor<?x4xf32>) -> tensor<?x4xf32>
  return
}""",
    """\
func.func @f(%m: memref<*xf32>, %i: index) {
  %0 = memref.reinterpret_cast %m to offset: [%i], sizes: [2, %i], strides: [%i, 1] : memref<*xf32> to memref<2x?xf32, strided<[?, 1], offset: ?>>
  %1 = memref.reinterpret_cast %m to offset: [0], sizes: [], strides: [] : memref<*xf32> to memref<f32>
  %2 = memref.dim {a} %m, %i : memref<*xf32>
  return
}""",
    f"""\
util.func public @f(%a: tensor<?x?x4xf32, {RAGGED}>, %n: index) {{
  %0 = iree_tensor_ext.linearize_ragged_dims %a : tensor<?x?x4xf32, {RAGGED}> -> tensor<?x4xf32>{{%n}}
  util.return
}}""",
    """\
func.func @f(%a: i32) -> i32 {
  %0 = util.hoistable_conversion "x" inverts("y") (%b = %a) : (i32) -> i32 {
    util.return %b : i32
  } {z}
  return %0 : i32
}""",
)

EXPORT = "hal.executable.source private @a {{ hal.executable.export public @e {} }}"
LAYOUT = "layout(#hal.pipeline.layout<bindings = []>)"
FUNCTION = "func.func @f(%m: memref<2xf32>, %s: memref<2xf32, 3 : i8>, %i: index, %c: i1, %a: i32) {{ {} return }}"
REFUSED = (
    EXTERN.format(result="%b{%n}, tensor<4xindex>", arguments=ARGUMENTS, condition=CONDITION),
    EXTERN.format(result="%b, tensor<4xi32>", arguments=ARGUMENTS, condition=CONDITION),
    EXTERN.format(result=RESULT, arguments="%x: index, %y: index", condition=CONDITION),
    EXTERN.format(result=RESULT, arguments="%d: !hal.device, %x: index, %y: index", condition=CONDITION),
    EXTERN.format(result=RESULT, arguments=ARGUMENTS, condition="%c = arith.constant 1 : i32 hal.return %c : i32"),
    *(
        f"util.func @f(%a: {source}, %n: index) {{ %0 = iree_tensor_ext.linearize_ragged_dims %a : {source} -> {result} util.return }}"
        for source, result in (
            ("tensor<?x?xf32>", "tensor<?xf32>{%n}"),
            (f"tensor<?x?xf32, {RAGGED}>", f"tensor<?xf32, {RAGGED}>{{%n}}"),
            (f"tensor<?x?xf32, {RAGGED}>", "tensor<?x?xf32>{%n, %n}"),
            (f"tensor<?x?x4xf32, {RAGGED}>", "tensor<?x5xf32>{%n}"),
            (f"tensor<?x?x4xf32, {RAGGED}>", "tensor<?x4xf32>"),
            (f"memref<?x?x4xf32, {RAGGED}>", "f32"),
        )
    ),
    "stream.executable private @a",
    "stream.executable private @a {}, {}",
    "flow.executable private @a attributes {x}",
    "hal.executable private @a",
    "hal.executable.source private @a",
    EXPORT.format(f"ordinal() {LAYOUT}"),
    EXPORT.format(f'ordinal("a") {LAYOUT}'),
    EXPORT.format('layout("7")'),
    EXPORT.format("layout()"),
    EXPORT.format(f"{LAYOUT} count(%d: !hal.device) -> index {{}}"),
    EXPORT.format(f"{LAYOUT} count {{}}"),
    *(
        FUNCTION.format(body)
        for body in (
            "%0 = arith.select : i32",
            "%0 = arith.select (%c) : i32",
            "%0 = arith.select %c, %a : i32",
            "%0 = memref.dim %a, %i : i32",
            '%0 = "memref.dim"(%m, %m) : (memref<2xf32>, memref<2xf32>) -> index',
            "%0 = memref.reinterpret_cast %m to offset: [0], sizes: [3], strides: [1] : memref<2xf32> to memref<2xf32>",
            "%0 = memref.reinterpret_cast %m to offset: [0], sizes: [%i], strides: [1] : memref<2xf32> to memref<2xf32>",
            "%0 = memref.reinterpret_cast %m to offset: [0, 1], sizes: [2], strides: [1] : memref<2xf32> to memref<2xf32>",
            "%0 = memref.reinterpret_cast %m to offset: [], sizes: [], strides: [] : memref<2xf32> to memref<f32>",
            "%0 = memref.reinterpret_cast %m to offset: [0], sizes: [2], strides: [2] : memref<2xf32> to memref<2xf32>",
            "%0 = memref.reinterpret_cast %m to offset: [1], sizes: [2], strides: [1] : memref<2xf32> to memref<2xf32>",
            "%0 = memref.reinterpret_cast %m to offset: [0], sizes: [2], strides: [1] : memref<2xf32> to memref<2xi32>",
            "%0 = memref.reinterpret_cast %s to offset: [0], sizes: [2], strides: [1] : memref<2xf32, 3 : i8> to memref<2xf32>",
            '%0 = util.hoistable_conversion "x" inverts("y") (%b = %a) : (i32) -> i32 { util.return }',
            '%0 = util.hoistable_conversion "x" inverts("y") (%b = %a) : (i32, i32) -> i32 { util.return %b : i32 }',
            '%0 = util.hoistable_conversion "x" inverts("y") : (i32) -> i32 { util.return %b : i32 }',
            '%0 = "util.hoistable_conversion"(%i) <{tag = "a", inverseTag = "b"}> ({^bb0(%q: f32): util.return %q : f32}) : (index) -> f32',
            '%0 = "util.hoistable_conversion"(%i) <{tag = "a", inverseTag = "b"}> ({^bb0: util.return %i : index}) : (index) -> index',
            "scf.for %j = %i to %i step %i iter_args %x {}",
            "scf.for %j = %i to %i step %i iter_args() {}",
            "affine.for %j = %i to %i iter_args %x {}",
            "scf.forall (%j) in (%i) shared_outs -> (i32) {}",
        )
    ),
    "func.func @f(%a: tensor<2x3xf32>) { %0 = linalg.copy {x = 1} ins(%a : tensor<2x3xf32>) outs(%a : tensor<2x3xf32>) {x = 2} -> tensor<2x3xf32> return }",
    *(
        f"func.func @f(%a: i32) {{ %0 = {body} return }}"
        for body in (
            "func.call @g(%a) : i32",
            "func.call @g(%a) : (i32)",
            "func.call @g(%a) : (i32, i32) -> i32",
            'util.string.format "{}"(%a) : !util.buffer',
        )
    ),
    *(
        f"func.func @f(%a: index, %l: !util.list<i32>, %v: i64) {{ {body} return }}"
        for body in (
            "util.list.set %l[%a], %v : i64 -> !util.list<i32>",
            "%0 = util.list.get %l[%a] : !util.list<i32> -> i64",
            '%0 = "util.list.get"(%l, %a) : (!util.list<i32>, index) -> i64',
            "%0 = util.list.construct [%v : i64] : !util.list<i32>",
            '%0 = "util.assume.int"(%a) <{assumptions = [#util.int.assumption<>]}> : (index) -> index',
            '%0 = "util.assume.int"(%a) <{assumptions = 1 : i32}> : (index) -> index',
            '%0 = "arith.cmpi"(%a, %a) <{predicate = 9 : i32}> : (index, index) -> i1',
        )
    ),
    "util.func @f(%b: !util.buffer, %s: index, %t: complex<f32>) { util.buffer.fill %t, %b[%s for %s] : complex<f32> -> !util.buffer{%s} util.return }",
)


@pytest.mark.parametrize("text", ACCEPTED)
def test_ops_print_back(text: str) -> None:
    want, messages = oracle.iree_opt(text)
    assert want is not None, messages
    assert print_module(parse(text).op).rstrip() == want.rstrip()


@pytest.mark.parametrize("text", REFUSED)
def test_wrong_ops_are_refused(text: str) -> None:
    accepted, messages = oracle.iree_opt(text)
    assert accepted is None
    with pytest.raises(SourceError) as caught:
        parse(text)
    assert first_error(str(caught.value)) == first_error(messages)
