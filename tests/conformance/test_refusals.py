"""What is no program is refused in the real tool's words, at its place."""

import pytest

from iree_explorer import samples
from iree_explorer.errors import PassError, SourceError
from iree_explorer.passes.pipeline import run_pipeline
from iree_explorer.syntax import parse
from tests.conformance import oracle
from tests.fuzz.compare import errors_in, first_error

_LAYOUT = "#hal.pipeline.layout<constants = 1, bindings = [#hal.pipeline.binding<storage_buffer>]>"
_VARIANT = 'hal.executable @e { hal.executable.variant @v target(#hal.executable.target<"a", "b">)'
_CONDITION = "hal.executable.condition(%a: !hal.device) -> i1 { %b = arith.constant true hal.return %b : i1 }"

_LONG = f"dense<[{', '.join(map(str, range(17)))}]> : tensor<17xi32>"

BROKEN = (
    "util.",
    "module { foo. }",
    "func.func @f() { arith. }",
    "util.func @f() { util. }",
    "util.func @f() { foo.bar }",
    "util.func @f(%a: i32) { util.call f(%a) : (i32) -> () util.return }",
    "util.func f(%a: i32) { util.return }",
    "func.func f(%a: i32) { util.return }",
    "util.func @f(%a: i32) { util.global.store %a, g : i32 util.return }",
    "util.func @f(%a: ) { util.return }",
    "util.func @f(a: i32) { util.return }",
    "util.func @f(%a: i32) -> { util.return }",
    "util.func @f(%a: i32) { %0 = stream.timepoint.immediate -> !stream.timepoint util.return }",
    "util.func @f(%a: i32) { %0 = stream.timepoint.immediate => timepoint util.return }",
    "util.func @f(%a: i32) { %0 = stream.timepoint.import on %a : i32 => !stream.timepoint util.return }",
    "util.func @f(%a: i32) { cf.assert %a, foo util.return }",
    "util.func @f(%a: i1) { cf.br foo util.return }",
    "util.func @f(%a: i1) { cf.cond_br %a, ^a, 3 util.return }",
    "util.func @f(%a: i1) { scf.if %a util.return }",
    "util.func @f(%a: i1) { %0 = scf.for %i = %a to %a %a { } util.return }",
    "util.func @f(%a: i1) { %0: = arith.addi %a, %a : i1 util.return }",
    "util.func @f(%a: i1) { %0:2: = arith.addi %a, %a : i1 util.return }",
    "util.func @f(%a: i1) { %0, = arith.addi %a, %a : i1 util.return }",
    "util.func @f(%a: i1) { %0 arith.addi %a, %a : i1 util.return }",
    "util.func @f(%a: i1) { arith.addi %a#9999999999999999999, %a : i1 util.return }",
    'util.func @f(%a: i1) { "a.b"(%a, ) : (i1) -> () util.return }',
    'util.func @f(%a: i1) { "a.b" : (i1) -> () util.return }',
    'util.func @f(%a: i1) { "arith.addi"(%a, %a) (i1) -> () util.return }',
    'util.func @f(%a: i1) { "arith.addi"(%a, %a) : i1 util.return }',
    'util.func @f(%a: i1) { "arith.addi"(%a, %a) : (i1, ) -> i1 util.return }',
    'util.func @f(%a: i1) { "arith.addi"(%a, %a) : (i1, i1) i1 util.return }',
    "util.func @f(%a: i1) { arith.constant dense<[1, 2]> : tensor<4xi32> util.return }",
    "util.func @f(%a: tensor<4xfoo>) { util.return }",
    "util.func @f(%a: tensor<4 x>) { util.return }",
    "util.func @f(%a: tensor<f>) { util.return }",
    "util.func @f(%a: !stream.resource<foo>) { util.return }",
    "util.func @f(%a: !stream.resource) { util.return }",
    "util.func @f(%a: !stream.resource<*) { util.return }",
    "util.func @f(%a: !stream.foo) { util.return }",
    "util.func @f(%a: !foo.foo) { util.return }",
    "util.func @f(%a: !foo) { util.return }",
    "util.func @f(%a: #foo) { util.return }",
    "util.func @f(%a: i1) { util.return  } {",
    "util.func @f(%a: i1) attributes {a = #hal.foo} { util.return  }",
    "util.func @f(%a: i1) attributes {a = #hal.device.affinity<a>} { util.return  }",
    "util.func @f(%a: i1) attributes {a = #hal.device.affinity<@a, [foo]>} { util.return  }",
    "util.func @f(%a: i1) attributes {a = #util.byte_pattern<>} { util.return  }",
    (
        "func.func @f(%c: i1, %n: index) { %2:2 = scf.while (%x = %0, %y = %n) : (index, index) -> (index, index) {"
        " scf.condition(%c) %x, %y : index, index } do { ^bb0(%x: index, %y: index): %0 = arith.addi %n, %n : index"
        " scf.yield %0, %y : index, index } return }"
    ),
    "util.func @f() { %0 = util.global.load @a : i1 util.return } util.func @g() { util.call @b() : () -> () util.return }",
    "util.func @f(%a: i1) { scf.if %a { util.call @a() : () -> () } else { util.call @b() : () -> () } util.call @c() : () -> () util.return }",
    "func.func @f(%a: i1) { scf.condition(%a) }",
    "func.func @f(%a: i1) { scf.reduce }",
    "func.func @f(%a: i1) { scf.forall.in_parallel {} }",
    (
        "func.func @f(%a: tensor<4xf32>, %b: tensor<1xf32>, %n: index) { %0 = scf.forall (%i) in (%n) shared_outs(%o = %a)"
        " -> (tensor<4xf32>) { scf.forall.in_parallel { %c = arith.constant 1 : index } } return }"
    ),
    (
        "func.func @f(%a: tensor<4xf32>, %b: tensor<1xf32>, %n: index) { %0 = scf.forall (%i) in (%n) shared_outs(%o = %a)"
        " -> (tensor<4xf32>) { scf.forall.in_parallel {"
        " tensor.parallel_insert_slice %b into %a[%i] [1] [1] : tensor<1xf32> into tensor<4xf32> } } return }"
    ),
    (
        "func.func @f(%a: tensor<4xf32>, %b: tensor<1xf32>, %n: index) {"
        " tensor.parallel_insert_slice %b into %a[%n] [1] [1] : tensor<1xf32> into tensor<4xf32> return }"
    ),
    "func.func @f(%a: i1) { tensor.yield %a : i1 }",
    "func.func @f(%a: i1) { scf.if %a { func.return } return }",
    "util.func @f(%a: i1) attributes {a = [1, 2} { util.return  }",
    'module attributes {util.a = #hal.executable.target<"a", "b", {c = affine_set<(d0) : (d0 >= 0)>}>} {}',
    'module attributes {util.a = #hal.device.target<"a", {c = #hal.device.ordinal<0>] } {}',
    "util.func @f(%a: i1) attributes {a = {b = 1} { util.return  }",
    'util.func @f(%a: i1) attributes {a = "b} { util.return  }',
    'util.func @f(%a: i1) attributes {a = @"b} { util.return  }',
    "util.func @f(%a: i1) attributes {a = 1.0 : i32} { util.return  }",
    "util.func @f(%a: i1) attributes {a = -} { util.return  }",
    "util.func @f(%a: i1) attributes {a = 300 : i8} { util.return  }",
    "util.func @f(%a: i1) attributes {a = } { util.return  }",
    "util.func @f(%a: i1) attributes {a : 1 } { util.return  }",
    "util.func @f(%a: i1) attributes {3 = 1 } { util.return  }",
    "util.func @f(%a: i1, %a: i1) { util.return  }",
    "util.func @f(%a: i1) { ^bb0(%a: i1): util.return  }",
    "util.func @f(%a: i1) { util.return ^bb1 util.return }",
    "util.func @f(%a: i1) { util.return ^bb1(%b): util.return }",
    "util.func @f(%a: i1) { util.return ^bb1(b : i1): util.return }",
    "util.func @f(%a: i1) { util.return ^bb1(%b : i1: util.return }",
    "util.func @f(%a: i1) { util.foo }",
    "util.func @f(%a: i1) { foo.foo }",
    "util.func @f(%a: i1) { foo }",
    '"foo.bar"() : () -> ()',
    '"util.bar"() : () -> ()',
    '"bar"() : () -> ()',
    "util.func @f(%a: i1) { util.return 3 }",
    "util.func @f(%a: i1) { ) }",
    "util.func @f(%a: i1) { %0 = 3 }",
    "func.func @f(%m: memref<4xf32>, %i: index) { %0 = affine.load %m[%i, 3] : memref<4xf32> return }",
    "func.func @f(%m: memref<4xf32>, %i: index) { %0 = affine.load %m[symbol %i] : memref<4xf32> return }",
    "func.func @f(%m: memref<4xf32>, %i: index) { %0 = affine.load %m[symbol(3)] : memref<4xf32> return }",
    "func.func @f(%m: memref<4xf32>, %i: index) { %0 = affine.load %m[%i * %i] : memref<4xf32> return }",
    "func.func @f(%m: memref<4xf32>, %i: index) { %0 = affine.load %m[%i] : tensor<4xf32> return }",
    "func.func @f(%m: memref<4xf32>, %i: index) { affine.store %i, %m[%i] : memref<4xf32> return }",
    "module { module { module }",
    "module { module { ^bb0(%a: i32): } }",
    'module attributes {sym_visibility = "private"} {}',
    '"builtin.module"() ({ ^bb0: }) {b, a} : () -> ()',
    '"builtin.module"() ({ ^bb0: ^bb1: }) : () -> ()',
    '"builtin.module"() ({}) : () -> ()',
    '"builtin.module"() <{sym_name = "a", sym_visibility = "hidden"}> ({ ^bb0(%a: i32): }) : () -> ()',
    '"builtin.module"() <{sym_name = "a", sym_visibility = "hidden"}> ({ ^bb0: }) : () -> ()',
    '"builtin.module"() <{sym_visibility = 3 : i32}> ({ ^bb0: }) : () -> ()',
    "util.func @f(%a: i1) -> i1 { util.return }",
    "util.func @f(%a: i1) -> i2 { util.return %a : i1 }",
    "util.func @f(%a: i1) { %0:2 = arith.addi %a, %a : i1 util.return }",
    "util.func @f(%a: i1) { %0 = util.return }",
    "util.func @f(%a: i1) { %a = arith.addi %a, %a : i1 util.return }",
    "util.func @f(%a: i1) { %0 = arith.addi %a, %a : i2 util.return }",
    "util.func @f(%a: i1) { %0 = arith.addi %a, %b : i1 util.return }",
    "util.func @f(%a: i1) { %0 = arith.addi %a, %b : i1 %b = arith.addi %a, %a : i1 util.return }",
    "util.func @f(%a: i1) { %0 = arith.addi %a : i1 util.return }",
    "util.func @f(%a: i1) { %0 = arith.addi %a, %a i1 util.return }",
    "util.func @f(%a: i1) { %0 = arith.addi %a, %a : util.return }",
    'util.func @f(%a: i1) { %0 = "arith.addi"(%a) : (i1) -> i1 util.return }',
    "util.func @f(%a: i1) { util.return } util.func @f(%a: i1) { util.return }",
    "util.func @f(%a: i1) { util.return util.return }",
    'util.func @f(%a: i1) { "scf.yield"() : () -> () }',
    "util.func @f(%a: i1) { util.call @g() : () -> () util.return }",
    "util.func @f(%a: i1) { %0 = util.global.load @g : i32 util.return }",
    "module {",
    "module {  ",
    "module",
    "util.func @f() {",
    "util.func @f(%a : i32) { // foo\n // bar\n",
    "util.func @f(%a : i32) { // foo\n // bar\n   3",
    "util.func @f() attributes {a = @3 } { util.return }",
    "util.func @f() attributes {a = dense<1> : i32 } { util.return }",
    "util.func @f() attributes {a = dense<1> : tensor<?xi32> } { util.return }",
    'util.func @f() attributes {a = dense<"0x3"> : tensor<3xi32> } { util.return }',
    "util.func @f() attributes {a = array<i64: 1, foo> } { util.return }",
    "util.func @f() attributes {a = array<f32: 1.0, foo> } { util.return }",
    "util.func @f() attributes {a = 1... } { util.return }",
    "util.func @f() attributes {a = . } { util.return }",
    "util.func @f() { %0:0 = arith.constant 1 : i32 util.return }",
    "util.func @f() { %0:00 = arith.constant 1 : i32 util.return }",
    "util.func @f() { %0:99999999999999 = arith.constant 1 : i32 util.return }",
    'util.func @f() { "util.return"( : () -> () }',
    'util.func @f() { "util.return") : () -> () }',
    "util.func @f(%a 3) { util.return }",
    "util.func @f(%a: !arith.foo",
    "util.func @f(%a: !stream.foo  , %b: i32) { util.return }",
    'util.func @f(%a: !stream.resource<  , %b: "foo") { util.return }',
    'util.func @f() attributes {a = #hal.device.target<"a", {a = 1> } { util.return }',
    'hal.executable.variant @v target(#hal.executable.target<"a", "b">) { }',
    'hal.executable @e { hal.executable.constant.block() -> i32 as "k" { %a = arith.constant 1 : i32 hal.return %a : i32 } }',
    f"hal.executable @e {{ hal.executable.export @x layout({_LAYOUT}) }}",
    f"{_VARIANT} {{ {_CONDITION} {_CONDITION} }} }}",
    f"{_VARIANT} {{ hal.executable.condition(%a: !hal.device) -> i32 {{ }} }} }}",
    f"{_VARIANT} {{ hal.executable.condition(%a: i1) -> i1 {{ hal.return %a : i1 }} }} }}",
    f"{_VARIANT} {{ hal.executable.condition(%a: !hal.device) -> i1 {{ hal.return %a : !hal.device }} }} }}",
    f'{_VARIANT} {{ hal.executable.constant.block(%a: i32) -> i32 as "k" {{ hal.return %a : i32 }} }} }}',
    f'{_VARIANT} {{ hal.executable.constant.block() -> i64 as "k" {{ %a = arith.constant 1 : i64 hal.return %a : i64 }} }} }}',
    f'{_VARIANT} {{ hal.executable.constant.block() -> (i32, i32) as ("k") {{ %a = arith.constant 1 : i32 hal.return %a, %a : i32, i32 }} }} }}',
    f"util.func @f() {{ %a = hal.interface.constant.load layout({_LAYOUT}) ordinal(1) : i32 util.return }}",
    f"util.func @f() {{ %a = hal.interface.binding.subspan layout({_LAYOUT}) binding(1) : memref<4xf32> util.return }}",
    f"util.func @f() {{ %a = hal.interface.binding.subspan layout({_LAYOUT}) binding(0) : memref<?xf32> util.return }}",
    "util.func @f(%a: memref<4x4xf32>, %b: index) { %c = memref.load %a[%b] : memref<4x4xf32> util.return }",
    "util.func @f(%a: memref<4x4xf32>, %b: index, %c: f32) { memref.store %c, %a[%b] : memref<4x4xf32> util.return }",
    "util.func @f(%a: i32) { %b = hal.devices.get %a : !hal.device util.return }",
    "util.func @f(%a: i32) { util.call @g(%a) : (i32) -> () }",
    "util.func @f(%a: i1) { scf.if %a { } }",
    f"util.func @f() {{ util.optimization_barrier %a : i32 ^bb: %a = arith.constant 1 : i32 %b = arith.constant {_LONG} util.return }}",
    f"util.func @f() {{ %b = arith.constant {_LONG} }}",
    'util.func @f() { "util.global.load"() : () -> i32 util.return }',
    'util.func @f(%a: i32) { %0 = "arith.cmpi"(%a, %a) <{predicate = 10 : i64}> : (i32, i32) -> i1 util.return }',
    'util.func @f(%a: i32) { %0 = "arith.constant"() <{value = 1 : i32}> : () -> i64 util.return }',
    'util.func @f(%a: i32) { %0 = "util.optimization_barrier"(%a) : (i32) -> i64 util.return }',
    'util.func @f(%a: i32) { %0 = "stream.timepoint.export"(%a) : (i32) -> !hal.fence util.return }',
    "util.global private @g : i32 util.func @f() { %0 = util.global.load @g : i64 util.return } util.func @h(%a: i32) -> i64 { util.return %a : i32 }",
    "util.global private @g : i32 util.func @f() { %0 = util.global.load @g : i64 util.return } util.func @f() { util.return }",
    *(
        f"util.func @f(%a: index, %b: i32, %c: i1) {{ %0 = {op} util.return }}"
        for op in (
            "scf.if %c -> i32 { scf.yield %a : index } else { scf.yield %b : i32 }",
            "scf.if %c -> i32 { scf.yield } else { scf.yield %b : i32 }",
            "scf.if %c -> i32 { scf.yield %b : i32 }",
            "scf.index_switch %a -> i32 case 1 { scf.yield %a : index } default { scf.yield %b: i32 }",
            "scf.index_switch %a -> i32 case 1 { scf.yield %b : i32 } default { scf.yield }",
            "scf.index_switch %a -> i32 case 1 { util.return } default { scf.yield }",
            "scf.execute_region -> i32 { scf.yield }",
            "scf.while (%x = %b) : (i32) -> i32 { scf.condition(%c) %a : index } do { ^bb0(%y: i32): scf.yield %b : i32 }",
            "scf.while (%x = %b) : (i32) -> i32 { scf.condition(%c) %b : i32 } do { ^bb0(%y: i1): scf.yield %b : i32 }",
            "scf.while (%x = %b) : (i32) -> i32 { scf.condition(%c) %b : i32 } do { ^bb0(%y: i32): scf.yield %c : i1 }",
            "scf.while (%x = %b) : (i32) -> i32 { scf.yield %b : i32 } do { ^bb0(%y: i32): scf.yield %b : i32 }",
            '"scf.for"(%a, %a, %a, %b) ({ ^bb1(%i: i32, %x: i32): scf.yield %x : i32 }) : (index, index, index, i32) -> i32',
            '"scf.for"(%a, %a, %a, %b) ({ ^bb1(%i: index): scf.yield %b : i32 }) : (index, index, index, i32) -> i32',
            '"scf.for"(%a, %a, %a, %b) ({ ^bb1(%i: index, %x: i32): scf.yield }) : (index, index, index, i32) -> i32',
        )
    ),
    'util.func @f(%a: index, %b: i32) { "scf.for"(%a, %a, %a, %b) ({ ^bb1(%i: index, %x: i32): scf.yield %x : i32 }) : (index, index, index, i32) -> () util.return }',
    *(
        f"util.func @f(%n: index, %c: i32) {{ %0 = stream.async.splat on({place}) %c : i32 -> !stream.resource<*>{{%n}} util.return }}"
        for place in ("", "<@a>", "abc", "%c", "i32", "7", "-7", "7.5", "7 : i32", '"a"', "true", "[")
    ),
    "util.func @f(%n: index) { %m = stream.channel.create on() : !stream.channel util.return }",
    *(
        f"stream.executable @ex {{ stream.executable.export {symbol} }}"
        for symbol in (
            "",
            "public public @b",
            '"b"',
            "7",
            "private abc",
            "@a::@b",
            "-7",
            "[]",
            "@a as(b)",
            "@a as(7)",
            "@a as()",
        )
    ),
    *(
        f"hal.executable @e {{ hal.executable.variant @v target({target}) {{ }} }}"
        for target in ("", "7", '"a"', "abc", "#hal.pipeline.layout<bindings = []>")
    ),
    'hal.executable @e { hal.executable.variant @v target(#hal.executable.target<"a", "b">) objects() { } }',
    *(
        f"{head} attributes{rest}"
        for head in (
            "module",
            "util.func private @f()",
            "func.func private @f()",
            "stream.executable @a",
            "stream.async.func private @a()",
        )
        for rest in ("", " 7 {}", " attributes {} {}", "\n{")
    ),
    "#a #a = 7 : i32",
    "#a\n!b = 7 : i32",
    "!a #a = i32",
    "i32",
    "module { i32 }",
    "module { %0 =\ni32 }",
    "module { util.global @a : i32 = 7 : i32\ni32 }",
)
"""Each breaks another rule of MLIR's grammar, or of its verifier."""


