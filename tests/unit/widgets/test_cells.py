"""What is done when a cell is done, in a shell of IPython."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from IPython.core.interactiveshell import InteractiveShell

from iree_explorer import samples
from iree_explorer.widgets import Explorer, explore
from iree_explorer.widgets.cells import after_cell
from tests.unit.execution.loops import ALL as LOOPS
from tests.unit.widgets.test_explorer import send


@pytest.fixture
def shell() -> Iterator[InteractiveShell]:
    yield InteractiveShell.instance()
    InteractiveShell.clear_instance()


def test_without_a_shell_it_is_done_at_once() -> None:
    done: list[str] = []
    after_cell(lambda: done.append("now"))
    assert done == ["now"]


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_it_is_done_once_after_the_cell(shell: InteractiveShell) -> None:
    order: list[str] = []
    shell.user_ns.update(after_cell=after_cell, order=order)
    shell.run_cell("after_cell(lambda: order.append('after')); order.append('cell')")
    shell.run_cell("order.append('next')")
    assert order == ["cell", "after", "next"]


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_a_message_of_a_widget_is_no_cell(shell: InteractiveShell, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setattr(shell, "parent_header", {"header": {"msg_type": "comm_msg"}}, raising=False)
    after_cell(lambda: done.append("now"))
    assert done == ["now"]


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_a_widget_is_whole_when_its_cell_is_done(shell: InteractiveShell) -> None:
    shell.user_ns.update(explore=explore, diamond=samples.diamond)
    shell.run_cell("widget = explore(diamond); opened = widget.details")
    widget = shell.user_ns["widget"]
    assert isinstance(widget, Explorer)
    assert shell.user_ns["opened"] == b""
    assert widget.details


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_what_a_cell_showed_stops_running_when_the_cell_shows_another(
    shell: InteractiveShell, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(cell: str, number: int, *widgets: Explorer) -> None:
        message = {"header": {"msg_type": "execute_request", "msg_id": str(number)}, "metadata": {"cellId": cell}}
        monkeypatch.setattr(shell, "parent_header", message, raising=False)
        for widget in widgets:
            widget._ipython_display_()  # pyright: ignore[reportPrivateUsage]

    first, elsewhere, other = (explore(LOOPS["host while"]) for _ in range(3))
    beside = explore(samples.diamond)
    run("a", 1, first, beside, elsewhere)
    run("b", 2, elsewhere, other)
    begin = {"type": "run", "function": "main", "inputs": []}
    for widget in (first, elsewhere, other):
        widget._handle_custom_msg(begin, [])  # pyright: ignore[reportPrivateUsage]
        widget.wait(0.1)
    send(beside, type="debug", function="main", inputs=[])
    run("a", 3, first)
    assert (first.busy, elsewhere.busy, other.busy, bool(beside.debug)) == ("running…",) * 3 + (False,)
    run("a", 4, explore(samples.diamond))
    first.wait(20)
    assert (first.busy, elsewhere.busy, other.busy) == ("", "running…", "running…")
    for widget in (elsewhere, other):
        widget.close()
