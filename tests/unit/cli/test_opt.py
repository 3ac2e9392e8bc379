"""`iree-explorer opt`."""

from pathlib import Path

import pytest

from iree_explorer import samples
from iree_explorer.cli import main
from iree_explorer.syntax import parse

EMPTY = "module {\n}\n"


def test_opt_prints_the_schedule(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["opt", "diamond"]) == 0
    text = capsys.readouterr().out
    assert "stream.async.concurrent" in text
    assert parse(text, "out")


def test_opt_runs_the_pipeline_it_is_given(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["opt", "--pass-pipeline=builtin.module()", "diamond"]) == 0
    comment_lines = sum(line.startswith("//") for line in samples.diamond.text.splitlines())
    program = "".join(samples.diamond.text.splitlines(keepends=True)[comment_lines:])
    assert capsys.readouterr().out == program + "\n"


_EXECUTION, _CONCURRENCY = "iree-stream-schedule-execution", "iree-stream-schedule-concurrency"


@pytest.mark.parametrize(
    ("flags", "pipeline"),
    [
        (["--canonicalize", "--cse"], "canonicalize,cse"),
        (["--cse", "--canonicalize", "--cse"], "cse,canonicalize,cse"),
        (
            ["--canonicalize", f"--{_EXECUTION}", f"--{_CONCURRENCY}"],
            f"canonicalize,util.initializer({_EXECUTION},{_CONCURRENCY}),util.func({_EXECUTION},{_CONCURRENCY})",
        ),
        ([f"--{_EXECUTION}", "--cse"], f"util.initializer({_EXECUTION}),util.func({_EXECUTION}),cse"),
    ],
)
def test_opt_runs_passes_in_the_order_of_their_flags(
    flags: list[str], pipeline: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["opt", *flags, "transformer"]) == 0
    by_flags = capsys.readouterr().out
    assert main(["opt", f"--pass-pipeline=builtin.module({pipeline})", "transformer"]) == 0
    assert capsys.readouterr().out == by_flags


def test_opt_takes_either_passes_or_a_pipeline(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["opt", "--cse", "--pass-pipeline=builtin.module(cse)", "diamond"]) == 1
    assert capsys.readouterr().err == "error: --pass-pipeline beside --cse: put all passes into the pipeline\n"


def test_opt_prints_the_generic_form(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["opt", "--mlir-print-op-generic", "diamond"]) == 0
    text = capsys.readouterr().out
    assert '"builtin.module"() ({\n' in text
    assert '"stream.async.execute"(' in text


def test_opt_takes_several_inputs_and_leaves_out_those_that_fail(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = tmp_path / "good.mlir", tmp_path / "bad.mlir"
    good.write_text(EMPTY)
    bad.write_text("module {\n")
    out = tmp_path / "out"
    assert main(["opt", f"--output-dir={out}", str(bad), str(good)]) == 1
    assert [path.name for path in out.iterdir()] == ["good.mlir"]
    assert capsys.readouterr().err.startswith(f"{bad}:")


def test_opt_writes_no_result_over_another(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = [tmp_path / folder / "p.mlir" for folder in "ab"]
    for path in paths:
        path.parent.mkdir()
        path.write_text(EMPTY)
    out = tmp_path / "out"
    assert main(["opt", f"--output-dir={out}", *map(str, paths)]) == 1
    assert capsys.readouterr().err == f"error: 2 inputs would be written to {out / 'p.mlir'}\n"
    assert not out.exists()


def test_opt_splits_an_input_and_tells_lines_of_the_whole_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "parts.mlir"
    path.write_text(f"{EMPTY}// -----\n{EMPTY}// -----\nmodule {{ oops }}\n")
    assert main(["opt", "--split-input-file", str(path)]) == 1
    captured = capsys.readouterr()
    assert captured.out.count("module {\n}\n") == 2
    assert captured.out.count("// -----\n") == 2
    assert captured.err.startswith(f"{path}:7:10: error: ")


def test_one_output_or_several(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["opt", "diamond", "-o", str(tmp_path / "x"), f"--output-dir={tmp_path}"]) == 1
    assert "-o is for one input" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_an_output_folder_that_cannot_be_written_is_no_internal_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "diamond").mkdir()
    assert main(["opt", "diamond", "loop", f"--output-dir={tmp_path}"]) == 1
    assert capsys.readouterr().err == f"{tmp_path / 'diamond'}:1:1: error: cannot write the file: Is a directory\n"
    assert (tmp_path / "loop").exists()


def test_deep_pipelines_and_huge_numbers_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    pipeline = "builtin.module(" + "any(" * 3000 + "cse" + ")" * 3001
    assert main(["opt", "diamond", f"--pass-pipeline={pipeline}"]) == 1
    assert capsys.readouterr().err.endswith("error: pipelines nest more than 100 levels deep\n")
    assert main(["trace", "diamond", "--why", ":" + "9" * 5000]) == 1
    assert "error: no op is called" in capsys.readouterr().err
