"""Names that no dialect has, with unknown dialects allowed: taken, unless the dialect is here as a whole."""

import pytest

from iree_explorer.errors import SourceError
from iree_explorer.syntax import parse, print_module


@pytest.mark.parametrize(
    ("text", "message", "column"),
    [
        ('"stream.other"() : () -> ()', r"operation 'stream.other' found in dialect \('stream'\) that does not", 1),
        ("module attributes {a.b = #util.other<1>} {}", "unknown attribute `other` in dialect `util`", 32),
        ("module attributes {a.b = #util<other b>} {}", "unknown attribute `other` in dialect `util`", 32),
        ("module attributes {a.b = !stream.other} {}", "unknown  type `other` in dialect `stream`", 34),
        ("module attributes {a.b = !builtin.integer<32>} {}", "dialect 'builtin' provides no type parsing hook", 35),
    ],
)
def test_a_whole_dialect_has_no_other_names(text: str, message: str, column: int) -> None:
    with pytest.raises(SourceError, match=message) as caught:
        parse(text, allow_unregistered=True)
    assert caught.value.location is not None
    assert caught.value.location.column == column


def test_other_names_are_kept() -> None:
    text = 'module attributes {a.b = #gpu.other<1>, a.c = !new.type} {\n  "new.op"() : () -> ()\n}\n'
    assert print_module(parse(text, allow_unregistered=True).op) == text
