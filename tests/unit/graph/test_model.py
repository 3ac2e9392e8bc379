import pytest

from iree_explorer.graph import byte_text
from iree_explorer.graph.drawing.text import shorten, visible
from tests.unit.graph.layout.test_collapse import chain


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (None, ""),
        (0, "0 B"),
        (1023, "1023 B"),
        (1024, "1 KB"),
        (1536, "1.5 KB"),
        (200 * 1024, "200 KB"),
        (1 << 20, "1 MB"),
        (5 << 50, "5120 TB"),
    ],
)
def test_bytes_in_words(size: int | None, text: str) -> None:
    assert byte_text(size) == text


def test_a_graph_shows_its_figures() -> None:
    assert repr(chain(6, 2)) == "<Graph @f: 6 nodes, 5 edges, 2 regions, 6 waves, the widest of 1>"


def test_short_names_keep_both_ends() -> None:
    assert shorten("main_dispatch_7_matmul_f32", 11) == "main_…l_f32"
    assert len(shorten("x" * 100, 11)) == 11
    assert shorten("short", 11) == "short"


def test_control_and_direction_characters_are_marked() -> None:
    assert visible("a\x00b\u202ec\ud800") == "a\ufffdb\ufffdc\ufffd"
