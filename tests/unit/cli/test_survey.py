"""`iree-explorer survey`."""

import re
from pathlib import Path

import pytest

from iree_explorer.cli import main

PLACE = re.compile(r"^[^:\n]+:\d+:\d+: error: .+$", re.MULTILINE)


def test_survey_prints_a_line_for_each_program_and_goes_on_where_one_is_broken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.mlir"
    broken.write_text("module {\n")
    assert main(["survey", "diamond", "transformer", "--against-concurrency=balanced"]) == 0
    assert re.search(r"^transformer +2 +13 → 12 ", capsys.readouterr().out, re.MULTILINE)
    assert main(["survey", str(broken), "diamond", "--against-concurrency=balanced"]) == 1
    output = capsys.readouterr()
    assert PLACE.match(output.err)
    assert "diamond" in output.out
    assert main(["survey", "circle", "--against-concurrency=balanced"]) == 1
    assert main(["survey", "diamond"]) == 1
    assert capsys.readouterr().err.endswith("say what differs: --against-favor, --partitioner or --against-…\n")
