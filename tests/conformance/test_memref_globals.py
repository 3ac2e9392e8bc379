"""Buffers of a module are read, printed and refused as by the real tool."""

import pytest

from iree_explorer.errors import SourceError
from iree_explorer.syntax import parse, print_module
from tests.conformance import oracle
from tests.fuzz.compare import first_error

GLOBALS = """\
memref.global "private" constant @g : memref<4xf32> = dense<1.0>
memref.global @g1 : memref<4xf32>
memref.global @g2 : memref<f32> = uninitialized
memref.global "private" constant @g3 : memref<4xf32> = dense_resource<__elided__>
"memref.global"() <{sym_name = "h", type = memref<2xi8>, initial_value, alignment = 64 : i64}> : () -> ()
"memref.global"() <{sym_name = "h2", sym_visibility = "nested", constant, type = memref<2xi8>, initial_value = dense<[1, 2]> : tensor<2xi8>, alignment = 64 : i64}> {x = 1 : i32} : () -> ()
"memref.global"() <{sym_name = "h3", type = memref<2xi8>}> : () -> ()
func.func @f() -> memref<4xf32> {
  %0 = memref.get_global @g : memref<4xf32>
  return %0 : memref<4xf32>
}
"""

WRONG = (
    '"memref.global"() <{sym_name = "h", type = memref<2xi8>, initial_value = dense<1> : tensor<3xi8>}> : () -> ()',
    '"memref.global"() <{sym_name = "h", type = memref<2xi8>, initial_value = 3 : i32}> : () -> ()',
    '"memref.global"() <{sym_name = "h", type = memref<?xi8>}> : () -> ()',
    '"memref.global"() <{sym_name = "h", type = i8}> : () -> ()',
    '"memref.global"() <{sym_name = "h"}> : () -> ()',
    '"memref.global"() <{sym_name = "h", type = memref<2xi8>, alignment = 3 : i64}> : () -> ()',
    "memref.global @g : memref<*xf32>",
    'memref.global "foo" @g : memref<4xf32>',
    "func.func @f() { memref.global @g : memref<4xf32> return }",
    "func.func @f() { %0 = memref.get_global @g : memref<4xf32> return }",
    "func.func @f() { %0 = memref.get_global @g : memref<4xf32> return }\nmemref.global @g : memref<5xf32>",
    "func.func @f() { %0 = memref.get_global @g : f32 return }",
    "memref.global private @g : memref<5xf32>",
    "memref.global @g memref<4xf32>",
    'memref.global @g : memref<4xf32> = "a"',
    "memref.global @g : memref<4xf32> = dense_resource<a> : tensor<4xf32>",
    "memref.global @g : memref<4xf32> = dense_resource",
)


def test_globals_print_back() -> None:
    want, messages = oracle.iree_opt(GLOBALS)
    assert want is not None, messages
    assert print_module(parse(GLOBALS).op).rstrip() == want.rstrip()


@pytest.mark.parametrize("text", WRONG)
def test_wrong_globals_are_refused(text: str) -> None:
    accepted, messages = oracle.iree_opt(text)
    assert accepted is None
    with pytest.raises(SourceError) as caught:
        parse(text)
    assert first_error(str(caught.value)) == first_error(messages)
