from iree_explorer.ir.dense_resource import DenseResourceElementsAttr
from iree_explorer.syntax import parse, print_module

TEXT = """\
module {
  "a.b"() {a = dense_resource<blob1> : tensor<3xi64>, b = dense_resource<"x y"> : tensor<1xi8>} : () -> ()
}

{-#
  dialect_resources: {
    builtin: {
      blob1: "0x08000000010000000000000002000000000000000300000000000000",
      "x y": "0x0100000001"
    }
  }
#-}
"""
EXTERNAL = """\
module {
}

{-#
  external_resources: {
    mlir_reproducer: {
      pipeline: "builtin.module(cse)",
      verify_each: true
    },
    other: {
      "a b": "0x0400000001"
    }
  }
#-}
"""


def test_blobs_are_printed_again() -> None:
    assert print_module(parse(TEXT, allow_unregistered=True).op) == TEXT


def test_a_copy_of_the_module_keeps_its_blobs() -> None:
    assert print_module(parse(TEXT, allow_unregistered=True).op.clone()) == TEXT


def test_an_attribute_knows_its_elements() -> None:
    op = next(iter(parse(TEXT, allow_unregistered=True).op.ops))
    attribute = op.attributes["b"]
    assert isinstance(attribute, DenseResourceElementsAttr)
    assert attribute.elements == b"\x01"


def test_blobs_that_nothing_names_are_dropped() -> None:
    unused = TEXT.replace('      blob1: "', '      unused: "0x0100000001",\n      blob1: "')
    assert print_module(parse(unused, allow_unregistered=True).op) == TEXT


def test_a_handle_without_a_blob_is_no_error() -> None:
    text = 'module {\n  "a.b"() {a = dense_resource<gone> : tensor<1xi8>} : () -> ()\n}\n'
    assert print_module(parse(text, allow_unregistered=True).op) == text


def test_what_tools_left_is_printed_again() -> None:
    module = parse(EXTERNAL)
    assert print_module(module.op, external=module.external) == EXTERNAL


def test_a_constant_may_name_a_blob() -> None:
    constant = "util.func @f() {\n  %cst = arith.constant dense_resource<blob1> : tensor<3xi64>\n  util.return\n}"
    text = constant + TEXT[TEXT.index("\n\n{-#") :]
    assert "arith.constant dense_resource<blob1> : tensor<3xi64>" in print_module(parse(text).op)
