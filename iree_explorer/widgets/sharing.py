"""What the page's Share menu hands out, made by Python: files of the exploration, and the offline page."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from iree_explorer.errors import InputError
from iree_explorer.exploration import Exploration

_MAKERS: Mapping[str, tuple[str, Callable[[Exploration], str]]] = {
    "dot": (".dot", lambda exploration: exploration.to_dot()),
    "model-explorer": (".model_explorer.json", lambda exploration: exploration.to_model_explorer()),
    "trace": (".trace.txt", lambda exploration: exploration.trace_text()),
    "mlir": (".scheduled.mlir", lambda exploration: exploration.text),
}


def shared_file(exploration: Exploration, kind: str, page: Callable[[], str]) -> tuple[str, bytes]:
    """Name and contents of a file.

    Args:
        exploration: what is shown.
        kind: `dot`, `model-explorer`, `trace`, `mlir` or `html`.
        page: makes the offline page, which holds more than the exploration.

    Raises:
        InputError: there is no such kind, or nothing to draw.
    """
    if kind == "html":
        ending, text = ".html", page()
    elif kind in _MAKERS:
        ending, make = _MAKERS[kind]
        text = make(exploration)
    else:
        raise InputError(f"nothing of the kind {kind!r} can be shared; there are {', '.join(_MAKERS)} and html")
    stem = re.sub(r"[^\w.-]+", "_", exploration.title.removesuffix(".mlir"))[:80] or "program"
    return stem + ending, text.encode("utf-8", errors="replace")


def standing(step: int, selection: int, run_result: str, question: object) -> dict[str, Any]:
    """The parts of a document that say where its page opens.

    Args:
        step: ordinal of the step.
        selection: op id, -1 for nothing.
        run_result: the last run as JSON; empty: there was none.
        question: the two op ids of the one that is open, as the page sent it; anything else is none.
    """
    found = {"start": step, "selection": selection, "run": json.loads(run_result) if run_result else None}
    match question:
        case [int(op), int(other)]:
            return {**found, "question": [op, other]}
        case _:
            return found
