"""A run that is closed from another thread."""

import threading

import pytest

from iree_explorer.execution import Program
from iree_explorer.execution.asynchronous.run import Run
from iree_explorer.execution.kernels.processors import PROCESSORS
from iree_explorer.syntax import parse


def test_blas_is_let_go_where_a_run_is_closed_while_it_takes_hold_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    before = PROCESSORS._holders  # pyright: ignore[reportPrivateUsage]
    run = Run(Program(parse("module {\n}\n").op), 1)
    closing = threading.Thread(target=run.close)
    hold = PROCESSORS.hold

    def held_while_it_is_closed() -> None:
        closing.start()
        closing.join(0.05)
        hold()

    monkeypatch.setattr(PROCESSORS, "hold", held_while_it_is_closed)
    run.hold_blas()
    closing.join()
    run.close()
    assert PROCESSORS._holders == before  # pyright: ignore[reportPrivateUsage]
