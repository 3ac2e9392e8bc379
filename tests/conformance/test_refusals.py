"""What is no program is refused in the real tool's words, at its place."""

import pytest

from iree_explorer.errors import SourceError
from iree_explorer.syntax import parse
from tests.conformance import oracle
from tests.fuzz.compare import first_error

BROKEN = (
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
    "util.func @f(%a: tensor<4xfoo>) { util.return }",
    "util.func @f(%a: tensor<4 x>) { util.return }",
    "util.func @f(%a: tensor<f>) { util.return }",
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
    "util.func @f(%a: i1) attributes {a = [1, 2} { util.return  }",
    "util.func @f(%a: i1) attributes {a = {b = 1} { util.return  }",
    'util.func @f(%a: i1) attributes {a = "b} { util.return  }',
    'util.func @f(%a: i1) attributes {a = @"b} { util.return  }',
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
    "module { module { module }",
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
)
"""Each breaks another rule of MLIR's grammar, or of its verifier."""


@pytest.mark.parametrize("text", BROKEN)
def test_broken_programs_are_refused_in_the_same_words_at_the_same_place(text: str) -> None:
    accepted, messages = oracle.iree_opt(text)
    assert accepted is None
    with pytest.raises(SourceError) as caught:
        parse(text)
    assert first_error(str(caught.value)) == first_error(messages)
