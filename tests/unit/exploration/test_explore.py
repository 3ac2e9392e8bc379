from pathlib import Path

import pytest

from iree_explorer.errors import InputError
from iree_explorer.exploration import Exploration, explore_module
from iree_explorer.exploration.explore import title_of
from iree_explorer.frontends import load
from iree_explorer.graph.drawing import png
from iree_explorer.samples import ALL
from iree_explorer.syntax import parse, print_module
from tests.unit.exploration.programs import DIAMOND, explore, function


@pytest.fixture(scope="module")
def diamond() -> Exploration:
    return explore(DIAMOND)


def test_everything_is_a_plain_object_with_a_good_repr(diamond: Exploration) -> None:
    assert diamond.graph.function == "main"
    assert [scope.began.scope for scope in diamond.partitions] == ["execution", "concurrency"]
    assert len(diamond.trace) > 10
    assert "stream.async.concurrent" in diamond.text
    assert repr(diamond).startswith("<Exploration of 'program.mlir'\n  <Graph @main: ")
    assert "1 region, 4 waves, the widest of 2" in repr(diamond)


def test_the_graph_has_a_wave_of_two(diamond: Exploration) -> None:
    (region,) = diamond.graph.regions
    widest = max(region.waves, key=lambda wave: len(wave.nodes))
    assert {diamond.graph.nodes[node].label for node in widest.nodes} == {"b", "c"}


def test_the_trace_in_words_names_each_op(diamond: Exploration) -> None:
    text = diamond.trace_text()
    assert "@main: iree-stream-schedule-execution" in text
    assert "@main: iree-stream-schedule-concurrency" in text
    for name in "abcd":
        assert f"= @ex::@{name}\n" in text
    assert text.endswith("\n")
    assert "op 1" not in text


def test_pictures_are_saved_by_ending(diamond: Exploration, tmp_path: Path) -> None:
    for ending, start in ((".svg", "<svg "), (".dot", "digraph "), (".html", "<!doctype html>")):
        diamond.save_graph(tmp_path / f"x{ending}", "@main")
        assert (tmp_path / f"x{ending}").read_text().startswith(start)
    with pytest.raises(InputError, match=r"x\.gif: the ending says how to draw"):
        diamond.save_graph(tmp_path / "x.gif")
    with pytest.raises(InputError, match="no view is called 'rows'; there are lanes and dag"):
        diamond.to_svg(view="rows")  # pyright: ignore[reportArgumentType]
    with pytest.raises(InputError, match="nothing is scheduled in a function @nowhere; there are @main"):
        diamond.save_graph(tmp_path / "x.svg", "nowhere")


def test_nothing_to_schedule_has_a_page_but_no_picture(tmp_path: Path) -> None:
    exploration = explore(function())
    assert "nothing to schedule" in repr(exploration)
    assert "<p>nothing to schedule" in exploration.to_html()
    assert exploration.trace_text()
    for ending in ("svg", "dot", "png", "html"):
        with pytest.raises(InputError, match=r"^program\.mlir:1:1: error: nothing to schedule"):
            exploration.save_graph(tmp_path / f"x.{ending}", "main")
    assert not list(tmp_path.iterdir())


def test_a_png_without_a_renderer_says_what_to_install(
    diamond: Exploration, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(png, "png_bytes", png.png_bytes)
    monkeypatch.setenv("PATH", "/nonexistent")
    if png.importlib.util.find_spec("resvg_py") is None:
        with pytest.raises(InputError, match=r"pip install iree-explorer\[png\]"):
            diamond.save_graph(tmp_path / "x.png")
        assert not (tmp_path / "x.png").exists()


def test_the_source_is_not_changed() -> None:
    module = parse(DIAMOND)
    before = print_module(module.op)
    explore_module(module)
    assert print_module(module.op) == before


def test_names_from_the_program_are_text(tmp_path: Path) -> None:
    hostile = "</script><script>alert(1)</script><!--"
    body = [line.replace("@ex::@b", f'@ex::@"{hostile}"') for line in DIAMOND.splitlines()[4:-2]]
    exploration = explore(function(*body, name=f'"{hostile}"'))
    page, svg = exploration.to_html(), exploration.to_svg()
    assert "<script>alert" not in page
    assert "<script" not in svg
    assert exploration.document["graphs"][0]["function"] == hostile


def test_copies_of_an_op_know_their_origin() -> None:
    sample = next(sample for sample in ALL if sample.name == "cloned_splat")
    graph = explore_module(load(sample)).graph
    splats = [node for node in graph.nodes if node.detail.startswith("1077936128")]
    assert len(splats) == 2
    assert splats[0].op == splats[1].op == splats[1].origin
    assert splats[0].origin == -1


@pytest.mark.parametrize(
    ("source", "title"),
    [
        ("models/a.mlir", "a.mlir"),
        ("C:\\models\\a.mlir", "a.mlir"),
        ("https://host/b.mlir", "b.mlir"),
        ("<text>", "program"),
        ("<stdin>", "program"),
    ],
)
def test_a_program_is_called_by_its_source(source: str, title: str) -> None:
    assert title_of(source) == title


def test_a_program_given_as_text_has_a_title() -> None:
    assert explore_module(load("module {}")).title == "program"
    assert explore_module(load("module @jit_f {}")).title == "jit_f"
    assert explore_module(load("module @jit_f {}", name="models/f.mlir")).title == "f.mlir"


def test_of_a_lowered_program_it_is_said_that_it_was_scheduled() -> None:
    module = parse("""util.func public @main(%wait: !stream.timepoint, %size: index, %r: !stream.resource<transient>) -> !stream.timepoint {
  %0 = stream.cmd.execute await(%wait) => with(%r as %inner: !stream.resource<transient>{%size}) {
    stream.cmd.discard %inner[%size for %size] : !stream.resource<transient>{%size}
  } => !stream.timepoint
  util.return %0 : !stream.timepoint
}""")
    exploration = explore_module(module)
    assert exploration.graphs == ()
    assert "it was scheduled, and lowered to commands (stream.cmd.execute)" in exploration.trace_text()
