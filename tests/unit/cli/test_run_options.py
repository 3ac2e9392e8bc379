"""Options of how a program is executed."""

import pytest

from iree_explorer.cli import main


@pytest.mark.parametrize("count", ["0", "-1", "x", "1.5", ""])
def test_workers_are_an_integer_of_at_least_1(count: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["run", "diamond", f"--workers={count}"])
    assert f"error: argument --workers: {count!r} is no integer of at least 1" in capsys.readouterr().err
