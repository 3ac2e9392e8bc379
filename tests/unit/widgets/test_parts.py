import pytest
from hypothesis import given
from hypothesis import strategies as st

from iree_explorer.errors import InputError
from iree_explorer.exploration import decode_document
from iree_explorer.frontends import load
from iree_explorer.samples import ALL
from iree_explorer.syntax import print_module
from iree_explorer.widgets import explore
from iree_explorer.widgets.parts import Parts


@given(st.text(min_size=1), st.integers(1, 7))
def test_parts_make_the_text_however_it_was_cut(text: str, size: int) -> None:
    data = text.encode()
    cut = [data[start : start + size] for start in range(0, len(data), size)]
    parts = Parts()
    answers = [parts.add(number, len(cut), [part]) for number, part in enumerate(cut)]
    assert answers == [None] * (len(cut) - 1) + [text]


def test_a_missing_part_is_an_error_and_part_0_begins_anew() -> None:
    parts = Parts()
    assert parts.add(0, 3, [b"a"]) is None
    with pytest.raises(InputError, match="part 3 of 3 of the program came out of order"):
        parts.add(2, 3, [b"c"])
    assert parts.add(0, 2, [b"x"]) is None
    assert parts.add(0, 2, [b"y"]) is None
    assert parts.add(1, 2, [b"z"]) == "yz"
    with pytest.raises(InputError, match="no UTF-8"):
        parts.add(0, 1, [b"\xff"])


def test_a_program_in_parts_is_loaded_with_the_last_one() -> None:
    widget = explore(next(sample for sample in ALL if sample.name == "diamond"))
    before = widget.document
    loop = next(sample for sample in ALL if sample.name == "loop")
    data = print_module(load(loop).op).encode()
    middle = len(data) // 2
    for part, piece in enumerate([data[:middle], data[middle:]]):
        assert widget.document == before
        message = {"type": "load", "part": part, "parts": 2}
        widget._handle_custom_msg(message, [memoryview(piece)])  # pyright: ignore[reportPrivateUsage]
    assert widget.error == ""
    assert "scf.for" in "\n".join(decode_document(widget.document)["text"]["lines"])
