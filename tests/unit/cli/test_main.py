import importlib
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest

from iree_explorer.cli import main

EMPTY = "module {\n}\n"
UNREGISTERED = """util.func public @f(%x: index) -> !stream.resource<external> {
  %c0 = arith.constant 0 : i32
  %r = stream.async.splat %c0 : i32 -> !stream.resource<external>{%x}
  "t.opaque"(%x) : (index) -> ()
  util.return %r : !stream.resource<external>
}
"""


PLACE = re.compile(r"^[^:\n]+:\d+:\d+: error: .+$", re.MULTILINE)


BROKEN = {
    "truncated": "util.func @f(%a: index) {\n  %b = arith.addi %a, %a",
    "unknown op": "util.func @f() {\n  nowhere.op\n  util.return\n}",
    "type error": "util.func @f(%a: index, %b: i32) {\n  %c = arith.addi %a, %b : index\n  util.return\n}",
    "undefined value": "util.func @f() -> index {\n  util.return %nothing : index\n}",
    "not text": "util.func @f() {\n  util.return \1\n}",
    "empty word": "module {\n  %0 = \n}",
}


@pytest.mark.parametrize("command", ["opt", "trace", "run"])
@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_program_gives_one_error_with_its_place(
    what: str, command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "broken.mlir"
    path.write_text(BROKEN[what])
    assert main([command, str(path)]) == 1
    captured = capsys.readouterr()
    assert len(PLACE.findall(captured.err)) == 1
    assert captured.err.startswith(str(path))
    assert captured.out == ""


def test_a_missing_file_is_an_error_with_its_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = tmp_path / "missing.mlir"
    for command in ("opt", "trace", "run", "check"):
        assert main([command, str(missing)]) == 1
        assert f"{missing}:1:1: error: cannot read the file: No such file" in capsys.readouterr().err


def test_a_module_with_nothing_to_schedule_is_no_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "empty.mlir"
    path.write_text(EMPTY)
    page = tmp_path / "page.html"
    assert main(["opt", str(path)]) == 0
    assert main(["trace", str(path)]) == 0
    assert "nothing to schedule: " in capsys.readouterr().out
    assert main(["export", str(path), "-o", str(page)]) == 0
    assert page.exists()
    capsys.readouterr()
    assert main(["graph", str(path), "-o", str(tmp_path / "x.svg")]) == 1
    assert "error: " in capsys.readouterr().err


def test_graph_writes_what_the_ending_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    starts = {"x.svg": "<svg", "x.dot": "digraph", "x.html": "<!doctype html>"}
    for name, start in starts.items():
        path = tmp_path / name
        assert main(["graph", "two_devices", "-o", str(path)]) == 0
        assert path.read_text().lower().lstrip().startswith(start)
    lanes = (tmp_path / "x.svg").read_text()
    assert main(["graph", "two_devices", "--view=dag", "-o", str(tmp_path / "dag.svg")]) == 0
    assert 'class="lane"' in lanes
    assert 'class="lane"' not in (tmp_path / "dag.svg").read_text()
    assert main(["graph", "two_devices", "-o", str(tmp_path / "x.gif")]) == 1
    assert "x.gif" in capsys.readouterr().err


def test_an_output_that_cannot_be_written_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["opt", "diamond", "-o", str(tmp_path / "no" / "such" / "folder")]) == 1
    assert capsys.readouterr().err.endswith(": error: cannot write the file: No such file or directory\n")


@pytest.mark.parametrize(
    "command",
    [
        "opt",
        "trace",
        "graph -o -",
        "export -o -",
        "run --function=f --input=8",
        "check",
        "compare --against-favor=debug",
    ],
)
@pytest.mark.parametrize("flag", ["--allow-unregistered-dialect", "-allow-unregistered-dialect"])
def test_unknown_dialects_are_accepted_where_asked_for(
    command: str, flag: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "t.mlir"
    path.write_text(UNREGISTERED)
    arguments = [*command.split(), str(path)]
    main(arguments)
    assert "unregistered dialect" in "".join(capsys.readouterr())
    main([*arguments, flag])
    assert "unregistered dialect" not in "".join(capsys.readouterr())


def test_a_wrong_command_line_has_status_two(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    for command in (["dance"], ["run", "diamond", "--output=x.npy"]):
        with pytest.raises(SystemExit) as caught:
            main(command)
        assert caught.value.code == 2
    assert "opt" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["export diamond", "compare diamond --partitioner=serial"])
def test_a_page_is_not_written_to_what_is_called_a_picture(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = tmp_path / "x.SVG"
    with pytest.raises(SystemExit) as caught:
        main([*command.split(), "-o", str(picture)])
    assert caught.value.code == 2
    assert (
        f"{picture}: what is written is a page, .html; iree-explorer graph draws the others" in capsys.readouterr().err
    )
    assert not picture.exists()


def test_an_interrupt_while_a_command_is_imported_shows_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(_name: str) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr(importlib, "import_module", interrupted)
    assert main(["opt", "diamond"]) == 130
    assert capsys.readouterr() == ("", "")


def test_the_module_is_the_command() -> None:
    command = [sys.executable, "-m", "iree_explorer", "opt", "--pass-pipeline=builtin.module()", "-"]
    process = subprocess.run(command, input=EMPTY, capture_output=True, text=True, check=False)
    assert (process.returncode, process.stdout, process.stderr) == (0, f"{EMPTY}\n", "")


SHELL = pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")


@SHELL
@pytest.mark.parametrize(
    ("redirect", "error"),
    [
        ("opt - <&-", "<stdin>:1:1: error: standard input is closed\n"),
        ("opt diamond >&-", ""),
        ("opt missing.mlir 2>&-", None),
        ("opt diamond 2>&- >&-", ""),
        ("compare diamond --against-favor=debug", ""),
    ],
)
def test_closed_streams_and_poor_encodings_are_no_internal_errors(redirect: str, error: str | None) -> None:
    command = f"exec {shlex.quote(sys.executable)} -m iree_explorer {redirect}"
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    process = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False, env=environment)
    assert "internal error" not in process.stdout + process.stderr
    assert process.returncode == (0 if error == "" else 1)
    if error is not None:
        assert process.stderr == error


@pytest.mark.parametrize("content", ["foo", "/etc/passwd", "https://127.0.0.1:1/x", "diamond"])
def test_the_contents_of_a_file_are_a_program_and_nothing_else(
    content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "p.mlir"
    path.write_text(content)
    for command in ("opt", "trace", "run", "check"):
        assert main([command, str(path)]) == 1
        assert capsys.readouterr().err.startswith(f"{path}:1:1: error: ")


@pytest.mark.parametrize("command", ["opt", "trace", "check"])
def test_other_schemes_are_no_files(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "ftp://127.0.0.1/x"]) == 1
    assert capsys.readouterr().err == "ftp://127.0.0.1/x:1:1: error: only https:// URLs are read\n"


def test_export_writes_to_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "diamond", "-o", "-"]) == 0
    assert capsys.readouterr().out.startswith("<!doctype html>")
