"""The cell of a notebook that is being run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from IPython.core.getipython import get_ipython

Shown = TypeVar("Shown")

_SHOWN: WeakKeyDictionary[Any, tuple[str, str]] = WeakKeyDictionary()
"""What cells show → the cell that showed it last, and in which of its runs."""


def show_in_cell(widget: Shown) -> list[Shown]:
    """Notes that the cell which is being run shows something.

    Returns:
        what the cell showed when it was run before and no other cell has shown since; nothing where the notebook does not
        say which cell it is.
    """
    message: Any = getattr(get_ipython(), "parent_header", None) or {}
    cell, run = message.get("metadata", {}).get("cellId"), message.get("header", {}).get("msg_id")
    if not cell or not run:
        return []
    gone = [other for other, (place, when) in _SHOWN.items() if place == cell and when != run and other is not widget]
    for other in gone:
        del _SHOWN[other]
    _SHOWN[widget] = cell, run
    return gone


def after_cell(act: Callable[[], None]) -> None:
    """Does something when the cell is done and what it shows is on its way to the page; at once where no cell is run.

    It is done before the notebook hears that the cell is done, so that whatever saves the notebook then finds it done.
    """
    shell: Any = get_ipython()
    if shell is None or not _runs_a_cell(shell):
        act()
        return

    def done() -> None:
        shell.events.unregister("post_execute", done)
        act()

    shell.events.register("post_execute", done)


def _runs_a_cell(shell: Any) -> bool:
    """Whether it is not a message of a widget that is handled; a shell in a terminal has nothing but cells."""
    message: Any = getattr(shell, "parent_header", None) or {}
    return message.get("header", {}).get("msg_type", "execute_request") == "execute_request"
