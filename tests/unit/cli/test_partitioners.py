"""Partitioners from Python files, on the command line."""

from pathlib import Path

import pytest

from iree_explorer.cli import main

NO_WAVES = """
import iree_explorer as ie
from iree_explorer.partitioning import PartitionSet

class NoWaves:
    name = "no-waves-from-a-file"
    scope = "concurrency"

    def partition(self, facts, config, witness):
        return PartitionSet()

ie.register_partitioner(NoWaves())
"""


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    path = tmp_path / "mine.py"
    path.write_text(NO_WAVES)
    return path


def test_a_file_registers_partitioners_that_options_then_name(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        main(["compare", "diamond", f"--load-partitioners={mine}", "--against-concurrency=no-waves-from-a-file"]) == 0
    )
    [row] = [
        line.split() for line in capsys.readouterr().out.splitlines() if line.startswith("waves ") and "→" not in line
    ]
    assert row[1:3] == ["3", "–"]


def test_opt_finds_the_partitioner_that_the_program_names(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    program = mine.with_name("program.mlir")
    assert main(["opt", "diamond", "--pass-pipeline=builtin.module()"]) == 0
    attributes = 'iree_explorer.partitioning = {concurrency = "no-waves-from-a-file"}'
    program.write_text(capsys.readouterr().out.replace("module attributes {", f"module attributes {{{attributes}, ", 1))
    assert main(["opt", str(program), f"--load-partitioners={mine}"]) == 0
    text = capsys.readouterr().out
    assert "stream.async.execute" in text
    assert "stream.async.concurrent" not in text


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("import iree_explorer\nx = (\n", ":2:5: error: SyntaxError: '(' was never closed"),
        ("\n\nnothing_of_this_name\n", ":3:1: error: NameError: name 'nothing_of_this_name' is not defined"),
        (
            "open('/nothing/there')\n",
            ":1:1: error: FileNotFoundError: [Errno 2] No such file or directory: '/nothing/there'",
        ),
        (
            "import iree_explorer as ie\nie.register_partitioner(1)\n",
            ":2:1: error: a partitioner has name, scope, partition; 1 has not",
        ),
    ],
)
def test_what_is_wrong_with_the_file_is_told_at_its_line(
    text: str, error: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "broken.py"
    path.write_text(text)
    assert main(["opt", "diamond", f"--load-partitioners={path}"]) == 1
    output = capsys.readouterr()
    assert (output.out, output.err) == ("", f"{path}{error}\n")


def test_a_file_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path, reason in ((tmp_path / "none.py", "No such file or directory"), (tmp_path, "Is a directory")):
        assert main(["trace", "diamond", f"--load-partitioners={path}"]) == 1
        assert capsys.readouterr().err == f"{path}:1:1: error: cannot read the file: {reason}\n"
    assert main(["trace", "diamond", "--load-partitioners=none.py"]) == 1
    assert capsys.readouterr().err == "none.py:1:1: error: cannot read the file: No such file or directory\n"
