"""`iree-explorer compare`."""

import re
from pathlib import Path

import pytest

from iree_explorer.cli import main


def test_compare_prints_figures_and_what_moved_and_writes_a_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.html"
    assert main(["compare", "diamond", "--against-favor=debug", "-o", str(page)]) == 0
    text = capsys.readouterr().out
    assert re.search(r"^waves +3 +–$", text, re.MULTILINE)
    assert "1 op placed differently:" in text
    assert page.read_text().startswith("<!doctype html>")


def test_compare_takes_two_programs_and_runs_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "mlp", "mlp", "--partitioner=serial", "--run=main"]) == 0
    assert re.search(r"^results +the same$", capsys.readouterr().out, re.MULTILINE)


def test_compare_takes_passes_of_the_second_schedule(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "diamond", "--against-passes=execution"]) == 0
    assert capsys.readouterr().out.split("\n")[0].split() == [
        "passes",
        "execution+concurrency",
        "passes",
        "execution",
        "change",
    ]


def test_compare_wants_to_know_what_differs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "diamond"]) == 1
    assert "error: say what differs" in capsys.readouterr().err
