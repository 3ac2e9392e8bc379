import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from iree_explorer import samples
from iree_explorer.cli import main
from iree_explorer.execution import save_parameters
from iree_explorer.syntax import parse
from tests.unit.execution.chains import CHAIN

EMPTY = "module {\n}\n"
PLACE = re.compile(r"^[^:\n]+:\d+:\d+: error: .+$", re.MULTILINE)


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
    assert main(["export", str(path), "-o", str(page)]) == 0
    assert page.exists()
    capsys.readouterr()
    assert main(["graph", str(path), "-o", str(tmp_path / "x.svg")]) == 1
    assert "error: " in capsys.readouterr().err


def test_run_prints_results_as_the_real_tool_does(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    trace = tmp_path / "t.json"
    assert main(["run", "tied_hazard", "--input=1024xf32=0.5", f"--trace={trace}", "--workers=2"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["EXEC @main", "result[0]: hal.buffer_view"]
    assert lines[2].startswith("1024xf32=-0.5 -0.5 ")
    assert lines[4].startswith("512xf32=2 2 ")
    assert json.loads(trace.read_text())["traceEvents"]


def test_run_reads_and_writes_arrays(tmp_path: Path) -> None:
    x = np.linspace(-1, 1, 1024, dtype=np.float32)
    np.save(tmp_path / "x.npy", x)
    assert main(["run", "diamond", f"--input=@{tmp_path}/x.npy", f"--output=@{tmp_path}/y.npy"]) == 0
    np.testing.assert_allclose(np.load(tmp_path / "y.npy"), np.exp(2 * x) - 2 * x, rtol=1e-5)


def test_run_compares_results_with_what_is_expected(capsys: pytest.CaptureFixture[str]) -> None:
    command = ["run", "tied_hazard", "--input=1024xf32=0.5", "--expected_output=(ignored)"]
    assert main([*command, "--expected_output=512xf32=2.00001"]) == 0
    assert capsys.readouterr().out == "EXEC @main\n[SUCCESS] all function outputs matched their expected values.\n"
    assert (
        main([*command, "--expected_output=512xf32=3", "--output=-", "--output=", "--output_max_element_count=2"]) == 1
    )
    lines = capsys.readouterr().out.splitlines()
    assert lines[2] == "1024xf32=-0.5 -0.5..."
    assert lines[3] == "[FAILED] result[1]: element at index 0 (2) does not match the expected (3)"


COMMANDS = """util.func public @main() -> !hal.buffer_view {
  %c16 = arith.constant 16 : index
  %c0 = arith.constant 0 : index
  %v = arith.constant 1 : i32
  %r, %t = stream.resource.alloca uninitialized : !stream.resource<transient>{%c16} => !stream.timepoint
  %d = stream.cmd.execute await(%t) => with(%r as %x: !stream.resource<transient>{%c16}) {
    stream.cmd.fill %v, %x[%c0 for %c16] : i32 -> !stream.resource<transient>{%c16}
  } => !stream.timepoint
  %f = stream.timepoint.await %d => %r : !stream.resource<transient>{%c16}
  %e = stream.tensor.export %f : tensor<4xi32> in !stream.resource<transient>{%c16} -> !hal.buffer_view
  util.return %e : !hal.buffer_view
}
"""


def test_commands_are_refused_and_not_cleaned_away(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The clean-up of the passes drops a `stream.cmd.execute`: nothing uses its results. A run would give zeros."""
    path = tmp_path / "x.mlir"
    path.write_text(COMMANDS)
    assert main(["run", str(path)]) == 1
    assert (
        f"{path}:6:8: error: %0 = stream.cmd.execute: 'stream.cmd.execute' is not supported by the numpy backend: it comes later"
        in capsys.readouterr().err
    )


PARAMETER = """util.func public @main() -> !hal.buffer_view {
  %c4 = arith.constant 4 : index
  %w = stream.async.constant : !stream.resource<constant>{%c4} = #stream.parameter.named<"model"::"w"> : tensor<4xi8>
  %0 = stream.async.clone %w : !stream.resource<constant>{%c4} -> !stream.resource<external>{%c4}
  %1 = stream.tensor.export %0 : tensor<4xi8> in !stream.resource<external>{%c4} -> !hal.buffer_view
  util.return %1 : !hal.buffer_view
}
"""


@pytest.mark.parametrize("backend", ["numpy", "iree"])
def test_run_takes_parameters_from_files(backend: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, file = tmp_path / "x.mlir", tmp_path / "w.irpa"
    path.write_text(PARAMETER)
    save_parameters(file, {"w": np.arange(4, dtype=np.int8)})
    assert main(["run", str(path), f"--backend={backend}", f"--parameters=model={file}"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "4xi8=0 1 2 3"
    assert main(["run", str(path), f"--backend={backend}", f"--parameters={file}"]) == 1
    assert "'model" in capsys.readouterr().err
    assert main(["run", str(path), f"--parameters=model={file}x"]) == 1
    assert capsys.readouterr().err.startswith(f"{file}x:1:1: error: parameters are read from .irpa, ")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ([], "1 input (1024xf32), none is given; for example: iree-explorer run diamond --input=1024xf32=1\n"),
        (["--input=1024xf32=0", "--seed=1", "--backend=iree"], "only for the numpy backend"),
        (
            ["--input=1024xf32=0", "--expected_output=1", "--expected_output=2"],
            "1 result, but --expected_output is given 2 times",
        ),
        (
            ["--input=1024xf32=0", "--expected_output=1024xf32=0", "--output=-", "--output=-"],
            "--output is given 2 times",
        ),
        (["--input=4xf32=1"], "1024xf32"),
        (["--input=1024xf32=0", "--input=nonsense"], "error: input 1: element type 'nonsense'"),
        (["--input=1024xf32=0", "--expected_output=x"], "error: expected output 0: element type 'x'"),
        (["--input=1024xf32=0", "--function=other"], "other"),
        (["--input=1024xf32=0", "--output=-", "--output=-"], "1 result, but --output is given 2 times"),
    ],
)
def test_run_says_what_does_not_fit(options: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "diamond", *options]) == 1
    error = capsys.readouterr().err
    assert "error: " in error
    assert message in error
    assert "Traceback" not in error


def test_run_looks_for_the_first_nan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "chain.mlir"
    path.write_text(CHAIN)
    command = ["run", str(path), "--input=2x3xf32=1 -4 9 16 25 36"]
    assert main(command) == 0
    capsys.readouterr()
    assert main([*command, "--check-finite"]) == 1
    error = capsys.readouterr().err
    assert error.startswith(f"{path}:")
    assert "makes nan of finite inputs" in error


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
    assert capsys.readouterr().err.endswith("error: No such file or directory\n")


def test_a_wrong_command_line_has_status_two(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    for command in (["dance"], ["run", "diamond", "--output=x.npy"]):
        with pytest.raises(SystemExit) as caught:
            main(command)
        assert caught.value.code == 2
    assert "opt" in capsys.readouterr().err


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


def test_check_says_where_nothing_was_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "p.mlir"
    path.write_text("util.func private @f() {\n  util.return\n}\n")
    assert main(["check", str(path)]) == 0
    none = f"NONE {path}: it has no public function without arguments, which is what is run"
    assert capsys.readouterr().out.splitlines() == [none, "0 passed, 0 failed"]
    path.write_text("util.func public @f() {\n  util.return\n}\n")
    assert main(["check", str(path)]) == 0
    ran = f"PASS {path} @f: it ran, and checked nothing"
    assert capsys.readouterr().out.splitlines() == [ran, "1 passed, 0 failed"]


def test_one_output_or_several(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["opt", "diamond", "-o", str(tmp_path / "x"), f"--output-dir={tmp_path}"]) == 1
    assert "-o is for one input" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_an_output_folder_that_cannot_be_written_is_no_internal_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "diamond").mkdir()
    assert main(["opt", "diamond", "loop", f"--output-dir={tmp_path}"]) == 1
    assert capsys.readouterr().err == f"{tmp_path / 'diamond'}:1:1: error: Is a directory\n"
    assert (tmp_path / "loop").exists()


def test_export_writes_to_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "diamond", "-o", "-"]) == 0
    assert capsys.readouterr().out.startswith("<!doctype html>")


def test_deep_pipelines_and_huge_numbers_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    pipeline = "builtin.module(" + "any(" * 3000 + "cse" + ")" * 3001
    assert main(["opt", "diamond", f"--pass-pipeline={pipeline}"]) == 1
    assert capsys.readouterr().err.endswith("error: pipelines nest more than 100 levels deep\n")
    assert main(["trace", "diamond", "--why", ":" + "9" * 5000]) == 1
    assert "error: no op is called" in capsys.readouterr().err


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


def test_compare_wants_to_know_what_differs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "diamond"]) == 1
    assert "error: say what differs" in capsys.readouterr().err
