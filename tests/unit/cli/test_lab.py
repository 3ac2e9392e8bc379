import subprocess
from pathlib import Path

import pytest

from iree_explorer.cli import lab, main
from tests.conformance.oracle import tool


def test_lab_opens_the_notebook_of_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[list[str]] = []

    def record(command: list[str], check: bool) -> subprocess.CompletedProcess[bytes]:
        assert not check
        commands.append(command)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(lab.subprocess, "run", record)
    assert main(["lab", "--", "--no-browser"]) == 0
    assert commands[0][1:3] == ["-m", "jupyterlab"]
    assert commands[0][3] == str(Path(__file__).parents[3] / "colab" / "01_quickstart.ipynb")
    assert "--LabApp.default_url=/lab/tree/01_quickstart.ipynb" in commands[0]
    assert commands[0][-1] == "--no-browser"


def test_lab_without_jupyterlab_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(lab.importlib.util, "find_spec", lambda name: None)  # pyright: ignore[reportUnknownLambdaType]
    assert main(["lab"]) == 1
    assert "pip install 'iree-explorer[lab]'" in capsys.readouterr().err


def test_outside_a_checkout_a_copy_is_opened_and_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    package = tmp_path / "site" / "iree_explorer"
    (package / "colab").mkdir(parents=True)
    (package / "colab" / lab.NOTEBOOK).write_text("{}")
    monkeypatch.setattr(lab, "_PACKAGE", package)
    monkeypatch.chdir(tmp_path)
    assert lab.notebook() == tmp_path / lab.NOTEBOOK
    (tmp_path / lab.NOTEBOOK).write_text("mine")
    assert lab.notebook().read_text() == "mine"


def test_the_command_is_installed() -> None:
    process = subprocess.run([tool("iree-explorer"), "--version"], capture_output=True, text=True, check=True)
    assert process.stdout.startswith("iree-explorer ")
