from types import SimpleNamespace

import pytest

from iree_explorer.errors import InputError
from iree_explorer.graph import png_bytes
from iree_explorer.graph.drawing import png
from tests.unit.graph.layout.test_collapse import chain


def _no_resvg(monkeypatch: pytest.MonkeyPatch) -> None:
    def find_spec(name: str) -> None:
        assert name == "resvg_py"

    monkeypatch.setattr(png.importlib.util, "find_spec", find_spec)


def test_without_a_renderer_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    _no_resvg(monkeypatch)
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(InputError, match=r"pip install iree-explorer.png..*Graphviz"):
        png_bytes(chain(3, 1))


def test_graphviz_draws_where_it_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    class Source:
        def __init__(self, dot: str) -> None:
            assert "subgraph cluster_0" in dot

        def pipe(self, *, format: str) -> bytes:  # noqa: A002  (the library's name)
            return b"\x89PNG" + format.encode()

    def import_module(name: str) -> SimpleNamespace:
        assert name == "graphviz"
        return SimpleNamespace(Source=Source, ExecutableNotFound=OSError, CalledProcessError=OSError)

    _no_resvg(monkeypatch)
    monkeypatch.setattr(png.importlib, "import_module", import_module)
    assert png_bytes(chain(3, 1)) == b"\x89PNGpng"
