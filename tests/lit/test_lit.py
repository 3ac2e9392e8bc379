"""The comparison with IREE's own tests, on a repository made here: it takes what it should, and tells what differs."""

import subprocess
from pathlib import Path

import pytest
from xdsl.ir import Operation

from tests.lit.__main__ import main
from tests.lit.corpus import chunks

FOLDER = "compiler/src/iree/compiler/Dialect/Stream/IR/test"
GOOD = """util.func public @same(%arg0: index) -> index {
  util.return %arg0 : index
}
// -----
util.func public @refused(%a: index) -> i32 {
  util.return %a : index
}
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / FOLDER
    folder.mkdir(parents=True)
    (folder / "good.mlir").write_text(GOOD)
    (folder.parent / "no_test.mlir").write_text("no program")
    git = ["git", "-C", str(tmp_path), "-c", "user.name=a", "-c", "user.email=a@b"]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "Tests"]):
        subprocess.run([*git, *command], check=True)
    return tmp_path


def test_chunks_are_the_parts_of_test_files(repository: Path) -> None:
    assert [(chunk.path, chunk.number) for chunk in chunks(repository)] == [
        (f"{FOLDER}/good.mlir", 0),
        (f"{FOLDER}/good.mlir", 1),
    ]


def test_what_is_the_same_is_counted(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(repository)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(maxsplit=1) for line in lines] == [
        [stage, "1 the same text, 1 both refuse"] for stage in ("none", "execution", "both")
    ]


def test_what_differs_is_told(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def print_nothing(_: Operation) -> str:
        return "module {\n}"

    monkeypatch.setattr("tests.lit.__main__.print_module", print_nothing)
    assert main([str(repository), "--stages", "none"]) == 1
    out = capsys.readouterr().out
    assert f"other text: {FOLDER}/good.mlir#0, none" in out
    assert "1 other text, 1 both refuse" in out


def test_no_programs_are_no_success(repository: Path) -> None:
    assert main([str(repository), "--under", "docs"]) == 1