@pytest.mark.parametrize("text", BROKEN)
def test_broken_programs_are_refused_in_the_same_words_at_the_same_place(text: str) -> None:
    accepted, messages = oracle.iree_opt(text)
    assert accepted is None
    with pytest.raises(SourceError) as caught:
        parse(text)
    assert first_error(str(caught.value)) == first_error(messages)


_RETURNS = "util.func private @{} (%a: i32) -> i32 {{ {} }}\n"
_WRONG = _RETURNS.format("wrong", "util.return")
_RIGHT = _RETURNS.format("right", "util.return %a : i32")
_LATE = _RETURNS.format("late", "util.return %b : i32 ^bb: %b = arith.constant 1 : i32 util.return %b : i32")
_INNER = f"module @inner {{\n{_WRONG}{_WRONG}{_LATE}}}\n"


@pytest.mark.parametrize(
    "text",
    [
        _WRONG + _LATE,
        _RIGHT + _LATE + _WRONG,
        _INNER + _RIGHT + _WRONG,
        _WRONG + _INNER,
        _RIGHT + _RIGHT + _WRONG,
        f"module @a {{\n{_RIGHT}{_RIGHT}}}\n{_LATE}",
    ],
)
def test_each_function_s_first_error_is_told_and_what_is_wrong_with_all_of_them_only_then(text: str) -> None:
    _, messages = oracle.iree_opt(text)
    with pytest.raises(SourceError) as caught:
        parse(text)
    assert errors_in(str(caught.value)) == errors_in(messages)


def test_each_function_that_cannot_be_scheduled_is_told() -> None:
    text = samples.circle.text
    start, end = text.index("  util.func public @main"), text.rindex("}")
    text = text[:end] + text[start:end].replace("@main", "@second") + text[end:]
    pipeline = oracle.pipeline("both")
    _, messages = oracle.iree_opt(text, f"--pass-pipeline={pipeline}")
    with pytest.raises(PassError) as caught:
        run_pipeline(parse(text), pipeline)
    assert errors_in(str(caught.value)) == errors_in(messages)
    assert len(errors_in(messages)) == 2
