from iree_explorer.syntax import parse, print_module
from iree_explorer.syntax.resources import BlobResourceAttr

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


def test_blobs_are_printed_again() -> None:
    assert print_module(parse(TEXT, allow_unregistered=True).op) == TEXT


def test_a_copy_of_the_module_keeps_its_blobs() -> None:
    assert print_module(parse(TEXT, allow_unregistered=True).op.clone()) == TEXT


def test_an_attribute_knows_its_elements() -> None:
    op = next(iter(parse(TEXT, allow_unregistered=True).op.ops))
    attribute = op.attributes["b"]
    assert isinstance(attribute, BlobResourceAttr)
    assert attribute.elements == b"\x01"


def test_blobs_that_nothing_names_are_dropped() -> None:
    unused = TEXT.replace('      blob1: "', '      unused: "0x0100000001",\n      blob1: "')
    assert print_module(parse(unused, allow_unregistered=True).op) == TEXT


def test_a_handle_without_a_blob_is_no_error() -> None:
    text = 'module {\n  "a.b"() {a = dense_resource<gone> : tensor<1xi8>} : () -> ()\n}\n'
    assert print_module(parse(text, allow_unregistered=True).op) == text
