"""What the page's Share menu hands out, made by Python: files of the exploration, or of its comparison."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from iree_explorer.errors import InputError
from iree_explorer.exploration import Comparison, Exploration

_MAKERS: Mapping[str, tuple[str, Callable[[Exploration], str]]] = {
    "dot": (".dot", lambda exploration: exploration.to_dot()),
    "model-explorer": (".model_explorer.json", lambda exploration: exploration.to_model_explorer()),
    "trace": (".trace.txt", lambda exploration: exploration.trace_text()),
    "mlir": (".scheduled.mlir", lambda exploration: exploration.text),
    "html": (".html", lambda exploration: exploration.to_html()),
}


def shared_file(exploration: Exploration, comparison: Comparison | None, kind: str) -> tuple[str, bytes]:
    """Name and contents of a file.

    Args:
        exploration: what is shown.
        comparison: what it is compared with; a page holds it too.
        kind: `dot`, `model-explorer`, `trace`, `mlir` or `html`.

    Raises:
        InputError: there is no such kind, or nothing to draw.
    """
    if kind not in _MAKERS:
        raise InputError(f"nothing of the kind {kind!r} can be shared; there are {', '.join(_MAKERS)}")
    ending, make = _MAKERS[kind]
    text = comparison.to_html() if kind == "html" and comparison is not None else make(exploration)
    stem = re.sub(r"[^\w.-]+", "_", exploration.title.removesuffix(".mlir"))[:80] or "program"
    return stem + ending, text.encode("utf-8", errors="replace")
